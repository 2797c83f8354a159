#!/usr/bin/env bash
# check_document.sh SOURCE_DIR PROGRAM_DIR WROUGHT DOCUMENT
#
# Holds a Markdown document to what is true. Three kinds of fenced blocks are checked:
#
#   <!-- file: PATH -->     before a block: it is that file, word for word
#   <!-- output: NAME -->   before a block: it is what the program PROGRAM_DIR/NAME prints, and NAME exits with 0
#   ```console              every line `$ wrought …` is run; the lines up to the next `$` are its output. Seconds, two
#                           decimals at the end of a line, may differ. An exit code other than 0 is written as a last line "[exit N]".
#
# With an empty WROUGHT the console blocks are left out.
set -euo pipefail
source_dir=$1 program_dir=$2 wrought=$3 document=$4

checked=0 failed=0 marker="" language="" block="" in_block=false
compare() {  # what, expected, found
  checked=$((checked + 1))
  if [[ $2 == "$3" ]]; then return; fi
  failed=$((failed + 1))
  echo "$document: $1 differs (<: the document, >: the truth)" >&2
  diff <(printf '%s\n' "$2") <(printf '%s\n' "$3") >&2 || true
}

without_durations() { sed -E 's/ *[0-9]+\.[0-9]{2}$/ _/'; }

run_command() {  # command line, expected output
  local found status=0 arguments=${1#wrought}
  found=$(cd "$source_dir" && eval "\"\$wrought\" $arguments" 2>&1) || status=$?
  if ((status != 0)); then found+=$'\n'"[exit $status]"; fi
  compare "the output of \`$1\`" "$(without_durations <<<"$2")" "$(without_durations <<<"$found")"
}

check_console() {
  local line command="" expected=""
  while IFS= read -r line; do
    if [[ $line == '$ '* ]]; then
      if [[ $command ]]; then run_command "$command" "$expected"; fi
      command=${line#'$ '} expected=""
      if [[ $command != wrought* ]]; then command=""; fi
    else
      expected+=${expected:+$'\n'}$line
    fi
  done <<<"$1"
  if [[ $command ]]; then run_command "$command" "$expected"; fi
}

check_block() {
  case $marker in
    "file: "*) compare "the copy of ${marker#file: }" "$block" "$(<"$source_dir/${marker#file: }")" ;;
    "output: "*) compare "the output of ${marker#output: }" "$block" "$("$program_dir/${marker#output: }")" ;;
    *) if [[ $language == console && $wrought ]]; then check_console "$block"; fi ;;
  esac
}

while IFS= read -r line; do
  if $in_block; then
    if [[ $line == '```' ]]; then
      check_block
      in_block=false marker=""
    else
      block+=${block:+$'\n'}$line
    fi
  elif [[ $line == '```'* ]]; then
    in_block=true language=${line#'```'} block=""
  elif [[ $line =~ ^'<!-- '(.*)' -->'$ ]]; then
    marker=${BASH_REMATCH[1]}
  fi
done <"$document"

echo "$document: $checked block(s) checked, $failed differ"
((failed == 0 && checked > 0))
