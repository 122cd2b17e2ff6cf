#!/usr/bin/env bash
# summary.sh CTEST_OUTPUT LAST_TEST_LOG: prints failures whole, each skip with its reason, and the closing line. Counts test
# functions as Qt Test reports them, not executables; an executable that ended without its totals, or failed although
# its functions passed (a crash at its end), counts as one failure.
set -euo pipefail
output=$1 log=$2
grep -vE '^ *Start +[0-9]+:|Passed +[0-9.]+ sec$' "$output" || true
awk '
    /^[0-9]+\/[0-9]+ Testing: / { if (name != "" && !totals) broken[name] = 1; name = $3; totals = 0; here = 0 }
    /^SKIP +: / { line = $0; sub(/^SKIP +: /, "", line); skips[++skip_lines] = name ": " line }
    /^Totals: [0-9]+ passed/ { totals = 1; passed += $2; failed += $4; here += $4; skipped += $6 }
    /^Test Failed\./ { if (totals && here == 0) crashed[name] = 1 }
    END {
        if (name != "" && !totals) broken[name] = 1
        for (i = 1; i <= skip_lines; ++i) print "skipped: " skips[i]
        for (b in broken) { print "no result: " b; ++failed }
        for (c in crashed) { print "failed after its tests: " c; ++failed }
        printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
    }' "$log"
