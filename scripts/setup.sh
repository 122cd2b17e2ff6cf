# Shared by ./run, ./test and .ci/run: installs the packages named in packages.txt and builds. Sourced, not run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '%s\n' "$*" >&2; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null 2>&1; then sudo "$@"
    else say "Packages must be installed, and neither root nor sudo is here: $*"; exit 7
    fi
}

# packages_of SECTION…: the names listed under those sections, each with the command that may stand in for it
packages_of() {
    local wanted=" $* "
    awk -v wanted="$wanted" '/^#/ || NF == 0 { next } /^\[/ { name = substr($0, 2, length($0) - 2); next }
        index(wanted, " " name " ") { print $1, $2 }' packages.txt
}

# install_packages SECTION…: installs what is missing, and nothing when all is there
install_packages() {
    command -v dpkg-query >/dev/null 2>&1 || { say "This is not Debian: install by hand what packages.txt names."; return 0; }
    local missing=() name command
    while read -r name command; do
        if [ -n "$command" ] && command -v "$command" >/dev/null 2>&1; then continue; fi
        dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'install ok installed' || missing+=("$name")
    done < <(packages_of "$@")
    [ "${#missing[@]}" -gt 0 ] || return 0
    say "Installing ${#missing[@]} packages: ${missing[*]}"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

# build PRESET [TARGET…]
build() {
    local preset=$1 log
    shift
    if [ ! -f "build/$preset/build.ninja" ]; then
        log=$(mktemp)
        cmake --preset "$preset" >"$log" 2>&1 || { cat "$log" >&2; rm -f "$log"; exit 70; }
        rm -f "$log"
    fi
    if [ "$#" -gt 0 ]; then cmake --build --preset "$preset" --target "$@" >&2
    else cmake --build --preset "$preset" >&2
    fi
}
