#!/usr/bin/env bash
# rejects.sh WROUGHT: every way to call the program wrongly is answered by exit code 2, one line on standard error that
# names what was wrong, nothing on standard output, and no file left behind.
set -uo pipefail
source "$(dirname "$0")/common.sh"
cd "$work"
mkdir folder

# rejects EXPECTED ARGUMENT...: standard error must contain the text EXPECTED.
rejects() {
  local expected=$1 code=0 before
  shift
  before=$(ls -A)
  "$wrought" "$@" >.stdout 2>.stderr </dev/null || code=$?
  [[ $code == 2 ]] || fail "$*" "exit code $code, not 2: $(head -c 300 .stderr)"
  [[ ! -s .stdout ]] || fail "$*" "wrote to standard output"
  [[ $(wc -l <.stderr) == 1 ]] || fail "$*" "$(wc -l <.stderr) lines on standard error, not 1"
  grep -qF -- "$expected" .stderr || fail "$*" "expected '$expected' in: $(cat .stderr)"
  rm -f .stdout .stderr
  [[ $(ls -A) == "$before" ]] || fail "$*" "left something behind: $(ls -A)"
}

# rejects_file EXPECTED TASK CONTENT: a file with this content.
rejects_file() {
  local expected=$1 task=$2
  printf '%b' "$3" >folder/data.txt
  rejects "$expected" verify "$task" --inputs folder/data.txt
}

# Names that do not exist, with the nearest that do.
rejects "unknown command 'verfy'; did you mean verify?" verfy
rejects "unknown option '--versoin'; did you mean --version?" --versoin
rejects "unknown task 'edit-distanse'; did you mean edit-distance?" verify edit-distanse a b
rejects "unknown lemma 'treshold'; did you mean threshold?" lemmas treshold
rejects "unknown statement 'B.99'" statements B.99
rejects "unexpected argument 'gate'" lemmas threshold gate
rejects "unknown task 'xyzzy'" verify xyzzy a b
rejects "no task given" verify
rejects "did you mean --size?" verify lis 3,1 --sise 4
rejects "unknown option of verify '-x'" verify lis 3,1 -x
rejects "unknown attention 'linaer'; did you mean linear?" verify lis 3,1 --attention linaer
rejects "unknown attention ''" verify lis 3,1 --attention linear,
rejects "unknown parameter of edit-distance 'inser'; did you mean insert?" verify edit-distance a b --param inser=2
rejects "unknown format 'jsn'; did you mean json?" verify lis 3,1 --format jsn
rejects "unknown arithmetic 'exat'; did you mean exact?" verify lis 3,1 --arithmetic exat
rejects "unknown schedule 'narow'; did you mean narrow?" verify lis 3,1 --schedule narow

# Sequences.
rejects "sequence a is empty" verify edit-distance "" sitting
rejects "sequence b is empty" verify edit-distance kitten "  "
rejects "sequence s is empty" verify lis ""
rejects "'K' is not a letter in a..z" verify edit-distance Kitten sitting
rejects "'é' is not a letter in a..z" verify edit-distance café sitting
rejects "'c' is not a letter in a..b" verify edit-distance abc ab --param alphabet=2
rejects "must be in 0..250, not '251'" verify lis 3,251
rejects "must be in 0..250, not '-1'" verify lis -- -1,3
rejects "must be in 0..250, not '99999999999999999999'" verify lis 99999999999999999999
rejects "must be a whole number in 0..250, not 'x'" verify lis 3,x
rejects "must be a whole number in 0..250, not '1.5'" verify lis 1.5
rejects "must be a whole number in 0..250, not ''" verify lis 3,,1
rejects "for linear attention there is the task arithmetic" verify arithmetic-plain 1+2 --attention linear
rejects "for strided attention there is the task arithmetic" scale arithmetic-plain --sizes 5 --attention strided
rejects "needs a window of at least its largest distance, 10" show arithmetic-plain --size 7 --attention sparse --block 9
rejects "division by zero" verify arithmetic-plain 1/0
rejects "unexpected argument '[3,1]'; write sequences without brackets" verify lis "[3,1]"
rejects "edit-distance takes 2 sequences (a, b), not 1" verify edit-distance kitten
rejects "edit-distance takes 2 sequences (a, b), not 3" verify edit-distance a b c
rejects "lis takes 1 sequence (s), not 2" verify lis 3 1
rejects "lis takes 1 sequence (s), not 2" verify lis 3 -- 1
rejects "unexpected argument 'lis'" tasks -- lis
rejects "no input" verify lis
rejects "sequence b has 7 symbols, more than --size 6" verify edit-distance kitten sitting --size 6
rejects "a\\nb" verify lis $'a\nb'
rejects "needs" verify lagged-recurrence 3,1 --param m=8
rejects "contradicts" verify lagged-recurrence 3,1 --param m=8 --size 2

