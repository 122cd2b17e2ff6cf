#include "core/checks/engine/true_peak_check.h"

#include "core/checks/measured_levels.h"

#include <algorithm>
#include <cmath>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr int kChunksPerSecond = 20;
constexpr double kScale = 0.01; // dB

double decibels(double peak)
{
    return peak > 0 ? std::max(20 * std::log10(peak), kPeakFloor) : kPeakFloor;
}

} // namespace

std::unique_ptr<Check> TruePeakCheck::create()
{
    return std::make_unique<TruePeakCheck>();
}

void TruePeakCheck::startSound(const SoundFormat& format)
{
    m_meter = LoudnessMeter::create(format, LoudnessMeter::Mode::TruePeak);
    const int chunk = std::max(1, format.sampleRate / kChunksPerSecond);
    m_chunks = SoundChunks(format.roles.size(), static_cast<std::size_t>(chunk));
    m_peaks.scale = kScale;
    m_peaks.step = format.sampleRate > 0 ? static_cast<double>(chunk) / format.sampleRate : 1;
}

void TruePeakCheck::closeChunk()
{
    m_peaks.codes.push_back(static_cast<qint32>(std::lround(decibels(m_chunkPeak) / kScale)));
    m_chunkPeak = 0;
}

void TruePeakCheck::addSound(const SoundBlock& block)
{
    if (!m_meter)
        return;
    m_chunks.feed(
        block.samples,
        [this](std::span<const float> piece) {
            m_meter->add(piece);
            m_chunkPeak = std::max(m_chunkPeak, m_meter->lastTruePeak());
        },
        [this] { closeChunk(); });
}

CheckMeasurement TruePeakCheck::finish(const Measurements&)
{
    CheckMeasurement measurement;
    if (!m_meter) {
        measurement.cause = u"unsupported_format"_s;
        return measurement;
    }
    if (m_chunks.pending() > 0)
        closeChunk();
    measurement.scalars[u"true_peak_dbtp"_s] = decibels(m_meter->truePeak());
    measurement.series[u"true_peak"_s] = std::move(m_peaks);
    return measurement;
}

} // namespace vidimus::checks::engine
