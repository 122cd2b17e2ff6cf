#pragma once

#include <QStringList>
#include <QStringView>

namespace vidimus::sql {

/// Cuts a script into its statements at each ";" outside quotes and comments; a CREATE TRIGGER ends with its END.
/// Comments stay inside their statement; a piece with nothing but comments is dropped.
[[nodiscard]] QStringList splitStatements(QStringView script);

} // namespace vidimus::sql
