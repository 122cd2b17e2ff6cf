#pragma once

#include "core/workbench/person.h"

namespace vidimus::store {
class WorkspaceStore;
}

namespace vidimus::workbench {

/// Finds who works and on which catalog: the profile \a wanted, or the one used last. A new workspace gets one person,
/// who may do everything that one person may do alone, and the profile "local" with the embedded catalog. Errors:
/// NotFound (no such profile), Io, Corrupt.
[[nodiscard]] Result<void> startProfile(
    store::WorkspaceStore& store, const QString& wanted, Person& me, CatalogProfile& profile);

} // namespace vidimus::workbench
