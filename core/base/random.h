#pragma once

#include <QByteArray>
#include <cstddef>
#include <span>

namespace vidimus {

/// Fills \a out with bytes fit for keys and tokens. Any thread. Aborts if the system has no entropy source.
void randomBytes(std::span<std::byte> out);
/// A bearer token: 32 random bytes, base64url without padding.
[[nodiscard]] QByteArray randomToken();

} // namespace vidimus
