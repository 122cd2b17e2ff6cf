#include "core/checks/engine/red_flash_check.h"

#include "core/checks/engine/check_state_p.h"
#include "core/checks/flash_standard.h"

#include <algorithm>

namespace vidimus::checks::engine {

std::unique_ptr<Check> RedFlashCheck::create()
{
    return std::make_unique<RedFlashCheck>();
}

RedFlashCheck::RedFlashCheck()
{
    for (const FlashStandard& standard : flashStandards()) {
        const bool known = std::ranges::any_of(m_meters,
            [&](const Meter& meter) { return meter.rule == standard.red && meter.tenDegrees == standard.tenDegrees; });
        if (!known)
            m_meters.push_back(
                {standard.red, standard.tenDegrees, RedTransitions(standard.red), FlashCounter(standard.tenDegrees)});
    }
}

void RedFlashCheck::addFrame(const Picture& picture)
{
    FlashLight& light = picture.flashLight();
    m_redness.measure(light);
    for (Meter& meter : m_meters) {
        meter.transitions.add(light, m_redness, m_found);
        meter.counter.addFrame(m_frame, picture.seconds, light.cells(), m_found);
    }
    ++m_frame;
}

void RedFlashCheck::state(StateArchive& archive)
{
    for (Meter& meter : m_meters)
        archive(meter.transitions, meter.counter);
    archive(m_frame);
}

CheckMeasurement RedFlashCheck::finish(const Measurements&)
{
    CheckMeasurement measurement;
    for (Meter& meter : m_meters) {
        const FlashTrack track = meter.counter.takeTrack();
        for (const FlashStandard& standard : flashStandards()) {
            if (meter.rule == standard.red && meter.tenDegrees == standard.tenDegrees)
                track.store(standard.choice, 1, measurement);
        }
    }
    return measurement;
}

} // namespace vidimus::checks::engine
