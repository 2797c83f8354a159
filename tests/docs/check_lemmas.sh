#!/usr/bin/env bash
# check_lemmas.sh WROUGHT FOLDER: every lemma has a page FOLDER/NAME.md that names all its statements, and there is no other page.
set -euo pipefail
wrought=$1 folder=$2
status=0
listed=$("$wrought" lemmas --format csv | sed -n 's/^\([a-z_]*\),\([a-z_]*\)[ ,].*/\1 \2/p' | grep -v '^lemma ')
while read -r lemma statement; do
  if ! grep -q "$statement" "$folder/$lemma.md"; then
    echo "$folder/$lemma.md does not name $statement" >&2
    status=1
  fi
done <<<"$listed"
for page in "$folder"/*.md; do
  name=$(basename "$page" .md)
  if [[ $name != README ]] && ! grep -q "^$name " <<<"$listed"; then
    echo "$page belongs to no lemma" >&2
    status=1
  fi
done
exit "$status"
