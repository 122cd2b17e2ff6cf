#pragma once

#include "core/media/frame_source.h"

#include <map>
#include <set>

namespace vidimus::ui::moderation {

/// Sound that was decoded around the playhead, in blocks of 100 ms of 48 kHz stereo. Says which blocks are wanted next.
/// A value; ui thread.
class SoundBlocks {
public:
    static constexpr qint64 kBlockSamples = media::kPlaybackSampleRate / 10;

    void clear();
    void put(qint64 firstSample, std::vector<float> samples);
    /// First samples of blocks that are neither here nor asked for, from \a sample on in the direction of play; they
    /// count as asked for from now on.
    [[nodiscard]] std::vector<qint64> takeWanted(qint64 sample, int direction);
    void forgetRequests() { m_requested.clear(); }
    [[nodiscard]] bool has(qint64 sample) const;
    /// One channel of a sample pair; 0 where nothing is known.
    [[nodiscard]] float at(qint64 sample, int channel) const;
    /// The loudest sample and the mean power of \a count samples before \a sample, of one channel, in dBFS (-90:
    /// silence).
    struct Level {
        double rmsDbfs = -90;
        double peakDbfs = -90;
    };
    [[nodiscard]] Level level(qint64 sample, qint64 count, int channel) const;

private:
    void forgetFarFrom(qint64 block);

    std::map<qint64, std::vector<float>> m_blocks; ///< by number of the block
    std::set<qint64> m_requested;
};

} // namespace vidimus::ui::moderation
