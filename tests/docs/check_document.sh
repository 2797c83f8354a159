#!/usr/bin/env bash
# check_document.sh [--update] SOURCE_DIR PROGRAM_DIR WROUGHT DOCUMENT
#
# Holds a Markdown document to what is true. Three kinds of fenced blocks are checked:
#
#   <!-- file: PATH -->     before a block: it is that file, word for word
#   <!-- output: NAME -->   before a block: it is what the program PROGRAM_DIR/NAME prints, and NAME exits with 0
#   ```console              every line `$ wrought …` is run; the lines up to the next `$` are its output. Seconds, two
#                           decimals at the end of a line, may differ. An exit code other than 0 is written as a last
#                           line "[exit N]".
#
# With --update the document is rewritten to what is true instead. An empty WROUGHT leaves console blocks alone.
set -euo pipefail
update=false
if [[ $1 == --update ]]; then
  update=true
  shift
fi
source_dir=$1 program_dir=$2 wrought=$3 document=$4

without_durations() { sed -E 's/ *[0-9]+\.[0-9]{2}$/ _/'; }

# The console block of the same commands as it should be.
true_console() {  # block
  local line output status known=true
  while IFS= read -r line; do
    if [[ $line == '$ wrought'* ]]; then
      status=0
      output=$(cd "$source_dir" && eval "\"\$wrought\" ${line#'$ wrought'}" 2>&1 </dev/null) || status=$?
      printf '%s\n' "$line" "$output"
      if ((status != 0)); then printf '[exit %d]\n' "$status"; fi
      known=true
    elif [[ $line == '$ '* ]]; then
      printf '%s\n' "$line"
      known=false
    elif ! $known; then
      printf '%s\n' "$line"
    fi
  done <<<"$1"
}

# The block as it should be.
truth() {  # marker, language, block
  case $1 in
    "file: "*) cat "$source_dir/${1#file: }" ;;
    "output: "*) "$program_dir/${1#output: }" ;;
    *) true_console "$3" ;;
  esac
}

checked=0 failed=0 marker="" language="" block="" in_block=false
result=$(mktemp)
trap 'rm -f "$result"' EXIT

finish_block() {
  if [[ ! $marker && ($language != console || ! $wrought) ]]; then
    printf '%s\n' "$block" >>"$result"
    return
  fi
  local should_be
  should_be=$(truth "$marker" "$language" "$block")
  checked=$((checked + 1))
  printf '%s\n' "$should_be" >>"$result"
  if [[ $(without_durations <<<"$block") == "$(without_durations <<<"$should_be")" ]]; then return; fi
  failed=$((failed + 1))
  if $update; then return; fi
  echo "$document: the block ${marker:-of $language} that starts with the line \"${block%%$'\n'*}\" differs" >&2
  echo "(<: the document, >: the truth)" >&2
  diff <(printf '%s\n' "$block") <(printf '%s\n' "$should_be") >&2 || true
}

while IFS= read -r line; do
  if $in_block && [[ $line == '```' ]]; then
    finish_block
    in_block=false marker=""
  elif $in_block; then
    block+=${block:+$'\n'}$line
    continue
  elif [[ $line == '```'* ]]; then
    in_block=true language=${line#'```'} block=""
  elif [[ $line =~ ^'<!-- '(file|output)': '.*' -->'$ ]]; then
    marker=${line#'<!-- '} marker=${marker%' -->'}
  fi
  printf '%s\n' "$line" >>"$result"
done <"$document"

if $update; then
  cat "$result" >"$document"
  echo "$document: $failed of $checked block(s) rewritten"
else
  echo "$document: $checked block(s) checked, $failed differ"
  ((failed == 0 && checked > 0))
fi
