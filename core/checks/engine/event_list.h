#pragma once

#include "core/checks/measurements.h"

#include <algorithm>

namespace vidimus::checks::engine {

/// Gathers events for an EventRule: where each happened and how large it was.
class EventList {
public:
    static constexpr std::size_t kMost = 10'000;

    void add(double seconds, double size)
    {
        if (m_at.codes.size() >= kMost)
            return;
        m_at.codes.push_back(codeOf(seconds));
        m_size.codes.push_back(codeOf(size));
    }
    /// As series \a name + "_at" and \a name + "_size".
    void store(const QString& name, CheckMeasurement& measurement) const
    {
        using namespace Qt::StringLiterals;
        measurement.series[name + u"_at"_s] = m_at;
        measurement.series[name + u"_size"_s] = m_size;
    }

private:
    static constexpr double kScale = 0.001;
    static qint32 codeOf(double value)
    {
        constexpr double kMost32 = 2e9; // inside 32 bits
        return static_cast<qint32>(std::clamp(value / kScale + (value < 0 ? -0.5 : 0.5), -kMost32, kMost32));
    }

    Series m_at {1, kScale, {}};
    Series m_size {1, kScale, {}};
};

} // namespace vidimus::checks::engine
