#!/usr/bin/env bash
# contract.sh WROUGHT: the commands as users and scripts rely on them, with their exit codes.
set -uo pipefail
source "$(dirname "$0")/common.sh"
cd "$work"

# expect CODE TEXT ARGUMENT...: the exit code, a text that standard output contains, nothing on standard error.
expect() {
  local wanted=$1 text=$2 code=0
  shift 2
  "$wrought" "$@" >stdout 2>stderr </dev/null || code=$?
  [[ $code == "$wanted" ]] || fail "$*" "exit code $code, not $wanted: $(head -c 300 stderr)"
  grep -qF -- "$text" stdout || fail "$*" "no '$text' in: $(head -c 2000 stdout)"
  [[ ! -s stderr ]] || fail "$*" "standard error: $(head -c 300 stderr)"
}
also() { grep -qF -- "$1" stdout || fail "(the same)" "no '$1' in: $(head -c 2000 stdout)"; }

expect 0 "Usage" --help
expect 0 "Usage"
expect 0 "Usage: wrought verify" verify --help
expect 0 "wrought 0." --version
for task in edit-distance lis reversed-sums; do expect 0 "$task" tasks; done
also "m = length(a)·length(b) + length(a) + 2·length(b) + 3, not local: 2m = 130 > L = 72 in the example; local in its states only, with m = length(b) + 2"
also "m = 9, local: 2m = 18 ≤ L = 42"
also "m = length(expression) + 1, local: 2m = 24 ≤ L = 54"
expect 0 '"local_in_states": true' tasks --format json
also '"m": "length(expression) + 1"'
also '"states_m": "length(b) + 2"'
expect 0 "m = length(expression) + 1, local: 2m = 32 ≤ L = 88" show arithmetic --size 15 --attention linear
also "symbol to copy"
expect 0 '"locality"' show arithmetic --size 15 --attention linear --format json

expect 0 "answer 3" verify edit-distance kitten sitting --attention all --arithmetic exact
also "verified ×4"
expect 0 "answer 4" verify lis 3,1,4,1,5,9,2,6 --attention all --arithmetic interval
also "proved ×4"
expect 0 "answer 4" verify reversed-sums 3,1,4,1,5 --attention linear,strided --arithmetic bits:60
also "verified ×2"
expect 0 "answer 2" verify edit-distance ab cab --param insert=2 --schedule shallow --attention sparse --block 3
# Words after -- are arguments however they look, and the name of a command is a word like any other.
expect 0 "verified ×1" verify edit-distance a --attention linear -- b
expect 0 "verified ×1" verify edit-distance trace show --attention linear
for schedule in narrow shallow paper; do
  expect 0 "verified ×4" verify lis 2,1,3 --schedule "$schedule" --arithmetic double
done
expect 0 "verified ×36" verify edit-distance --size 2 --param alphabet=2 --exhaustive --attention linear
expect 0 "verified ×20" verify reversed-sums --size 6 --random 10 --seed 7 --attention linear,sparse
cp stdout first
expect 0 "seed 7" verify reversed-sums --size 6 --random 10 --seed 7 --attention linear,sparse
cmp -s <(sed 's/ *[0-9.]*$//' first) <(sed 's/ *[0-9.]*$//' stdout) || fail "--random" "the same seed gave other inputs"

# Too little sharpness is refuted, and it is said where and how.
expect 1 "refuted ×1" verify edit-distance kitten sitting --attention linear --arithmetic double --kappa 1 --tau 1 --lambda 1
also "position"
also "expected"
expect 3 "unknown ×1" verify lis 3,1 --attention linear --arithmetic interval:4
expect 1 '"verdict": "refuted"' verify lis 3,1 --attention linear --arithmetic double --kappa 1 --tau 1 --lambda 1 --format json
also '"first_difference"'

