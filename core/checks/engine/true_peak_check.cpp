#include "core/checks/engine/true_peak_check.h"

#include "core/checks/measured_levels.h"

#include <algorithm>
#include <cmath>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr int kWindowsPerSecond = 20;
constexpr double kScale = 0.01; // dB

double decibels(float peak)
{
    return peak > 0 ? std::max(20 * std::log10(static_cast<double>(peak)), kPeakFloor) : kPeakFloor;
}

} // namespace

std::unique_ptr<Check> TruePeakCheck::create()
{
    return std::make_unique<TruePeakCheck>();
}

void TruePeakCheck::startSound(const SoundFormat& format)
{
    m_meter = TruePeakMeter(format);
    m_windows = SoundWindows(format.sampleRate, kWindowsPerSecond);
    m_peaks.scale = kScale;
    m_peaks.step = m_windows.step();
}

void TruePeakCheck::closeWindow()
{
    m_peaks.codes.push_back(static_cast<qint32>(std::lround(decibels(m_windowPeak) / kScale)));
    m_windowPeak = 0;
}

void TruePeakCheck::addSound(const SoundBlock& block)
{
    m_windows.feed(
        block,
        [&](std::size_t first, std::size_t count) {
            m_windowPeak = std::max(m_windowPeak, m_meter.add(block, first, count));
        },
        [this] { closeWindow(); });
}

CheckMeasurement TruePeakCheck::finish(const Measurements&)
{
    CheckMeasurement measurement;
    if (!m_windows.isUsable()) {
        measurement.cause = u"unsupported_format"_s;
        return measurement;
    }
    if (m_windows.hasRest())
        closeWindow();
    measurement.scalars[u"true_peak_dbtp"_s] = decibels(m_meter.highest());
    measurement.series[u"true_peak"_s] = std::move(m_peaks);
    return measurement;
}

} // namespace vidimus::checks::engine
