#include "core/checks/engine/flash_check.h"

#include "core/checks/engine/check_state_p.h"
#include "core/checks/engine/flash_light.h"
#include "core/checks/flash_standard.h"

#include <algorithm>

namespace vidimus::checks::engine {

namespace {

/// Of one step of the luminance plane in the standard's unit: relative luminance is a fraction of the peak.
double unitOf(const FlashStandard& standard)
{
    return standard.transfer == FlashTransfer::Srgb ? standard.peak : 1;
}

TransitionLimits limitsOf(const FlashStandard& standard)
{
    const double unit = unitOf(standard);
    return {
        static_cast<float>(standard.step / unit), static_cast<float>(standard.darkLimit / unit), standard.michelson};
}

bool isMeasuredBy(const FlashStandard& standard, FlashTransfer transfer, bool tenDegrees, TransitionLimits limits)
{
    return standard.transfer == transfer && standard.tenDegrees == tenDegrees && limitsOf(standard) == limits;
}

} // namespace

std::unique_ptr<Check> FlashCheck::create()
{
    return std::make_unique<FlashCheck>();
}

FlashCheck::FlashCheck()
{
    for (const FlashStandard& standard : flashStandards()) {
        const bool known = std::ranges::any_of(m_meters,
            [&](const Meter& meter) { return isMeasuredBy(standard, meter.transfer, meter.tenDegrees, meter.limits); });
        if (known)
            continue;
        const TransitionLimits limits = limitsOf(standard);
        m_meters.push_back({standard.transfer, standard.tenDegrees, limits, LuminanceTransitions(limits),
            FlashCounter(standard.tenDegrees)});
    }
}

void FlashCheck::addFrame(const Picture& picture)
{
    FlashLight& light = picture.flashLight();
    for (Meter& meter : m_meters) {
        meter.transitions.add(light, meter.transfer, m_found);
        meter.counter.addFrame(m_frame, picture.seconds, light.cells(), m_found);
    }
    ++m_frame;
}

void FlashCheck::state(StateArchive& archive)
{
    for (Meter& meter : m_meters)
        archive(meter.transitions, meter.counter);
    archive(m_frame);
}

CheckMeasurement FlashCheck::finish(const Measurements&)
{
    CheckMeasurement measurement;
    for (Meter& meter : m_meters) {
        const FlashTrack track = meter.counter.takeTrack();
        for (const FlashStandard& standard : flashStandards()) {
            if (isMeasuredBy(standard, meter.transfer, meter.tenDegrees, meter.limits))
                track.store(standard.choice, unitOf(standard), measurement);
        }
    }
    return measurement;
}

} // namespace vidimus::checks::engine
