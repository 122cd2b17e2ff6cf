#pragma once

#include <QByteArray>

namespace vidimus {

/// A finite double as ECMAScript prints it (RFC 8785, section 3.2.2.3); "null" for what is not finite.
[[nodiscard]] QByteArray canonicalNumber(double value);

} // namespace vidimus
