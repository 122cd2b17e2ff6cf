#pragma once

#include "core/transcode/ladder.h"

#include <QList>
#include <span>

namespace vidimus::transcode {

enum class EncoderDevice { Cpu, Nvidia, Vaapi, IntelQuickSync };

/// One encoder as a value; the engine's registry has the code behind it.
struct EncoderInfo {
    QString id; ///< "libx264", as people type it after --encoder
    VideoCodec codec = VideoCodec::H264;
    EncoderDevice device = EncoderDevice::Cpu;
    int preference = 0; ///< higher is tried first by "auto"

    friend bool operator==(const EncoderInfo&, const EncoderInfo&) = default;
};

/// Whether an encoder opened and took one frame here.
struct EncoderState {
    EncoderInfo encoder;
    bool usable = false;
    QString why; ///< the trial's log line where it is not usable
};

/// The choice that was not taken, why, and what was taken instead; told to the person who asked.
struct EncoderFallback {
    QString from;
    QString to;
    QString why;

    friend bool operator==(const EncoderFallback&, const EncoderFallback&) = default;
};

struct EncoderChoice {
    EncoderInfo encoder;
    QList<EncoderFallback> fallbacks;
};

/// "auto" takes the usable encoder of the codec with the highest preference; a named encoder that is not usable falls
/// back to the best usable one with the reason. Pure.
/// Errors: NotFound (a name nobody knows), Invalid (an encoder of another codec), Missing (none usable).
[[nodiscard]] Result<EncoderChoice> chooseEncoder(
    const QString& wanted, VideoCodec codec, std::span<const EncoderState> states);

/// Every encoder this program knows.
[[nodiscard]] std::span<const EncoderInfo> knownEncoders();

} // namespace vidimus::transcode
