#pragma once

#include "core/transcode/engine/av_owners_p.h"
#include "core/transcode/plan.h"

#include <QByteArray>
#include <vector>

namespace vidimus::transcode::engine {

inline constexpr int kAacFrameSamples = 1'024;

/// AAC-LC through libavcodec's own encoder. Blocks of 1,024 samples in, one AAC frame out each, after one frame of
/// delay. One thread.
class AacEncoder {
public:
    /// Errors: Missing, Internal.
    [[nodiscard]] static Result<AacEncoder> create(const PlannedSound& sound);

    [[nodiscard]] QByteArray audioSpecificConfig() const;
    /// \a channels point to kAacFrameSamples floats each; empty for the end. Appends the frames that are ready.
    [[nodiscard]] Result<void> encode(const std::vector<const float*>& channels, std::vector<QByteArray>& out);

private:
    AacEncoder(AvCodecContextPtr context, AvPacketPtr packet);

    AvCodecContextPtr m_context;
    AvPacketPtr m_packet;
    std::int64_t m_samples = 0;
};

} // namespace vidimus::transcode::engine
