#include "core/base/json_number.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

namespace vidimus {

QByteArray canonicalNumber(double value)
{
    if (!std::isfinite(value))
        return "null";
    if (value == 0)
        return "0";
    std::array<char, 64> buffer {};
    const auto end
        = std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::fabs(value), std::chars_format::scientific)
              .ptr;
    // Shortest digits "d.ddde±xx"; now laid out by the rules of Number.prototype.toString.
    const QByteArray text(buffer.data(), end - buffer.data());
    const qsizetype mark = text.indexOf('e');
    QByteArray digits = text.left(mark);
    digits.remove(1, 1);
    const int point = std::atoi(text.mid(mark + 1).constData()) + 1;
    const int count = static_cast<int>(digits.size());
    QByteArray out;
    if (point > 0 && point <= 21) {
        out = count <= point ? digits + QByteArray(point - count, '0') : digits.left(point) + '.' + digits.mid(point);
    } else if (point > -6 && point <= 0) {
        out = "0." + QByteArray(-point, '0') + digits;
    } else {
        const int exponent = point - 1;
        out = digits.left(1) + (count > 1 ? '.' + digits.mid(1) : QByteArray()) + 'e' + (exponent < 0 ? '-' : '+')
            + QByteArray::number(std::abs(exponent));
    }
    return value < 0 ? '-' + out : out;
}

} // namespace vidimus
