#include "core/catalog_server/byte_range.h"

#include <algorithm>

namespace vidimus::catalog_server {

namespace {

/// Digits only; nullopt for anything else or what does not fit.
std::optional<qint64> digits(QByteArrayView text)
{
    if (text.isEmpty() || !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    bool fits = false;
    const qint64 value = text.toByteArray().toLongLong(&fits);
    return fits ? std::optional(value) : std::nullopt;
}

} // namespace

RangeAnswer readRange(QByteArrayView field, qint64 size)
{
    constexpr QByteArrayView kUnit = "bytes=";
    if (!field.startsWith(kUnit) || field.contains(','))
        return {};
    const QByteArrayView spec = field.sliced(kUnit.size()).trimmed();
    const qsizetype dash = spec.indexOf('-');
    if (dash < 0)
        return {};
    const auto first = digits(spec.first(dash));
    const auto last = digits(spec.sliced(dash + 1));
    if (dash == 0) { // the last n bytes
        if (!last)
            return {};
        const qint64 length = std::min(*last, size);
        return length == 0 ? RangeAnswer {RangeKind::Unsatisfiable, {}}
                           : RangeAnswer {RangeKind::Part, {size - length, length}};
    }
    const bool isOpen = dash + 1 == spec.size();
    if (!first || (!isOpen && !last) || (last && *last < *first))
        return {};
    if (*first >= size)
        return {RangeKind::Unsatisfiable, {}};
    const qint64 end = isOpen ? size : std::min(*last, size - 1) + 1;
    return {RangeKind::Part, {*first, end - *first}};
}

} // namespace vidimus::catalog_server
