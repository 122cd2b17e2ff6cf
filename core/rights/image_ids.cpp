#include "core/rights/image_ids_p.h"

#include "core/rights/byte_output_p.h"

#include <QtEndian>
#include <algorithm>
#include <bit>
#include <optional>

namespace vidimus::rights {

namespace {

constexpr std::size_t kPerBucket = 4; // titles, on average

/// A decimal number without leading zeros.
std::optional<quint64> numberOf(const QByteArray& id)
{
    if (id.isEmpty() || id.size() > 18 || (id.size() > 1 && id[0] == '0'))
        return std::nullopt;
    quint64 number = 0;
    for (const char digit : id) {
        if (digit < '0' || digit > '9')
            return std::nullopt;
        number = number * 10 + static_cast<quint64>(digit - '0');
    }
    return number;
}

/// "01234567-89ab-cdef-0123-456789abcdef", small letters only.
bool isUuid(const QByteArray& id)
{
    if (id.size() != 36)
        return false;
    for (qsizetype i = 0; i < id.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        const bool digit = (id[i] >= '0' && id[i] <= '9') || (id[i] >= 'a' && id[i] <= 'f');
        if (dash ? id[i] != '-' : !digit)
            return false;
    }
    return true;
}

quint64 hashOf(QByteArrayView key)
{
    quint64 hash = 0xcbf29ce484222325; // FNV-1a, 64 bits
    for (const char byte : key)
        hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
    return hash ^ hash >> 32;
}

void addIndex(IdBytes& out, const std::vector<QByteArray>& keys)
{
    const std::size_t buckets = std::bit_ceil(keys.size() / kPerBucket + 1);
    std::vector<std::vector<quint32>> titles(buckets);
    for (std::size_t i = 0; i < keys.size(); ++i)
        titles[static_cast<quint32>(hashOf(keys[i])) & (buckets - 1)].push_back(static_cast<quint32>(i));
    out.buckets = static_cast<quint32>(buckets);
    for (const auto& bucket : titles) {
        put<quint32>(out.bucketStarts, static_cast<quint32>(out.index.size() / 4));
        for (const quint32 title : bucket)
            put<quint32>(out.index, title);
    }
    put<quint32>(out.bucketStarts, static_cast<quint32>(out.index.size() / 4));
}

IdBytes encodeNumbers(const std::vector<quint64>& numbers)
{
    IdBytes out;
    out.kind = 2;
    const bool rising = std::ranges::adjacent_find(numbers, std::greater_equal<>()) == numbers.end();
    if (rising && numbers.back() - numbers.front() == numbers.size() - 1) {
        out.firstNumber = numbers.front();
        return out;
    }
    const quint64 largest = *std::ranges::max_element(numbers);
    out.width = static_cast<quint32>((std::bit_width(largest | 1) + 7) / 8);
    std::vector<QByteArray> keys;
    for (const quint64 number : numbers) {
        QByteArray bytes;
        put<quint64>(bytes, number);
        keys.push_back(bytes.first(out.width));
        out.rows += keys.back();
    }
    if (!rising)
        addIndex(out, keys);
    return out;
}

} // namespace

IdBytes encodeIds(const std::vector<QByteArray>& ids)
{
    std::vector<quint64> numbers;
    for (const QByteArray& id : ids) {
        const auto number = numberOf(id);
        if (!number)
            break;
        numbers.push_back(*number);
    }
    if (!ids.empty() && numbers.size() == ids.size())
        return encodeNumbers(numbers);
    IdBytes out;
    if (!ids.empty() && std::ranges::all_of(ids, isUuid)) {
        out.kind = 1;
        out.width = 16;
        std::vector<QByteArray> keys;
        for (QByteArray id : ids) {
            keys.push_back(QByteArray::fromHex(id.replace("-", "")));
            out.rows += keys.back();
        }
        addIndex(out, keys);
        return out;
    }
    for (const QByteArray& id : ids) {
        put<quint32>(out.rows, static_cast<quint32>(out.text.size()));
        out.text += id;
    }
    put<quint32>(out.rows, static_cast<quint32>(out.text.size()));
    if (!ids.empty())
        addIndex(out, ids);
    return out;
}

} // namespace vidimus::rights
