#include "core/checks/engine/loudness_meter.h"

#include <algorithm>
#include <cmath>
#include <ebur128.h>

namespace vidimus::checks::engine {

namespace {

constexpr double kAbsoluteGate = -70; // LUFS, ITU-R BS.1770-5
constexpr double kPowerOffset = -0.691; // dB, ITU-R BS.1770-5

struct MeterDeleter {
    void operator()(ebur128_state* state) const { ebur128_destroy(&state); }
};

// ITU-R BS.1770-5, table 4: 1.41 from 60° to 120° to the side, 1 elsewhere. The back pair of a layout without side
// channels (5.1) stands at 110°.
int channelOf(media::ChannelRole role, bool hasSides)
{
    using enum media::ChannelRole;
    switch (role) {
    case FrontLeft:
        return EBUR128_LEFT;
    case FrontRight:
        return EBUR128_RIGHT;
    case FrontCenter:
        return EBUR128_CENTER;
    case LowFrequency:
        return EBUR128_UNUSED;
    case SideLeft:
        return EBUR128_Mp090;
    case SideRight:
        return EBUR128_Mm090;
    case BackLeft:
        return hasSides ? EBUR128_Mp135 : EBUR128_LEFT_SURROUND;
    case BackRight:
        return hasSides ? EBUR128_Mm135 : EBUR128_RIGHT_SURROUND;
    case BackCenter:
    case FrontLeftOfCenter:
    case FrontRightOfCenter:
    case Other:
        return EBUR128_Mp180;
    }
    Q_UNREACHABLE();
}

} // namespace

struct LoudnessMeter::State {
    std::unique_ptr<ebur128_state, MeterDeleter> meter;
    std::size_t channels = 0;
};

LoudnessMeter::LoudnessMeter(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}

LoudnessMeter::~LoudnessMeter() = default;

std::unique_ptr<LoudnessMeter> LoudnessMeter::create(const SoundFormat& format, Mode mode)
{
    if (format.roles.empty() || format.sampleRate <= 0)
        return nullptr;
    const int flags = mode == Mode::TruePeak ? int(EBUR128_MODE_TRUE_PEAK) : EBUR128_MODE_I | EBUR128_MODE_LRA;
    auto state = std::make_unique<State>();
    state->channels = format.roles.size();
    state->meter.reset(
        ebur128_init(static_cast<unsigned>(state->channels), static_cast<unsigned long>(format.sampleRate), flags));
    if (!state->meter)
        return nullptr;
    const bool hasSides = std::ranges::find(format.roles, media::ChannelRole::SideLeft) != format.roles.end();
    for (std::size_t channel = 0; channel < state->channels; ++channel)
        ebur128_set_channel(
            state->meter.get(), static_cast<unsigned>(channel), channelOf(format.roles[channel], hasSides));
    return std::unique_ptr<LoudnessMeter>(new LoudnessMeter(std::move(state)));
}

void LoudnessMeter::add(std::span<const float> interleaved)
{
    ebur128_add_frames_float(m_state->meter.get(), interleaved.data(), interleaved.size() / m_state->channels);
}

double LoudnessMeter::integrated() const
{
    double value = kAbsoluteGate;
    if (ebur128_loudness_global(m_state->meter.get(), &value) != EBUR128_SUCCESS || !std::isfinite(value))
        return kAbsoluteGate;
    return std::max(value, kAbsoluteGate);
}

double LoudnessMeter::range() const
{
    double value = 0;
    if (ebur128_loudness_range(m_state->meter.get(), &value) != EBUR128_SUCCESS || !std::isfinite(value))
        return 0;
    return value;
}

double LoudnessMeter::power(int milliseconds) const
{
    double value = 0;
    if (ebur128_loudness_window(m_state->meter.get(), static_cast<unsigned long>(milliseconds), &value)
            != EBUR128_SUCCESS
        || !std::isfinite(value))
        return 0;
    return std::pow(10.0, (value - kPowerOffset) / 10.0);
}

double LoudnessMeter::truePeak() const
{
    double highest = 0;
    for (std::size_t channel = 0; channel < m_state->channels; ++channel) {
        double value = 0;
        if (ebur128_true_peak(m_state->meter.get(), static_cast<unsigned>(channel), &value) == EBUR128_SUCCESS)
            highest = std::max(highest, value);
    }
    return highest;
}

double LoudnessMeter::lastTruePeak() const
{
    double highest = 0;
    for (std::size_t channel = 0; channel < m_state->channels; ++channel) {
        double value = 0;
        if (ebur128_prev_true_peak(m_state->meter.get(), static_cast<unsigned>(channel), &value) == EBUR128_SUCCESS)
            highest = std::max(highest, value);
    }
    return highest;
}

} // namespace vidimus::checks::engine
