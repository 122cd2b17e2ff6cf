#include "core/checks/engine/loudness_check.h"

#include <algorithm>
#include <cmath>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr int kChunkMilliseconds = 100;
constexpr std::size_t kMomentaryChunks = 4; // EBU Tech 3341: 400 ms
constexpr std::size_t kShortTermChunks = 30; // EBU Tech 3341: 3 s
constexpr double kLowest = -70; // LUFS; the absolute gate
constexpr double kTrackScale = 0.1; // LU

double loudnessOf(double power)
{
    return power > 0 ? std::max(kLowest, -0.691 + 10 * std::log10(power)) : kLowest;
}

} // namespace

std::unique_ptr<Check> LoudnessCheck::create()
{
    return std::make_unique<LoudnessCheck>();
}

void LoudnessCheck::startSound(const SoundFormat& format)
{
    m_meter = LoudnessMeter::create(format, LoudnessMeter::Mode::Loudness);
    const int chunk = (format.sampleRate + 5) / 10; // as the meter rounds its own 100 ms
    m_chunks = SoundChunks(format.roles.size(), static_cast<std::size_t>(std::max(chunk, 1)));
    m_step = format.sampleRate > 0 ? static_cast<double>(chunk) / format.sampleRate : 0;
}

void LoudnessCheck::addSound(const SoundBlock& block)
{
    if (!m_meter)
        return;
    m_chunks.feed(
        block.samples, [this](std::span<const float> piece) { m_meter->add(piece); },
        [this] { m_powers.push_back(m_meter->power(kChunkMilliseconds)); });
}

double LoudnessCheck::highest(std::size_t chunks) const
{
    double best = 0;
    double sum = 0;
    for (std::size_t i = 0; i < m_powers.size(); ++i) {
        // Summed afresh: a running sum would keep the rounding of loud passages in quiet ones.
        sum = 0;
        for (std::size_t k = i >= chunks ? i - chunks + 1 : 0; k <= i; ++k)
            sum += m_powers[k];
        if (i + 1 >= chunks)
            best = std::max(best, sum / static_cast<double>(chunks));
    }
    return best;
}

CheckMeasurement LoudnessCheck::finish(const Measurements&)
{
    CheckMeasurement measurement;
    if (!m_meter || m_powers.size() < kMomentaryChunks) {
        measurement.cause = m_meter ? u"too_short"_s : u"unsupported_format"_s;
        return measurement;
    }
    measurement.scalars = {{u"integrated_lufs"_s, m_meter->integrated()}, {u"range_lu"_s, m_meter->range()},
        {u"max_momentary_lufs"_s, loudnessOf(highest(kMomentaryChunks))}};
    if (m_powers.size() >= kShortTermChunks)
        measurement.scalars[u"max_short_term_lufs"_s] = loudnessOf(highest(kShortTermChunks));
    Series track {m_step, kTrackScale, {}};
    for (const double power : m_powers)
        track.codes.push_back(static_cast<qint32>(std::lround(loudnessOf(power) / kTrackScale)));
    measurement.series[u"loudness"_s] = std::move(track);
    return measurement;
}

} // namespace vidimus::checks::engine
