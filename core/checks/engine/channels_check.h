#pragma once

#include "core/checks/engine/sound_windows.h"

#include <memory>

namespace vidimus::checks::engine {

/// Measures how long each channel is silent while others sound, how level left and right are, and whether the channel
/// for low frequencies, and only that one, holds low frequencies: in another order of channels it does not.
class ChannelsCheck : public Check {
public:
    [[nodiscard]] static std::unique_ptr<Check> create();
    void startProgramme(const media::engine::PassStart& start) override;
    void startSound(const SoundFormat& format) override;
    void addSound(const SoundBlock& block) override;
    [[nodiscard]] CheckMeasurement finish(const Measurements& programme) override;

private:
    struct Channel {
        float peak = 0; ///< of the open window
        float last = 0; ///< sample
        double power = 0;
        double steps = 0; ///< squared differences from sample to sample
        qint64 silentWindows = 0;
    };
    void closeWindow();
    /// Where most of a channel's sound lies, in Hz; 0 for a silent channel.
    [[nodiscard]] double centreFrequency(const Channel& channel) const;
    void addLayout(Values& scalars) const;

    SoundFormat m_format;
    bool m_layoutKnown = true;
    SoundWindows m_windows;
    std::vector<Channel> m_channels;
    qint64 m_soundingWindows = 0;
    qint64 m_frames = 0;
};

} // namespace vidimus::checks::engine
