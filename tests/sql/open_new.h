#pragma once

#include "core/sql/connection.h"

#include <QTemporaryDir>

/// A new database "a.db" in \a dir, run through \a script. Stops the test program when that fails.
[[nodiscard]] vidimus::sql::Connection openNew(const QTemporaryDir& dir, const QString& script = {});
[[nodiscard]] vidimus::sql::Connection openReader(const vidimus::sql::Connection& writer);
