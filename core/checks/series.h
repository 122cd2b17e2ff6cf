#pragma once

#include "core/base/result.h"
#include "core/checks/code_list.h"

#include <QJsonObject>
#include <algorithm>
#include <functional>
#include <vector>

namespace vidimus::checks {

/// One measured number per shown frame, or per fixed step of sound, quantised. Stored as runs of equal differences.
struct Series {
    /// Seconds per sample; 0: one sample per shown frame.
    double step = 0;
    double scale = 1; ///< value = code × scale
    CodeList codes;

    [[nodiscard]] double value(std::size_t index) const { return codes[index] * scale; }
    friend bool operator==(const Series&, const Series&) = default;
};

/// Counts what untrusted input may still cost: values to look at, and bytes to keep.
class ValueBudget {
public:
    /// A day at 60 frames a second has five million values in a series.
    static constexpr std::size_t kMaxSeries = std::size_t {16} << 20;

    explicit ValueBudget(std::size_t values, std::size_t bytes = std::size_t {512} << 20)
        : m_left(values)
        , m_bytesLeft(bytes)
    {
    }
    [[nodiscard]] bool take(std::size_t values)
    {
        if (values > std::min(m_left, kMaxSeries))
            return false;
        m_left -= values;
        return true;
    }
    [[nodiscard]] bool takeBytes(std::size_t bytes)
    {
        if (bytes > m_bytesLeft)
            return false;
        m_bytesLeft -= bytes;
        return true;
    }

private:
    std::size_t m_left;
    std::size_t m_bytesLeft;
};

/// Packs numbers one by one into zigzag LEB128 pairs (difference, run length), in base64.
class IntegerPacker {
public:
    void add(qint64 value);
    /// Once, after the last.
    [[nodiscard]] QString take();

private:
    void close();

    QByteArray m_bytes;
    qint64 m_previous = 0;
    qint64 m_difference = 0;
    quint64 m_run = 0; ///< how often the difference came
};

[[nodiscard]] QString packIntegers(const std::vector<qint64>& values);
/// Calls \a take with exactly \a count values, with fewer where it fails. Errors: Corrupt for malformed text,
/// LimitExceeded beyond the budget.
[[nodiscard]] Result<void> unpackEachInteger(
    const QString& text, qint64 count, ValueBudget& budget, const std::function<void(qint64)>& take);
[[nodiscard]] Result<std::vector<qint64>> unpackIntegers(const QString& text, qint64 count, ValueBudget& budget);

[[nodiscard]] QJsonObject toJson(const Series& series);
/// Errors: Invalid, Corrupt, LimitExceeded.
[[nodiscard]] Result<Series> seriesFromJson(const QJsonObject& object, const QString& path, ValueBudget& budget);

} // namespace vidimus::checks
