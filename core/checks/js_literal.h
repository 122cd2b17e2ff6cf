#pragma once

#include "core/base/result.h"

#include <QByteArrayView>
#include <QJsonValue>

namespace vidimus::checks {

/// The value that a packed script of an npm package exports: the literal after its last `.exports=`, read as data and
/// never run. What JavaScript's minifiers write is known: names without quotes, `!0` and `!1`, numbers as `.5`, strings
/// in either quotes. Errors: Invalid "bad_script" with the byte where it stops, LimitExceeded "too_deep".
[[nodiscard]] Result<QJsonValue> exportedLiteral(QByteArrayView script);

} // namespace vidimus::checks
