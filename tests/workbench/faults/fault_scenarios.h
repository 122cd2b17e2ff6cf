#pragma once

#include "core/base/result.h"

#include <vector>

namespace vidimus::test {

/// One use case as a person starts it, for the test that makes its N-th write fail.
struct FaultScenario {
    const char* name;
    /// Does it in the workspace; the error is what a person would be shown.
    Result<void> (*act)(const QString& folder);
};
/// Beside the writes of the store that tests/store makes fail.
[[nodiscard]] const std::vector<FaultScenario>& faultScenarios();

/// The workspace in which they all start: a title that may be published, a job that waits, a backup in
/// "<folder>-backup" and what they read in "<folder>-in". What they write beside the workspace goes to "<folder>-out".
void prepareForFaults(const QString& folder);
/// What is there: rows, originals and what stands in "<folder>-out". Ends the test where something is damaged: the
/// database, the log, an original that is not its hash, a rendition that is not what its playlist promises, a backup
/// that does not verify.
[[nodiscard]] QByteArray stateForFaults(const QString& folder);

} // namespace vidimus::test
