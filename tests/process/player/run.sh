#!/bin/sh
# run.sh FIXTURE WORK: makes a transcode with FIXTURE and plays it. Exit code 77: skipped, the reason is printed.
set -eu
here=$(dirname "$(readlink -f "$0")")
fixture=$1
work=$2
for program in node npm; do
    command -v "$program" >/dev/null || { echo "SKIP: $program is not installed"; exit 77; }
done
mkdir -p "$work"
cp "$here/package.json" "$work/"
if [ ! -d "$work/node_modules/hls.js" ] || [ ! -d "$work/node_modules/playwright-core" ]; then
    (cd "$work" && npm install --ignore-scripts --no-audit --no-fund --no-package-lock >npm.log 2>&1) \
        || { echo "SKIP: npm cannot install hls.js and playwright-core here"; exit 77; }
fi
rm -rf "$work/out"
"$fixture" "$work/clip.mp4" "$work/out"
cd "$work" && exec node "$here/play.mjs" "$work/out"
