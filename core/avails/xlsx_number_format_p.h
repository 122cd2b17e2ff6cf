#pragma once

#include <QString>
#include <optional>

namespace vidimus::avails {

/// How a number in a cell is to be read.
enum class NumberKind { Plain, Date, DateTime, Time };

/// Of a built-in number format (ECMA-376 part 1, 18.8.30, with the East Asian date formats 27 to 36 and 50 to 58).
[[nodiscard]] NumberKind builtInNumberKind(int formatId);
/// Of a format code such as "yyyy\-mm\-dd hh:mm"; texts in quotes and colours in brackets do not count.
[[nodiscard]] NumberKind numberKindOf(const QString& formatCode);
/// A serial number as ISO 8601 text, or nothing when it lies outside the years 1900 to 9999. \a since1904: the
/// workbook counts from 1904-01-01 (18.17.4.1).
[[nodiscard]] std::optional<QString> isoFromSerial(double serial, NumberKind kind, bool since1904);

} // namespace vidimus::avails
