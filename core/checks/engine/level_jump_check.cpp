#include "core/checks/engine/level_jump_check.h"

#include "core/checks/engine/event_list.h"
#include "core/checks/engine/level_jumps.h"
#include "core/checks/engine/sample_math.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr int kWindowsPerSecond = 20;
constexpr double kFloor = -100; // dBFS
constexpr std::array kEdges {400.0, 3000.0}; ///< Hz, between the bands: below, within and above most of speech

} // namespace

std::unique_ptr<Check> LevelJumpCheck::create()
{
    return std::make_unique<LevelJumpCheck>();
}

void LevelJumpCheck::startSound(const SoundFormat& format)
{
    m_format = format;
    m_windows = SoundWindows(format.sampleRate, kWindowsPerSecond);
    for (std::size_t edge = 0; edge < kEdges.size(); ++edge)
        m_poles[edge] = 1 - std::exp(-2 * std::numbers::pi * kEdges[edge] / std::max(1, format.sampleRate));
}

void LevelJumpCheck::closeWindow()
{
    m_levels.push_back(
        static_cast<float>(m_inWindow > 0 ? powerDecibels(m_power / static_cast<double>(m_inWindow), kFloor) : kFloor));
    for (std::size_t band = 0; band < kJumpBands; ++band) {
        const double power = m_inWindow > 0 ? m_bandPower[band] / static_cast<double>(m_inWindow) : 0;
        m_bandLevels[band].push_back(static_cast<float>(powerDecibels(power, kFloor)));
    }
    m_power = 0;
    m_bandPower = {};
    m_inWindow = 0;
}

void LevelJumpCheck::addBands(const SoundBlock& block, std::size_t first, std::size_t count)
{
    // Locals, so that the compiler keeps them in registers.
    auto [low1, low2, high1, high2] = m_filter;
    const auto [low, high] = m_poles;
    std::array<double, kJumpBands> power {};
    for (std::size_t i = first; i < first + count; ++i) {
        double sample = 0;
        for (std::size_t channel = 0; channel < m_format.roles.size(); ++channel)
            sample
                += m_format.roles[channel] == media::ChannelRole::LowFrequency ? 0 : double(block.channels[channel][i]);
        low1 += low * (sample - low1);
        low2 += low * (low1 - low2);
        high1 += high * (sample - high1);
        high2 += high * (high1 - high2);
        power[0] += low2 * low2;
        power[1] += (high2 - low2) * (high2 - low2);
        power[2] += (sample - high2) * (sample - high2);
    }
    constexpr double kNothing = 1e-25; // smaller numbers make processors slow
    m_filter = {low1, low2, high1, high2};
    for (double& state : m_filter)
        state = std::abs(state) < kNothing ? 0 : state;
    for (std::size_t band = 0; band < kJumpBands; ++band)
        m_bandPower[band] += power[band];
}

void LevelJumpCheck::addSound(const SoundBlock& block)
{
    m_windows.feed(
        block,
        [&](std::size_t first, std::size_t count) {
            for (std::size_t channel = 0; channel < m_format.roles.size(); ++channel) {
                if (m_format.roles[channel] == media::ChannelRole::LowFrequency)
                    continue;
                const float* samples = block.channels[channel] + first;
                m_power += sumOf(count, [samples](auto at) { return at(samples) * at(samples); });
            }
            addBands(block, first, count);
            m_inWindow += count;
        },
        [this] { closeWindow(); });
}

CheckMeasurement LevelJumpCheck::finish(const Measurements& programme)
{
    CheckMeasurement measurement;
    if (!m_windows.isUsable()) {
        measurement.cause = u"unsupported_format"_s;
        return measurement;
    }
    EventList drops;
    EventList rises;
    const std::array bands {m_bandLevels[0].dense(), m_bandLevels[1].dense(), m_bandLevels[2].dense()};
    for (const LevelJump& jump : findLevelJumps(m_levels.dense(), {bands[0], bands[1], bands[2]})) {
        const double at = programme.facts.soundStart + static_cast<double>(jump.at) * m_windows.step();
        (jump.decibels < 0 ? drops : rises).add(at, std::abs(jump.decibels));
    }
    drops.store(u"drop"_s, measurement);
    rises.store(u"rise"_s, measurement);
    return measurement;
}

} // namespace vidimus::checks::engine
