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

QString packIntegers(const std::vector<qint64>& values)
{
    QByteArray bytes;
    qint64 previous = 0;
    for (std::size_t i = 0; i < values.size();) {
        const qint64 difference = values[i] - previous;
        std::size_t run = 1;
        while (i + run < values.size() && values[i + run] - values[i + run - 1] == difference)
            ++run;
        appendVarint(bytes, zigzag(difference));
        appendVarint(bytes, run);
        i += run;
        previous = values[i - 1];
    }
    return QString::fromLatin1(bytes.toBase64());
}

Result<std::vector<qint64>> unpackIntegers(const QString& text, qint64 count, ValueBudget& budget)
{
    if (count < 0 || !budget.take(static_cast<std::size_t>(count)))
        return Error {ErrorCode::LimitExceeded, u"packed numbers: %1 values are too many"_s.arg(count), "bad_series"};
    const auto decoded = QByteArray::fromBase64Encoding(text.toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        return corrupt("not base64");
    // Keeps every sum below far from the ends of 64 bits.
    constexpr qint64 kLargest = qint64(1) << 53;
    std::vector<qint64> values;
    values.reserve(static_cast<std::size_t>(count));
    qint64 previous = 0;
    qsizetype position = 0;
    const QByteArray& bytes = *decoded;
    while (position < bytes.size()) {
        const auto difference = readVarint(bytes, position);
        const auto run = readVarint(bytes, position);
        if (!difference || !run || *run == 0)
            return corrupt("cut short");
        if (*run > static_cast<quint64>(count) - values.size())
            return corrupt("more values than stated");
        const qint64 step = unzigzag(*difference);
        for (quint64 i = 0; i < *run; ++i) {
            if (std::abs(step) > kLargest || std::abs(previous) > kLargest)
                return corrupt("a value is out of range");
            previous += step;
            values.push_back(previous);
        }
    }
    if (values.size() != static_cast<std::size_t>(count))
        return corrupt("fewer values than stated");
    return values;
}

QJsonObject toJson(const Series& series)
{
    return {{u"step"_s, series.step}, {u"scale"_s, series.scale},
        {u"count"_s, static_cast<qint64>(series.codes.size())},
        {u"codes"_s, packIntegers({series.codes.begin(), series.codes.end()})}};
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
    const auto values = unpackIntegers(text, count, budget);
    if (!values)
        return values.error();
    for (const qint64 value : *values) {
        if (value < std::numeric_limits<qint32>::min() || value > std::numeric_limits<qint32>::max())
            return corrupt("a value is out of range");
        series.codes.push_back(static_cast<qint32>(value));
    }
    return series;
}

} // namespace vidimus::checks
