#pragma once

#include "core/media/engine/input.h"
#include "core/transcode/engine/av_owners_p.h"

namespace vidimus::transcode::engine {

/// The container that a corrected file gets: that of the source where libavformat writes it, else Matroska.
[[nodiscard]] QByteArray containerFor(const media::engine::Input& input);

/// An encoder for the corrected picture, as near to the source's kind as there is one: H.264, HEVC, VP9 and ProRes keep
/// their codec, all others become H.264. The quality is chosen so that nobody sees a difference. \a width and \a height
/// after a crop. Errors: Unsupported "pixel_format", Missing "no_encoder", Internal.
[[nodiscard]] Result<AvCodecContextPtr> openPictureEncoder(
    const AVStream& source, int width, int height, bool globalHeader);

/// An encoder for the corrected sound: the source's own codec where libavcodec writes it, else AAC (FLAC for a lossless
/// source), at its rate and layout and at least its bit rate. Errors: as above.
[[nodiscard]] Result<AvCodecContextPtr> openSoundEncoder(
    const AVStream& source, int sampleRate, const AVChannelLayout& layout, bool globalHeader);

} // namespace vidimus::transcode::engine
