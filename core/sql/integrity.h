#pragma once

#include "core/base/instant.h"
#include "core/sql/connection.h"

#include <QStringList>

namespace vidimus::sql {

enum class IntegrityDepth {
    Quick, ///< PRAGMA quick_check: structure, without comparing indexes with tables
    Full, ///< PRAGMA integrity_check and foreign_key_check
};

struct IntegrityReport {
    bool finished = true; ///< false: the time was up before the end; what was read until then was sound
    QStringList faults; ///< at most 100, as SQLite words them; empty is sound
    [[nodiscard]] bool isSound() const { return faults.isEmpty(); }
};

/// Checks a database for at most \a budget. Damage is a report, not an error. Errors: Io.
[[nodiscard]] Result<IntegrityReport> checkIntegrity(Connection& connection, IntegrityDepth depth, Milliseconds budget);

} // namespace vidimus::sql
