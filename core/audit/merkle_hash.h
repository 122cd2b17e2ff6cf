#pragma once

#include <QByteArray>

namespace vidimus::audit {

/// The hashes of RFC 6962, section 2.1: leaves are prefixed with 0x00, inner nodes with 0x01. 32 raw bytes each.
[[nodiscard]] QByteArray leafHash(QByteArrayView leaf);
[[nodiscard]] QByteArray nodeHash(QByteArrayView left, QByteArrayView right);
/// The root of a tree without leaves: SHA-256 of nothing.
[[nodiscard]] QByteArray emptyRoot();

} // namespace vidimus::audit
