#!/bin/sh
# run_visit.sh VIDIMUS MEDIA WORK: serves the demo and visits its page. Exit code 77: skipped, the reason is printed.
set -eu

test=visit
here=$(dirname "$(readlink -f "$0")")
vidimus=$1
media=$2
work=$3
. "$here/npm_modules.sh"
room=$(mktemp -d)
mkdir -m 700 "$room/run"
demo=
leave() {
    if [ -n "$demo" ]; then
        kill -INT "$demo" 2>/dev/null || true
        wait "$demo" 2>/dev/null || true
    fi
    rm -rf "$room"
}
trap leave EXIT
HOME=$room XDG_RUNTIME_DIR=$room/run VIDIMUS_DEMO_MEDIA=$media \
    "$vidimus" --workspace "$room/workspace" --json demo --headless >"$room/said" 2>"$room/log" &
demo=$!
waited=0
while [ ! -s "$room/said" ] && kill -0 "$demo" 2>/dev/null && [ "$waited" -lt 240 ]; do
    sleep 1
    waited=$((waited + 1))
done
if [ ! -s "$room/said" ]; then
    cat "$room/log"
    totals 0 1 0
    exit 1
fi
cd "$work"
code=0
node -e 'const said = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
    console.log(new URL(said.live_url).origin, said.title);' "$room/said" >"$room/where"
read -r base title <"$room/where"
node "$here/visit.mjs" "$base" "$title" || code=$?
finish "$code"
