#!/usr/bin/env bash
# bounds.sh WROUGHT: lower bounds as users and scripts read them.
set -uo pipefail
source "$(dirname "$0")/common.sh"
cd "$work"

# shows TEXT ARGUMENT...: exit code 0, standard output contains TEXT, standard error is empty.
shows() {
  local text=$1 code=0
  shift
  "$wrought" "$@" >stdout 2>stderr </dev/null || code=$?
  [[ $code == 0 && ! -s stderr ]] || fail "$*" "exit code $code: $(head -c 300 stderr)"
  grep -qF -- "$text" stdout || fail "$*" "no '$text' in: $(head -c 2000 stdout)"
}
also() { grep -qF -- "$1" stdout || fail "(the same)" "no '$1' in: $(head -c 2000 stdout)"; }
refused() {
  local expected=$1 code=0
  shift
  "$wrought" "$@" >stdout 2>stderr </dev/null || code=$?
  [[ $code == 2 && ! -s stdout && $(wc -l <stderr) == 1 ]] && grep -qF -- "$expected" stderr ||
    fail "$*" "exit code $code, $(head -c 300 stderr)"
}

shows "closed form: 10^1024" bounds reversed-sums --size 1024
also "I = log₂ of their number ≥ 3401.6; 3402 bits"
also "Thm 4.4"
also "strided: nothing is claimed"
shows "enumerated: 1000 different among all 1000 inputs" bounds reversed-sums --size 3
shows "closed form: 10^16" bounds lagged-recurrence --size 16
shows "Prop. 5.5" bounds lagged-recurrence --size 16 --param steps=200 --attention linear
shows "Prop. 5.2" bounds arithmetic --size 15 --attention linear
shows "14 symbols" bounds reversed-sums --size 14 --param modulus=7
shows "13 symbols of expression" bounds arithmetic --size 14 --attention sparse

for task in $("$wrought" tasks --format csv | awk -F, 'NR > 1 && /^[a-z]/ { print $1 }'); do
  shows "must cross the cut" bounds "$task" --size 6
done

for format in markdown csv latex; do shows "Thm 4.4" bounds reversed-sums --size 8 --format "$format"; done
shows "attention,by,L,B,layers,heads,b,numbers across,filled,D ≥,D,ratio,D_paper ≥,D_paper,ratio,tight" \
  bounds lis --size 4 --format csv
shows '"verdict": "verified"' bounds lis --size 4 --format json
for key in '"log2_at_least"' '"closed_form"' '"enumerated": null' '"lower_bound"' '"bits"' '"numbers_across"' '"D_paper"' '"statement": "width_ge_of_linear_state"'; do also "$key"; done

# Fewer bits per number ask for more width; --out writes the same.
bound() { "$wrought" bounds reversed-sums --size 256 --attention linear --bits "$1" --format csv | awk -F, 'NR == 2 { print $10 }'; }
[[ $(bound 8) -gt $(bound 64) && $(bound 64) -ge 1 ]] || fail "bounds --bits" "8 bits: $(bound 8), 64 bits: $(bound 64)"
"$wrought" bounds lis --size 4 --out result.txt && cmp -s result.txt <("$wrought" bounds lis --size 4) || fail "bounds --out" "differs"

# `scale` says the same.
of_bounds=$("$wrought" bounds lis --size 8 --attention linear --schedule paper --format csv | awk -F, 'NR == 2 { print $10, $13 }')
of_scale=$("$wrought" scale lis --sizes 8 --attention linear --schedule paper --format csv |
  awk -F, '/^size,/ { for (i = 1; i <= NF; ++i) column[$i] = i; next } /^8,/ { print $column["D ≥"], $column["D_paper ≥"] }')
[[ $of_bounds == "$of_scale" && $of_scale ]] || fail "scale lis" "bounds: $of_bounds, scale: $of_scale"
shows '"lower_bound"' scale lis --sizes 4 --attention linear --format json

refused "no size given" bounds lis
refused "no task given" bounds
refused "--bits" bounds lis --size 4 --bits 0
refused "--bits" bounds lis --size 4 --bits many
refused "did you mean --bits?" bounds lis --size 4 --bit 8

((failures == 0)) || exit 1
