#pragma once

#include <QJsonArray>
#include <QString>
#include <chrono>
#include <vector>

namespace vidimus::workbench {

/// One measured number with its unit: "ms", "s", "bit/s", "ratio", "rows", "MiB", "GB/s".
struct Figure {
    QString name; ///< "random_p95"
    double value = 0;
    QString unit;
};

/// The middle value; the mean of the two in the middle for an even count; 0 for none. Pure.
[[nodiscard]] double medianOf(std::vector<double> values);
/// The value that \a percent of them do not exceed (nearest rank); 0 for none. Pure.
[[nodiscard]] double percentileOf(std::vector<double> values, double percent);

/// Figures in the order they were measured. One thread.
class FigureList {
public:
    void add(const QString& name, double value, const QString& unit) { m_figures.push_back({name, value, unit}); }
    /// "<name>_p50", "<name>_p95" and "<name>_worst" of \a milliseconds; nothing for an empty list.
    void addSpread(const QString& name, const std::vector<double>& milliseconds);
    /// Nothing when \a base is not positive: a ratio to nothing says nothing.
    void addRatio(const QString& name, double value, double base);

    [[nodiscard]] const std::vector<Figure>& figures() const { return m_figures; }
    [[nodiscard]] QJsonArray toJson() const;

private:
    std::vector<Figure> m_figures;
};

/// Milliseconds since it was made.
class BenchClock {
public:
    [[nodiscard]] double milliseconds() const
    {
        return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - m_start).count();
    }

private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

/// CPU seconds, user and system, of all children of this process that have ended and were waited for.
[[nodiscard]] double childCpuSeconds();
/// The same of this process itself.
[[nodiscard]] double ownCpuSeconds();
/// The most memory that any one of the ended children had in use at once, MiB.
[[nodiscard]] double childPeakMiB();

} // namespace vidimus::workbench
