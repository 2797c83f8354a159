#!/usr/bin/env bash
# exponents.sh FILE.csv: what `wrought_benchmarks --benchmark_format=csv` wrote, as Markdown.
#
# First a table with the least CPU time over all repetitions of each verify/… benchmark, then for each family
# (same name but for the size) the exponent e of time ~ L^e by least squares on logarithms over sizes >= 24, and its
# misfit: the largest factor by which a measured time lies off the fitted line.
set -euo pipefail
awk -F, '
  /^name,/ { for (i = 1; i <= NF; ++i) { gsub(/"/, "", $i); column[$i] = i }; next }
  /^"?verify\// {
    name = $1; gsub(/"/, "", name); sub(/\/repeats:[0-9]+/, "", name)
    if (name ~ /_(mean|median|stddev|cv)$/) next
    t = $column["cpu_time"]
    if (!(name in least)) order[++count] = name
    if (!(name in least) || t < least[name]) least[name] = t
    L[name] = $column["L"]; work[name] = $column["madds_per_token"]
    cache[name] = $column["cache_MiB"]
    if ($column["peak_MiB"] > peak[name]) peak[name] = $column["peak_MiB"]
  }
  function flush_fit(    i, e, sx, sy, sxx, sxy, off, worst) {
    if (points < 2) { points = 0; return }
    sx = sy = sxx = sxy = 0
    for (i = 1; i <= points; ++i) { sx += x[i]; sy += y[i]; sxx += x[i] * x[i]; sxy += x[i] * y[i] }
    e = (points * sxy - sx * sy) / (points * sxx - sx * sx)
    worst = 0
    for (i = 1; i <= points; ++i) {
      off = y[i] - (sy - e * sx) / points - e * x[i]
      if (off < 0) off = -off
      if (off > worst) worst = off
    }
    fits = fits sprintf("| %s | %d | %.2f | %.3f |\n", family, points, e, exp(worst))
    points = 0
  }
  END {
    print "| benchmark | L | CPU s | tokens/s | multiply-adds/token | cache MiB | peak MiB |"
    print "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    for (n = 1; n <= count; ++n) {
      name = order[n]
      printf "| %s | %d | %.3f | %.0f | %.0f | %.1f | %.0f |\n", name, L[name], least[name], L[name] / least[name], work[name],
             cache[name], peak[name]
      size = name; sub(/.*\//, "", size)
      now = name; sub(/\/[0-9]+$/, "", now)
      if (now != family) { flush_fit(); family = now }
      if (size >= 24) { x[++points] = log(L[name]); y[points] = log(least[name]) }
    }
    flush_fit()
    print "\n| family | sizes | exponent of time in L | misfit |\n| --- | ---: | ---: | ---: |"
    printf "%s", fits
  }' "$1"
