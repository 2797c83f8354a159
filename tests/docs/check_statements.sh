#!/usr/bin/env bash
# check_statements.sh [--update] WROUGHT PAGE: the page is its introduction, a line <!-- table -->, and what
# `WROUGHT statements --format markdown` prints. With --update the page is rewritten.
set -euo pipefail
update=false
if [[ $1 == --update ]]; then
  update=true
  shift
fi
wrought=$1 page=$2
truth=$(mktemp)
trap 'rm -f "$truth"' EXIT
{ sed '/^<!-- table -->$/q' "$page"; "$wrought" statements --format markdown; } >"$truth"
if $update; then cp "$truth" "$page"; else diff -u "$page" "$truth"; fi
