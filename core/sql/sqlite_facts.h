#pragma once

#include "core/base/result.h"

#include <QString>

namespace vidimus::sql {

/// What the linked SQLite is, for "doctor", the log at start-up and About.
struct SqliteFacts {
    QString version; ///< "3.40.1"
    bool hasWalResetFix = false; ///< 3.51.3 and later, 3.50.7 and later of 3.50, 3.44.6 and later of 3.44
};
[[nodiscard]] SqliteFacts sqliteFacts();
/// The rule behind it, from SQLITE_VERSION_NUMBER (3040001).
[[nodiscard]] bool walResetFixIn(int versionNumber);

/// WAL needs shared memory between all readers, which network file systems do not give. Looks at the file system of
/// \a folder. Errors: Unsupported (reason "network_file_system") naming it; Io, NotFound.
[[nodiscard]] Result<void> refuseNetworkFileSystem(const QString& folder);
/// The rule behind it: the name of the network file system with this statfs() magic, or empty.
[[nodiscard]] QString networkFileSystemName(long magic);

} // namespace vidimus::sql
