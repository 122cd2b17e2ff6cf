#!/usr/bin/env bash
# scripts/tidy.sh [FOLDER…]: clang-tidy with .clang-tidy over the sources below the folders (all of core, app and ui
# without any); every finding is an error. The precompiled header is left out: it is the compiler's own.
cd "$(dirname "$0")/.."
source scripts/setup.sh
install_packages build tidy
[ -f build/dev/compile_commands.json ] || build dev
mkdir -p build/tidy
sed -E 's/ -Winvalid-pch -include [^ ]*cmake_pch\.hxx//' build/dev/compile_commands.json >build/tidy/compile_commands.json
[ "$#" -gt 0 ] || set -- core app ui
git ls-files "${@/%//*.cpp}" | xargs -P "$(nproc)" -n 1 clang-tidy-19 -p build/tidy --quiet --warnings-as-errors='*' 2>/dev/null
