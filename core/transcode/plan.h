#pragma once

#include "core/transcode/ladder.h"
#include "core/transcode/output_key.h"
#include "core/transcode/segment_grid.h"
#include "core/transcode/source_facts.h"

#include <QList>

namespace vidimus::transcode {

/// One rung as it will be made.
struct PlannedRendition {
    QString name;
    int width = 0; ///< even, square pixels, upright
    int height = 0;
    VideoCodec codec = VideoCodec::H264;
    double crf = 23;
    int maxRate = 0; ///< bit/s, scaled down with the picture where the rung was matched to a smaller source
    int bufferSize = 0; ///< bit
    H264Profile profile = H264Profile::High;
    int level = 31; ///< times 10

    friend bool operator==(const PlannedRendition&, const PlannedRendition&) = default;
};

struct PlannedSound {
    int sampleRate = 48'000; ///< 44,100 or 48,000
    int channels = 2;
    int bitRate = 128'000;

    friend bool operator==(const PlannedSound&, const PlannedSound&) = default;
};

/// Everything about a transcode that is decided before the first frame: geometry, boundaries, names.
struct Plan {
    QString ladder;
    QString preset;
    std::vector<PlannedRendition> renditions; ///< largest first; empty without picture
    std::optional<PlannedSound> sound;
    SegmentGrid grid; ///< shared by all rungs and the sound
    int segmentCount = 0; ///< expected from the claimed duration; the frames decide
    int rotation = 0; ///< clockwise degrees applied
    bool mirrored = false; ///< left to right, before turning
    bool deinterlace = false;
    bool toneMap = false; ///< PQ or HLG to SDR BT.709
    Rational frameRate {0, 1}; ///< for EXT-X FRAME-RATE and rate control; zero without picture
    bool constantRate = false; ///< times are put on the exact grid of the rate where they are within a millisecond

    friend bool operator==(const Plan&, const Plan&) = default;
};

/// Segments a plan or a running engine may have: a day at four seconds.
inline constexpr int kMaxSegments = 21'600;

/// Pure. Rungs above the source are dropped; the lowest of them is matched to the source where the next rung below is
/// less than 1/1.2 of it, or where no rung would be left.
/// Errors: Invalid (no picture and no sound, impossible sizes or rates), LimitExceeded (more than kMaxSegments).
[[nodiscard]] Result<Plan> makePlan(const SourceFacts& source, const Ladder& ladder);

/// The name of an output below the folder of the transcode ("video/720p/seg_00001.m4s", numbered from 1). Pure.
[[nodiscard]] QString outputPath(const Plan& plan, const OutputKey& key);
/// Whether \a key names an output that \a plan can have; the parent asks before it opens a file for a worker.
[[nodiscard]] bool isOutputOf(const Plan& plan, const OutputKey& key);
/// Every output expected from the claimed duration, the master playlist last.
[[nodiscard]] QList<OutputKey> expectedOutputs(const Plan& plan);
/// The folders that the outputs stand in, relative, parents first.
[[nodiscard]] QStringList outputFolders(const Plan& plan);

} // namespace vidimus::transcode
