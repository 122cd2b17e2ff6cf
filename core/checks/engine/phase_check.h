#pragma once

#include "core/base/long_list.h"
#include "core/checks/engine/sound_windows.h"

#include <memory>
#include <optional>

namespace vidimus::checks::engine {

/// Measures how alike two channels of a pair are: their correlation around each 100 ms (1 alike, 0 unlike, -1
/// opposite), and how much of the whole programme is in their difference. Pairs: left and right, and the surround pair.
class PhaseCheck : public Check {
public:
    [[nodiscard]] static std::unique_ptr<Check> create();
    void startSound(const SoundFormat& format) override;
    void addSound(const SoundBlock& block) override;
    [[nodiscard]] CheckMeasurement finish(const Measurements& programme) override;

private:
    struct Power {
        double left = 0;
        double right = 0;
        double product = 0;
    };
    struct Pair {
        std::size_t left = 0; ///< channels
        std::size_t right = 0;
        const char* series = nullptr;
        Power open; ///< of the open window
        LongList<Power> windows;
    };
    void addPair(media::ChannelRole left, media::ChannelRole right, const char* series, const SoundFormat& format);
    void closeWindow();
    [[nodiscard]] Series correlations(const Pair& pair) const;

    SoundWindows m_windows;
    qint64 m_windowSamples = 1;
    std::vector<Pair> m_pairs;
};

} // namespace vidimus::checks::engine
