#pragma once

#include <QByteArray>
#include <optional>

namespace vidimus::catalog_server {

struct ByteRange {
    qint64 first = 0;
    qint64 length = 0;
    friend bool operator==(const ByteRange&, const ByteRange&) = default;
};

enum class RangeKind {
    Whole, ///< no Range, another unit, several ranges, or bad syntax: the whole is sent (RFC 9110, section 14.2)
    Part,
    Unsatisfiable, ///< 416
};

struct RangeAnswer {
    RangeKind kind = RangeKind::Whole;
    ByteRange range;
};

/// Reads a Range field for a file of \a size bytes. Pure.
[[nodiscard]] RangeAnswer readRange(QByteArrayView field, qint64 size);

} // namespace vidimus::catalog_server
