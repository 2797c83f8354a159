# common.sh: to be sourced with the program's path as $1. Gives wrought, an empty folder to work in, and fail().
wrought=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

failures=0
# fail ARGUMENTS WHAT: the call of the program, and what was wrong with it.
fail() {
  echo "FAILED: wrought $1: $2" >&2
  failures=$((failures + 1))
}