# Numbers.
rejects "--size must be in 1.." verify lis 3,1 --size 0
rejects "--size must be in 1.." verify lis 3,1 --size=-5
rejects "--size must be a whole number" verify lis 3,1 --size 1e6
rejects "--size must be a whole number" verify lis 3,1 --size ""
rejects "--size must be in 1..9223372036854775807, not '99999999999999999999'" show lis --size 99999999999999999999
rejects "size 9223372036854775807 is too large" show lis --size 9223372036854775807
rejects "size 1000000 is too large: L = 1000004000004 tokens, D about 1000002" show edit-distance --size 1000000
rejects "size 100000 is too large" verify edit-distance --size 100000 --random 1
rejects "parameter insert must be in 0..1000, not '1001'" verify edit-distance a b --param insert=1001
rejects "parameter insert must be a whole number" verify edit-distance a b --param insert=two
rejects "parameter insert is given twice" verify edit-distance a b --param insert=1 --param insert=2
rejects "--param takes name=value" verify edit-distance a b --param insert
rejects "--kappa must be a positive number" verify lis 3,1 --arithmetic double --kappa high
rejects "--tau must be positive" verify lis 3,1 --arithmetic double --tau 0
rejects "--lambda must be positive" verify lis 3,1 --arithmetic double --lambda -3/2
rejects "--tau must be a positive number" verify lis 3,1 --arithmetic double --tau 1/0
rejects "--random must be in 1..1000000" verify lis --size 4 --random 0
rejects "--seed must be" verify lis --size 4 --random 2 --seed x
rejects "--seed must be in 0..18446744073709551615" verify lis --size 4 --random 2 --seed 18446744073709551616
rejects "the precision of --arithmetic bits:P must be in 2..65536, not '1'" verify lis 3,1 --arithmetic bits:1
rejects "must be in 2..65536, not '65537'" verify lis 3,1 --arithmetic interval:65537
rejects "must be a whole number" verify lis 3,1 --arithmetic bits:
rejects "--arithmetic bits needs a precision" verify lis 3,1 --arithmetic bits
rejects "unknown arithmetic 'double:3'" verify lis 3,1 --arithmetic double:3
rejects "--block must be in 1.." verify lis 3,1 --block 0
rejects "the block must be in 1.." verify lis 3,1 --block 1000
rejects "a block of 8 is too small for lagged-recurrence: it needs a window of at least its largest distance, 9" verify lagged-recurrence 3,1,4,1,5,9,2,6 --attention sparse --block 8
rejects "a block of 11 is too small for arithmetic: it needs a window of at least its largest distance, 12" verify arithmetic "(7*5)/(6+4)" --attention sparse --block 11

# Options that do not belong together, or lack something.
rejects "do not go with exact arithmetic" verify lis 3,1 --kappa 12
rejects "SEQUENCE and --random do not go together" verify lis 3,1 --size 4 --random 3
rejects "--random and --exhaustive do not go together" verify lis --size 4 --random 3 --exhaustive
rejects "--random needs --size" verify lis --random 3
rejects "--exhaustive needs --size" verify lis --exhaustive
rejects "--seed belongs to --random" verify lis 3,1 --seed 4
rejects "--exhaustive would mean 15876503 inputs" verify lis --size 3 --exhaustive
rejects "--exhaustive would mean more than 10^18 inputs" verify edit-distance --size 40 --exhaustive
rejects "--block does not go with standard attention" verify lis 3,1 --attention standard --block 2
rejects "--size is given twice" verify lis 3,1 --size 4 --size 5
rejects "--size needs a value" verify lis 3,1 --size
rejects "--out needs a value" tasks --out
rejects "--quiet takes no value" verify lis 3,1 --quiet=no --size 4
rejects "no size given" show lis
rejects "unexpected argument 'lis'" tasks lis
rejects "unknown option of trace '--random'" trace lis --random 3 --size 4

# Files.
rejects "cannot read 'missing.txt'" verify lis --inputs missing.txt
rejects "it is a directory" verify lis --inputs folder
rejects "needs the name of a file" verify lis --inputs ""
rejects "cannot write 'no/such/folder/x'" verify lis 3,1 --out no/such/folder/x
rejects "cannot write 'folder': it is a directory" verify lis 3,1 --out folder
rejects "needs the name of a file" verify lis 3,1 --out ""
touch folder/data.txt
rejects_file "holds no input" lis ""
rejects_file "holds no input" lis "# only a comment\n\n"
rejects_file "folder/data.txt:2:5: a symbol of sequence s must be a whole number in 0..250, not 'x'" lis "3 1\n3 1 x\n"
rejects_file "folder/data.txt:1:1: edit-distance takes 2 sequences (a, b) separated by |, not 1" edit-distance "a b c\n"
rejects_file "folder/data.txt:1:8: edit-distance takes 2 sequences (a, b) separated by |, not 3" edit-distance "a | b | c\n"
rejects_file "folder/data.txt:1:4: sequence b is empty" edit-distance "a | <sep> 3\n"
rejects_file "folder/data.txt:1:5: nothing follows '<sep>'" lis "5 1 <sep>\n"
rejects_file "folder/data.txt:1:13: the answer must be a whole number" lis "5 1 <sep> 3 two\n"
rejects_file "folder/data.txt:3:1:" edit-distance "\n# comment\nA | b\n"

if ((failures > 0)); then
  echo "$failures failures" >&2
  exit 1
fi
