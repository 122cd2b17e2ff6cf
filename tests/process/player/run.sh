#!/bin/sh
# run.sh FIXTURE WORK: makes a transcode with FIXTURE and plays it. Exit code 77: skipped, the reason is printed.
set -eu

test=player
here=$(dirname "$(readlink -f "$0")")
fixture=$1
work=$2
. "$here/npm_modules.sh"
rm -rf "$work/out"
"$fixture" "$work/clip.mp4" "$work/out"
cd "$work"
code=0
node "$here/play.mjs" "$work/out" || code=$?
finish "$code"
