#pragma once

#include "core/base/result.h"
#include "core/checks/code_list.h"

#include <QJsonObject>
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

/// Counts what untrusted input may still allocate, in values.
class ValueBudget {
public:
    explicit ValueBudget(std::size_t values)
        : m_left(values)
    {
    }
    [[nodiscard]] bool take(std::size_t values)
    {
        if (values > m_left)
            return false;
        m_left -= values;
        return true;
    }

private:
    std::size_t m_left;
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
