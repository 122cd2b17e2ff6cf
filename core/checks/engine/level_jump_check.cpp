#include "core/checks/engine/level_jump_check.h"

#include "core/checks/engine/event_list.h"
#include "core/checks/engine/level_jumps.h"
#include "core/checks/engine/sample_math.h"

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr int kWindowsPerSecond = 20;
constexpr double kFloor = -100; // dBFS

} // namespace

std::unique_ptr<Check> LevelJumpCheck::create()
{
    return std::make_unique<LevelJumpCheck>();
}

void LevelJumpCheck::startSound(const SoundFormat& format)
{
    m_format = format;
    m_windows = SoundWindows(format.sampleRate, kWindowsPerSecond);
}

void LevelJumpCheck::closeWindow()
{
    m_levels.push_back(
        static_cast<float>(m_inWindow > 0 ? powerDecibels(m_power / static_cast<double>(m_inWindow), kFloor) : kFloor));
    m_power = 0;
    m_inWindow = 0;
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
                m_power += sumOf(count, [samples](std::size_t i) { return samples[i] * samples[i]; });
            }
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
    for (const LevelJump& jump : findLevelJumps(m_levels)) {
        const double at = programme.facts.soundStart + static_cast<double>(jump.at) * m_windows.step();
        (jump.decibels < 0 ? drops : rises).add(at, std::abs(jump.decibels));
    }
    drops.store(u"drop"_s, measurement);
    rises.store(u"rise"_s, measurement);
    return measurement;
}

} // namespace vidimus::checks::engine
