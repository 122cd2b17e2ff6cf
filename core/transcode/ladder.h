#pragma once

#include "core/base/result.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <optional>
#include <vector>

namespace vidimus::transcode {

enum class VideoCodec { H264 };
enum class AudioCodec { Aac };
enum class H264Profile { Baseline, Main, High };

[[nodiscard]] QString videoCodecName(VideoCodec codec); ///< "h264"
[[nodiscard]] QString h264ProfileName(H264Profile profile); ///< "high"

/// One rung of a ladder as a person writes it.
struct LadderRendition {
    QString name; ///< folder and manifest name, [a-z0-9_-]{1,24}, unique in the ladder
    int shortSide = 720; ///< pixels of the shorter side (1280x720 or 720x1280), 2..4320, even
    VideoCodec codec = VideoCodec::H264;
    double crf = 23; ///< x264 constant rate factor, 0..51
    int maxRate = 3'000'000; ///< bit/s that no whole segment exceeds, 10,000..200,000,000
    int bufferSize = 3'000'000; ///< VBV buffer, bit
    H264Profile profile = H264Profile::High;
    std::optional<int> level; ///< H.264 level times 10 (31 is 3.1); raised where the picture needs more; none: computed

    friend bool operator==(const LadderRendition&, const LadderRendition&) = default;
};

struct LadderAudio {
    AudioCodec codec = AudioCodec::Aac;
    int bitRate = 128'000; ///< bit/s, 16,000..512,000
    int channels = 2; ///< at most; 1 or 2

    friend bool operator==(const LadderAudio&, const LadderAudio&) = default;
};

/// What a person wants out of a source: rungs, sound and the length of the segments.
struct Ladder {
    QString name;
    double segmentSeconds = 4; ///< 1..10; the plan rounds it to whole frames
    QString preset; ///< x264 preset, "ultrafast".."veryslow"
    std::vector<LadderRendition> renditions; ///< 1..8, largest first
    std::optional<LadderAudio> audio;

    friend bool operator==(const Ladder&, const Ladder&) = default;
};

/// Strict: unknown members, wrong types and values outside the ranges above are refused. Errors: Invalid.
[[nodiscard]] Result<Ladder> ladderFromJson(const QJsonObject& object);
[[nodiscard]] QJsonObject toJson(const Ladder& ladder);

/// Names of the ladders that ship in the resources.
[[nodiscard]] QStringList shippedLadderNames();
/// Errors: NotFound, Invalid.
[[nodiscard]] Result<Ladder> shippedLadder(const QString& name);
/// A shipped name or a path to a JSON file of at most 64 KiB. Errors: NotFound, Invalid, Io, Denied, LimitExceeded.
[[nodiscard]] Result<Ladder> loadLadder(const QString& nameOrPath);

} // namespace vidimus::transcode