# Files, published chains of thought among them.
printf 'k i t t e n | s i t t i n g\r\n\na b | a c <sep> 1 2 <sep> 1  # as published\n' >pairs.txt
expect 0 "verified ×2" verify edit-distance --inputs pairs.txt --attention sparse
printf '5 1 4 <sep> 1 1 2 <sep> 2\n5 1 4 <sep> 3\n' >lis.txt
expect 1 "the file's answer 3 differs from the dynamic program's 2" verify lis --inputs lis.txt --attention standard
also "verified ×1, refuted ×1"
printf '( 1 + 2 ) * 3 = 3 * 3 = 9\n' >expressions.txt
expect 0 "verified ×1" verify arithmetic --inputs expressions.txt --attention sparse
expect 0 "verified ×1" verify arithmetic-plain --inputs expressions.txt --attention sparse
# A task with a construction of its own: the attention kinds that it admits, and every command.
expect 0 "answer 6" verify arithmetic-plain "(7×5)÷(6+4×3-2×7)" --attention all
also "verified ×2"
expect 0 "proved ×2" verify arithmetic-plain "1+2*3" --arithmetic interval
expect 0 "verified ×320" verify arithmetic-plain --size 5 --param p=2 --exhaustive
expect 0 "verified ×5" verify arithmetic-plain --size 15 --random 5 --attention sparse --arithmetic bits:40
expect 0 "C5" scale arithmetic-plain --sizes 5,9 --attention sparse
expect 0 "bits" precision arithmetic-plain --size 5 --attention sparse
expect 0 "largest distance m = 10" show arithmetic-plain --size 7
expect 0 "end" trace arithmetic-plain "1+2*3" --attention sparse

# Formats.
expect 0 "| attention" verify lis 3,1 --format markdown
expect 0 "task,size,arithmetic,schedule,attention,L,B,D,D_paper" verify lis 3,1 --format csv
expect 0 '\begin{tabular}' verify lis 3,1 --format latex
expect 0 '"margin": "1/2"' verify lis 3,1 --format json
for format in markdown csv json latex; do
  expect 0 "edit-distance" tasks --format "$format"
  expect 0 "dp(i - 1, j)" show edit-distance --size 3 --format "$format"
  expect 0 "position" trace lis 3,1 --format "$format"
done
expect 0 "length(b) + 1" show edit-distance --size 4
also "layer 0 attention"
expect 0 "dp(1, 1) = 1" trace edit-distance a b --attention standard
also "answer 1"

# Lemmas and statements.
expect 0 "proved ×3" lemmas threshold
also "proof: proofs/lemmas/threshold.md"
also "2·g(κ, 1/2 - 2eps)"
expect 0 '"verdict": "proved"' lemmas two_hops --format json
expect 0 "fetch_window,fetch_window_eq,exhaustive enumeration" lemmas fetch_window --format csv
expect 0 "A.5: holds after correction" statements A.5
also "5/6 at x = k - 1/3"
expect 0 '"verdict": "holds as printed"' statements A.3 --format json
expect 0 "5.4: holds after correction" statements 5.4
expect 0 "Table1.linear.arithmetic: bound certified in instances" statements Table1.linear.arithmetic

# Results go to a file whole, or not at all.
"$wrought" verify lis 3,1 --out result.txt >stdout || fail "--out" "exit code $?"
[[ ! -s stdout ]] || fail "--out" "standard output is not empty"
grep -q "verified ×4" result.txt || fail "--out" "no result in the file"
[[ $(ls -A | grep -c result) == 1 ]] || fail "--out" "left more than the result"
if [[ -w /dev/full ]]; then
  code=0
  "$wrought" tasks >/dev/full 2>stderr || code=$?
  [[ $code == 4 ]] || fail "tasks >/dev/full" "exit code $code, not 4"
  "$wrought" tasks --out /dev/full 2>stderr || code=$?
  [[ $code == 4 && -c /dev/full ]] || fail "tasks --out /dev/full" "exit code $code, not 4"
fi
"$wrought" tasks --out /dev/null || fail "tasks --out /dev/null" "exit code $?"
[[ -c /dev/null ]] || fail "tasks --out /dev/null" "the device is gone"
"$wrought" show lis --size 12 2>stderr | head -1 >/dev/null
[[ ! -s stderr ]] || fail "show | head" "standard error: $(cat stderr)"

if ((failures > 0)); then
  echo "$failures failures" >&2
  exit 1
fi
