#pragma once

#include "core/checks/engine/check.h"
#include "core/checks/engine/k_weighting.h"

namespace vidimus::checks::engine {

/// Weighs sound as ITU-R BS.1770-5 says: K weighting, surround channels by 1.41, the effects channel not at all.
class LoudnessMeter {
public:
    LoudnessMeter() = default;
    explicit LoudnessMeter(const SoundFormat& format);

    /// The weighted energy (sum of squares over all channels) of \a count samples of each channel from \a first on.
    [[nodiscard]] double energyOf(const SoundBlock& block, std::size_t first, std::size_t count);

private:
    struct Channel {
        std::size_t number = 0;
        double weight = 1;
        KWeighting filter;
    };
    std::vector<Channel> m_channels;
};

} // namespace vidimus::checks::engine
