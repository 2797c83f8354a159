#!/usr/bin/env bash
# Fails if a committed scaling table no longer says what the program prints: scripts/docs at small sizes, compared with
# docs/scaling/small. Plots are compared by their data.
#
#     check_scaling.sh SOURCE_DIR WORK_DIR WROUGHT
set -euo pipefail
source=$1 work=$2/scaling
rm -rf "$work"
WROUGHT=$3 "$source/scripts/docs" --small "$work"
status=0
for page in "$work"/*.md "$work"/*.dat; do
  diff -u "$source/docs/scaling/small/$(basename "$page")" "$page" || status=1
done
if ((status)); then echo "the tables have changed: run scripts/docs and commit what it writes" >&2; fi
exit "$status"
