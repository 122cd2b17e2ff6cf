# Sourced by the browser tests: needs $here and $work. The closing line is that of Qt Test, so that scripts/summary.sh
# counts these with the others.
totals() { echo "Totals: $1 passed, $2 failed, $3 skipped, 0 blacklisted"; }
skip() { echo "SKIP   : $test: $1"; totals 0 0 1; exit 77; }
for program in node npm; do
    command -v "$program" >/dev/null || { skip "$program is not installed"; }
done
mkdir -p "$work"
cp "$here/package.json" "$work/"
if [ ! -d "$work/node_modules/hls.js" ] || [ ! -d "$work/node_modules/playwright-core" ]; then
    (cd "$work" && npm install --ignore-scripts --no-audit --no-fund --no-package-lock >npm.log 2>&1) \
        || { skip "npm cannot install hls.js and playwright-core here"; }
fi
# finish CODE: the closing line and the exit code.
finish() {
    case $1 in
    0) totals 1 0 0 ;;
    77) skip "the browser cannot run here" ;;
    *) totals 0 1 0 ;;
    esac
    exit "$1"
}
