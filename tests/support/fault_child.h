#pragma once

#include "core/base/result.h"

#include <QString>
#include <functional>

namespace vidimus::test {

/// What a child came to whose N-th system call below a folder failed.
struct FaultOutcome {
    bool done = false; ///< it said so
    int calls = 0; ///< that could have failed
    QString text; ///< "done", or the error that a person would be shown
};
/// As "at": no call fails.
inline constexpr int kNoFault = 1'000'000;

/// Runs this test program once more, with the fault shim (tests/store/faults) preloaded, to do \a scenario in \a
/// folder; its main() gives the words to actAsFaultChild(). \a fault is "io", "full", "short" or "interrupted", at the
/// call number \a at. A child that dies ends the test.
[[nodiscard]] FaultOutcome actInFaultChild(
    const QString& scenario, const QString& folder, int at, const QString& fault);

/// The child's side: does it with the shim counting, prints what came of it, and gives the exit code. An empty \a act
/// is a scenario that nobody knows.
[[nodiscard]] int actAsFaultChild(const std::function<Result<void>(const QString& folder)>& act, const QString& folder);

} // namespace vidimus::test
