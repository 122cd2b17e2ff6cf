#include "core/checks/series.h"

#include "core/base/json.h"

#include <cmath>
#include <limits>

namespace vidimus::checks {

using namespace Qt::StringLiterals;

namespace {

void appendVarint(QByteArray& out, quint64 value)
{
    while (value >= 0x80) {
        out += static_cast<char>((value & 0x7f) | 0x80);
        value >>= 7;
    }
    out += static_cast<char>(value);
}

std::optional<quint64> readVarint(QByteArrayView bytes, qsizetype& position)
{
    quint64 value = 0;
    for (int shift = 0; shift < 63 && position < bytes.size(); shift += 7) {
        const auto byte = static_cast<unsigned char>(bytes[position++]);
        value |= static_cast<quint64>(byte & 0x7f) << shift;
        if ((byte & 0x80) == 0)
            return value;
    }
    return std::nullopt;
}

constexpr quint64 zigzag(qint64 value)
{
    return (static_cast<quint64>(value) << 1) ^ static_cast<quint64>(value >> 63);
}

constexpr qint64 unzigzag(quint64 value)
{
    return static_cast<qint64>(value >> 1) ^ -static_cast<qint64>(value & 1);
}

Error corrupt(const char* what)
{
    return Error {ErrorCode::Corrupt, u"packed numbers: %1"_s.arg(QLatin1StringView(what)), "bad_series"};
}

} // namespace

void IntegerPacker::add(qint64 value)
{
    const qint64 difference = value - m_previous;
    if (m_run > 0 && difference != m_difference)
        close();
    m_difference = difference;
    m_previous = value;
    ++m_run;
}

void IntegerPacker::close()
{
    appendVarint(m_bytes, zigzag(m_difference));
    appendVarint(m_bytes, m_run);
    m_run = 0;
}

QString IntegerPacker::take()
{
    if (m_run > 0)
        close();
    return QString::fromLatin1(m_bytes.toBase64());
}

QString packIntegers(const std::vector<qint64>& values)
{
    IntegerPacker packer;
    for (const qint64 value : values)
        packer.add(value);
    return packer.take();
}

Result<void> unpackEachInteger(
    const QString& text, qint64 count, ValueBudget& budget, const std::function<void(qint64)>& take)
{
    if (count < 0 || !budget.take(static_cast<std::size_t>(count)))
        return Error {ErrorCode::LimitExceeded, u"packed numbers: %1 values are too many"_s.arg(count), "bad_series"};
    const auto decoded = QByteArray::fromBase64Encoding(text.toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        return corrupt("not base64");
    // Keeps every sum below far from the ends of 64 bits.
    constexpr qint64 kLargest = qint64(1) << 53;
    auto left = static_cast<quint64>(count);
    qint64 previous = 0;
    qsizetype position = 0;
    const QByteArray& bytes = *decoded;
    while (position < bytes.size()) {
        const auto difference = readVarint(bytes, position);
        const auto run = readVarint(bytes, position);
        if (!difference || !run || *run == 0)
            return corrupt("cut short");
        if (*run > left)
            return corrupt("more values than stated");
        left -= *run;
        const qint64 step = unzigzag(*difference);
        for (quint64 i = 0; i < *run; ++i) {
            if (std::abs(step) > kLargest || std::abs(previous) > kLargest)
                return corrupt("a value is out of range");
            previous += step;
            take(previous);
        }
    }
    if (left > 0)
        return corrupt("fewer values than stated");
    return {};
}

Result<std::vector<qint64>> unpackIntegers(const QString& text, qint64 count, ValueBudget& budget)
{
    std::vector<qint64> values;
    const auto done = unpackEachInteger(text, count, budget, [&values](qint64 value) { values.push_back(value); });
    return done ? Result<std::vector<qint64>>(std::move(values)) : done.error();
}

QJsonObject toJson(const Series& series)
{
    IntegerPacker packer;
    for (const qint32 code : series.codes)
        packer.add(code);
    return {{u"step"_s, series.step}, {u"scale"_s, series.scale},
        {u"count"_s, static_cast<qint64>(series.codes.size())}, {u"codes"_s, packer.take()}};
}

Result<Series> seriesFromJson(const QJsonObject& object, const QString& path, ValueBudget& budget)
{
    JsonReader reader(object, path);
    Series series;
    series.step = reader.number("step"_L1);
    series.scale = reader.number("scale"_L1);
    if (!(series.step >= 0 && series.step <= 3600))
        reader.fail("step"_L1, u"must be between 0 and 3600 seconds"_s);
    if (!(series.scale > 0 && series.scale <= 1e6))
        reader.fail("scale"_L1, u"must be above 0"_s);
    const qint64 count = reader.integer("count"_L1);
    const QString text = reader.string("codes"_L1);
    if (auto valid = reader.finish(); !valid)
        return valid.error();
    bool fits = true;
    const auto unpacked = unpackEachInteger(text, count, budget, [&](qint64 value) {
        fits = fits && value >= std::numeric_limits<qint32>::min() && value <= std::numeric_limits<qint32>::max();
        series.codes.push_back(static_cast<qint32>(value));
    });
    if (!unpacked)
        return unpacked.error();
    if (!fits)
        return corrupt("a value is out of range");
    if (!budget.takeBytes(series.codes.bytes()))
        return Error {ErrorCode::LimitExceeded, u"packed numbers: they take too much memory"_s, "bad_series"};
    return series;
}

} // namespace vidimus::checks
