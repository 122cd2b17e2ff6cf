#pragma once

#include <QtGlobal>
#include <vector>

namespace vidimus::media {

/// Something wrong with the times of one stream. Times are seconds from the start of the media.
struct TimeEvent {
    enum class Kind {
        Gap, ///< the next packet of sound starts after the last one's end
        Overlap, ///< it starts before that
        Backwards, ///< a decoding time that does not grow
    };
    Kind kind = Kind::Gap;
    int stream = 0; ///< libav's number
    double at = 0; ///< where the stream stood
    double seconds = 0; ///< how much is missing, doubled or gone back; never negative

    friend bool operator==(const TimeEvent&, const TimeEvent&) = default;
};

/// One text or picture that is shown over the programme.
struct CaptionCue {
    double start = 0; ///< seconds from the start of the media
    double end = 0; ///< of a cue without a length: the next one's start
    int characters = 0; ///< of text, without markup; 0 for pictures

    friend bool operator==(const CaptionCue&, const CaptionCue&) = default;
};

struct CaptionTrack {
    int stream = 0; ///< libav's number
    bool isText = false;
    std::vector<CaptionCue> cues; ///< by start

    friend bool operator==(const CaptionTrack&, const CaptionTrack&) = default;
};

/// How an ISO base media file is laid out (ISO/IEC 14496-12). All false or 0 for other containers.
struct BoxFacts {
    bool isBoxFile = false;
    bool indexLast = false; ///< the movie box follows media data: no fast start
    bool fragmented = false; ///< movie fragments
    bool lastBoxCut = false; ///< the last box is longer than the file
    int edits = 0; ///< entries of edit lists that do more than start a track late or skip its encoder's priming

    friend bool operator==(const BoxFacts&, const BoxFacts&) = default;
};

/// What a file says of itself beside its streams, and what its packets say together, without decoding. A value.
struct ContainerFacts {
    double declaredSeconds
        = 0; ///< of picture and sound, as the header says; 0: it does not, or it guessed from the bit rate
    bool truncated = false; ///< reading ended with an error before the end, or the demuxer missed data
    BoxFacts boxes;
    int pictureProfile = -1; ///< as the codec's standard numbers them; below 0: unknown
    int pictureLevel = -1;
    double peakBitRate = 0; ///< of the programme's picture, bits in its busiest second
    double interleaveSeconds = 0; ///< how far picture and sound of one moment are apart in the file
    qint64 missingTimes = 0; ///< packets of picture and sound without a presentation time
    qint64 duplicateTimes = 0; ///< pictures with the time of another one
    qint64 beforeFirstKey = 0; ///< pictures that cannot be decoded because nothing before them is a key frame
    std::vector<TimeEvent> events; ///< of the programme's picture and sound, in file order, the first 10,000
    std::vector<CaptionTrack> captions;

    friend bool operator==(const ContainerFacts&, const ContainerFacts&) = default;
};

} // namespace vidimus::media
