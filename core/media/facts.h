#pragma once

#include "core/base/rational.h"
#include "core/base/result.h"
#include "core/media/color.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <optional>
#include <vector>

namespace vidimus::media {

enum class FieldOrder : std::uint8_t {
    Unknown,
    Progressive,
    TopFirst,
    BottomFirst,
};

/// Whether the shown frames have one duration; measured from packet times, not from a header.
enum class RateKind : std::uint8_t {
    Unknown,
    Constant,
    Variable,
};

/// How a decoded picture is turned to be shown: first mirrored left to right if \a mirrored, then turned clockwise.
struct Orientation {
    int clockwiseDegrees = 0; ///< 0, 90, 180 or 270
    bool mirrored = false;

    [[nodiscard]] bool swapsSides() const { return clockwiseDegrees == 90 || clockwiseDegrees == 270; }
    friend bool operator==(const Orientation&, const Orientation&) = default;
};

/// SMPTE ST 2086 and CTA-861.3 values, in cd/m².
struct HdrValues {
    std::optional<double> minLuminance;
    std::optional<double> maxLuminance;
    std::optional<int> maxContentLight; ///< MaxCLL
    std::optional<int> maxFrameAverageLight; ///< MaxFALL

    friend bool operator==(const HdrValues&, const HdrValues&) = default;
};

/// What every stream has. Times are seconds on the file's own clock.
struct StreamFacts {
    int index = 0; ///< position in the file, counted over all streams
    QString codec; ///< "h264", "aac"; empty when unknown
    QString profile;
    QString language; ///< ISO 639, as the file says; empty when absent or "und"
    QString title;
    bool isDefault = false;
    double startSeconds = 0;
    double durationSeconds = 0; ///< 0: unknown
    qint64 bitRate = 0; ///< bits per second; 0: unknown
};

struct VideoStream : StreamFacts {
    int width = 0; ///< coded size that is shown, before orientation and sample aspect
    int height = 0;
    int displayWidth = 0; ///< after orientation and sample aspect, even numbers are not enforced
    int displayHeight = 0;
    Orientation orientation;
    Rational sampleAspect {1, 1};
    Rational displayAspect {0, 1}; ///< of the shown picture; 0 when unknown
    QString pixelFormat; ///< libav's name, "yuv420p10le"
    int bitDepth = 8; ///< of luma
    FieldOrder fieldOrder = FieldOrder::Unknown;
    Rational averageRate {0, 1}; ///< frames per second, frames over duration; 0 when unknown
    Rational realRate {0, 1}; ///< lowest rate that can express all times, as the container says; 0 when unknown
    RateKind rateKind = RateKind::Unknown;
    qint64 frameCount = 0; ///< measured from packets: frames that are shown
    ColorTags color;
    HdrKind hdr = HdrKind::Sdr;
    HdrValues hdrValues;
    bool coverArt = false; ///< an attached picture, never the programme
};

struct AudioStream : StreamFacts {
    int channels = 0;
    QString layout; ///< "stereo", "5.1"; empty when unknown
    int sampleRate = 0; ///< Hz
};

struct SubtitleStream : StreamFacts {
    bool forced = false;
    bool hearingImpaired = false;
};

struct OtherStream : StreamFacts {
    QString kind; ///< "data", "attachment", "unknown"
};

/// Something about the file that a person should know. Codes are stable ("variable_frame_rate", "no_color_tags").
struct MediaProblem {
    QByteArray code;
    QString detail;

    friend bool operator==(const MediaProblem&, const MediaProblem&) = default;
};

/// What a probe found out. A value; any thread.
struct MediaFacts {
    QString container; ///< "mp4", "matroska": short and stable, libav's demuxer name up to the first comma
    QString containerName; ///< "QuickTime / MOV"
    double durationSeconds = 0; ///< 0: unknown
    double startSeconds = 0; ///< earliest start of picture and sound; media times elsewhere count from here
    qint64 bitRate = 0;
    qint64 bytes = 0;
    std::vector<VideoStream> video;
    std::vector<AudioStream> audio;
    std::vector<SubtitleStream> subtitles;
    std::vector<OtherStream> others;
    int bestVideo = -1; ///< position in \a video of the programme's picture; -1: none
    int bestAudio = -1; ///< position in \a audio
    std::vector<MediaProblem> problems;

    [[nodiscard]] const VideoStream* programmeVideo() const
    {
        return bestVideo < 0 ? nullptr : &video[static_cast<std::size_t>(bestVideo)];
    }
    [[nodiscard]] const AudioStream* programmeAudio() const
    {
        return bestAudio < 0 ? nullptr : &audio[static_cast<std::size_t>(bestAudio)];
    }
};

/// `container`, `duration`, `streams[]`, `problems[]` of the command line's `probe`, and the rest beside them.
[[nodiscard]] QJsonObject toJson(const MediaFacts& facts);
/// Strict: what comes from a worker is untrusted. Errors: Invalid with the place.
[[nodiscard]] Result<MediaFacts> factsFromJson(const QJsonObject& object);

} // namespace vidimus::media
