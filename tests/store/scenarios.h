#pragma once

#include "store_fixture.h"

namespace vidimus::store::testing {

/// One thing that a workspace does, for the tests that make it fail or kill it. It changes the stored state.
struct Scenario {
    const char* name;
    /// Does it in the workspace; the error is what a person would be shown.
    Result<void> (*act)(const QString& folder);
};

/// The workspace in which they all start, and a backup of it beside it in "<folder>-backup".
void prepareWorkspace(const QString& folder);
const std::vector<Scenario>& scenarios();

} // namespace vidimus::store::testing
