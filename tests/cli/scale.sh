#!/usr/bin/env bash
# scale.sh WROUGHT: scale and precision as users and scripts call them; a sweep that is killed goes on where it was.
set -uo pipefail
source "$(dirname "$0")/common.sh"
cd "$work"

# refused EXPECTED ARGUMENT...: exit code 2, one line on standard error that contains EXPECTED, nothing on standard output.
refused() {
  local expected=$1 code=0
  shift
  "$wrought" "$@" >stdout 2>stderr </dev/null || code=$?
  [[ $code == 2 && ! -s stdout && $(wc -l <stderr) == 1 ]] && grep -qF -- "$expected" stderr ||
    fail "$*" "exit code $code, $(head -c 300 stderr)"
}

# Every cell is there, verified exactly.
"$wrought" scale lis --sizes 2,4,6 --attention all --format json >table.json || fail "scale lis" "does not verify"
[[ $(grep -c '"arithmetic": "exact"' table.json) == 13 ]] || fail "scale lis" "12 cells and the sweep are exact"
[[ $(grep -c '"verdict": "verified"' table.json) == 13 ]] || fail "scale lis" "12 cells and the table are verified"
for format in text markdown csv latex; do
  "$wrought" scale lis --sizes 2,4 --attention linear --format "$format" >out || fail "scale lis --format $format" "does not verify"
  [[ $(wc -l <out) -gt 8 ]] || fail "scale lis --format $format" "is short"
done

# Where the size is a parameter, it is no parameter of the whole table, and what L does not explain is fitted in m.
"$wrought" scale lagged-recurrence --param steps=400 --sizes 4,16,64 --attention sparse >out || fail "scale lagged-recurrence" "does not verify"
grep -q "^lagged-recurrence  steps=400 modulus=10" out || fail "scale lagged-recurrence" "the heading is $(head -1 out)"
grep -qE "^cost +m " out || fail "scale lagged-recurrence" "cost is not fitted in m: $(cat out)"

# A killed sweep keeps its cells, and a second run does only what is missing.
sweep=(scale reversed-sums --sizes 16,64,256,1024 --attention sparse,linear --format json --out sweep.json --quiet)
"$wrought" "${sweep[@]}" &
for _ in $(seq 100); do [[ -s sweep.json ]] && break; sleep 0.02; done
kill -9 $! 2>/dev/null
wait $! 2>/dev/null
[[ -s sweep.json ]] || fail "${sweep[*]}" "the killed sweep left no cell"
seconds_of() { grep '"seconds"' "$1" | tr -d ' ,'; }
seconds_of sweep.json >kept
"$wrought" "${sweep[@]}" || fail "${sweep[*]}" "the sweep does not go on"
[[ $(grep -c '"construction"' sweep.json) == 8 ]] || fail "${sweep[*]}" "the finished sweep has 8 cells"
while read -r line; do seconds_of sweep.json | grep -qF "$line" || fail "${sweep[*]}" "a kept cell was measured again"; done <kept
seconds_of sweep.json >before
"$wrought" "${sweep[@]}" && seconds_of sweep.json | cmp -s - before || fail "${sweep[*]}" "a finished sweep was measured again"

# A table of anything else is never reused, nor overwritten.
cp sweep.json other.json
refused "another table" scale lis --sizes 4 --format json --out other.json
refused "another table" scale reversed-sums --sizes 16 --param modulus=7 --format json --out other.json
refused "another table" scale reversed-sums --sizes 16 --schedule paper --format json --out other.json
sed 's/"version": "[^"]*"/"version": "0.0.0"/' sweep.json >other.json
refused "another table" scale reversed-sums --sizes 16 --format json --out other.json
sed 's/"D": [0-9][0-9]*/"D": "many"/' sweep.json >other.json
refused "damaged table" scale reversed-sums --sizes 16 --format json --out other.json
echo '{"half": ' >other.json
refused "no scaling table" scale reversed-sums --sizes 16 --format json --out other.json
[[ $(cat other.json) == '{"half": ' ]] || fail "${sweep[*]}" "a foreign file was overwritten"

refused "must increase" scale lis --sizes 8,4
refused "must increase" scale lis --sizes 4,4
refused "--sizes" scale lis --sizes 4,x
refused "--sizes" scale lis --sizes 0,4
refused "too large" scale lis --sizes 4,100000000
refused "no sizes given" scale lis
refused "no size given" precision lis
refused "do not go together" precision lis --size 4 --sizes 4,8
refused "p-bit floats" precision lis --size 4 --arithmetic interval

# The least precision verifies, and one bit less does not: the two commands agree.
"$wrought" precision lis --size 4 --attention linear --random 1 --format json >least.json || fail "precision lis" "does not verify"
bits=$(sed -n 's/.*"bits": \([0-9]*\).*/\1/p' least.json)
"$wrought" precision lis --size 4 --attention linear --random 1 --arithmetic "bits:$bits" >/dev/null ||
  fail "precision lis" "the least precision, $bits bits, does not verify"
"$wrought" precision lis --size 4 --attention linear --random 1 --arithmetic "bits:$((bits - 1))" >/dev/null
[[ $? == 1 ]] || fail "precision lis" "one bit less than the least precision, $bits bits, is not refuted"

((failures == 0)) || exit 1
