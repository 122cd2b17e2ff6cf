#include "core/transcode/encoder_info.h"

#include <array>

namespace vidimus::transcode {

using namespace Qt::StringLiterals;

std::span<const EncoderInfo> knownEncoders()
{
    static const std::array encoders {
        EncoderInfo {.id = u"libx264"_s, .codec = VideoCodec::H264, .device = EncoderDevice::Cpu, .preference = 10},
    };
    return encoders;
}

Result<EncoderChoice> chooseEncoder(const QString& wanted, VideoCodec codec, std::span<const EncoderState> states)
{
    const EncoderState* best = nullptr;
    const EncoderState* named = nullptr;
    for (const EncoderState& state : states) {
        if (state.encoder.id == wanted)
            named = &state;
        if (state.encoder.codec == codec && state.usable
            && (best == nullptr || state.encoder.preference > best->encoder.preference))
            best = &state;
    }
    const bool automatic = wanted == "auto"_L1;
    if (!automatic && named == nullptr)
        return Error {ErrorCode::NotFound, u"There is no encoder \"%1\"."_s.arg(wanted), "encoder_unknown"};
    if (!automatic && named->encoder.codec != codec)
        return Error {
            ErrorCode::Invalid, u"%1 does not make %2."_s.arg(wanted, videoCodecName(codec)), "encoder_of_other_codec"};
    if (!automatic && named->usable)
        return EncoderChoice {.encoder = named->encoder, .fallbacks = {}};
    if (best == nullptr)
        return Error {ErrorCode::Missing, u"No encoder for %1 works here."_s.arg(videoCodecName(codec)), "no_encoder"};
    EncoderChoice choice {.encoder = best->encoder, .fallbacks = {}};
    if (!automatic)
        choice.fallbacks.append({.from = wanted, .to = best->encoder.id, .why = named->why});
    return choice;
}

} // namespace vidimus::transcode
