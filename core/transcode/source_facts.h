#pragma once

#include "core/base/rational.h"
#include "core/base/result.h"
#include "core/media/facts.h"

#include <QJsonObject>
#include <optional>

namespace vidimus::transcode {

/// What the plan needs to know of the picture.
struct SourcePicture {
    int width = 0; ///< coded, before rotation and pixel shape
    int height = 0;
    Rational pixelAspect {1, 1};
    int rotation = 0; ///< clockwise degrees to turn the picture for display: 0, 90, 180 or 270
    bool mirrored = false; ///< left to right, before it is turned
    Rational frameRate {25, 1}; ///< of the shown frames
    bool variableRate = false;
    bool interlaced = false;
    bool highDynamicRange = false; ///< PQ or HLG transfer

    friend bool operator==(const SourcePicture&, const SourcePicture&) = default;
};

struct SourceSound {
    int sampleRate = 48'000;
    int channels = 2;

    friend bool operator==(const SourceSound&, const SourceSound&) = default;
};

/// The facts of a source on which a plan depends, and nothing else.
struct SourceFacts {
    double durationSeconds = 0; ///< as the container claims; the engine follows the frames where they disagree
    std::optional<SourcePicture> picture;
    std::optional<SourceSound> sound;

    friend bool operator==(const SourceFacts&, const SourceFacts&) = default;
};

/// What a plan depends on, of the programme's picture and sound. A still image or cover art is no picture. Pure.
[[nodiscard]] SourceFacts sourceFactsOf(const media::MediaFacts& facts);

} // namespace vidimus::transcode
