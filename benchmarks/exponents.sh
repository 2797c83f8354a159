#!/usr/bin/env bash
# exponents.sh FILE.csv: what `wrought_benchmarks --benchmark_format=csv` wrote, as Markdown.
#
# First a table with the least CPU time over all repetitions of each verify/… benchmark, then for each family
# (same name but for the size) the exponent e of time ~ L^e by least squares on logarithms over sizes >= 24, and its
# misfit: the largest factor by which a measured time lies off the fitted line. The same for multiply-adds, which do not
# depend on how busy the machine is.
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
  function fit(y,    i, e, sx, sy, sxx, sxy, off, worst) {
    for (i = 1; i <= points; ++i) { sx += x[i]; sy += y[i]; sxx += x[i] * x[i]; sxy += x[i] * y[i] }
    e = (points * sxy - sx * sy) / (points * sxx - sx * sx)
    for (i = 1; i <= points; ++i) {
      off = y[i] - (sy - e * sx) / points - e * x[i]
      if (off < 0) off = -off
      if (off > worst) worst = off
    }
    return sprintf("%.2f | %.2f", e, exp(worst))
  }
  function flush_fit() {
    if (points > 2) fits = fits sprintf("| %s | %s | %s |\n", family, fit(times), fit(works))
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
      if (size + 0 >= 24) {
        x[++points] = log(L[name])
        times[points] = log(least[name])
        works[points] = log(work[name] * L[name])
      }
    }
    flush_fit()
    if (fits) print "\n| family | exponent of time in L | misfit | exponent of multiply-adds in L | misfit |"
    if (fits) print "| --- | ---: | ---: | ---: | ---: |"
    printf "%s", fits
  }' "$1"
