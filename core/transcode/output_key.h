#pragma once

#include "core/base/result.h"

#include <QJsonObject>
#include <QString>
#include <compare>

namespace vidimus::transcode {

enum class OutputKind {
    VideoInit,
    VideoSegment,
    VideoPlaylist,
    AudioInit,
    AudioSegment,
    AudioPlaylist,
    Poster,
    MasterPlaylist, ///< written last: it exists only when everything else does
};

/// Names one file of a transcode without a path: what crosses between worker and parent.
struct OutputKey {
    OutputKind kind = OutputKind::MasterPlaylist;
    int rendition = 0; ///< index into Plan::renditions; 0 where the kind has none
    int segment = 0; ///< 0-based place on the grid; 0 where the kind has none

    friend auto operator<=>(const OutputKey&, const OutputKey&) = default;
};

/// One finished file with what a later run needs to know about it.
struct FinishedOutput {
    OutputKey key;
    qint64 bytes = 0;
    QByteArray sha256; ///< 64 hex digits
    qint64 startTicks = 0; ///< begin on the grid, in the track's timescale
    qint64 durationTicks = 0; ///< sum of the sample durations, in the track's timescale
    int samples = 0; ///< frames of picture or of AAC
    int measuredFrames = 0; ///< frames that went into the two sums below; 0 where quality was not sampled
    double ssimSum = 0; ///< luma SSIM, summed over measuredFrames
    double squaredErrorSum = 0; ///< mean squared luma error per pixel, summed over measuredFrames

    friend bool operator==(const FinishedOutput&, const FinishedOutput&) = default;
};

[[nodiscard]] QString outputKindName(OutputKind kind);
[[nodiscard]] QJsonObject toJson(const OutputKey& key);
/// Errors: Invalid.
[[nodiscard]] Result<OutputKey> outputKeyFromJson(const QJsonObject& object);
[[nodiscard]] QJsonObject toJson(const FinishedOutput& output);
/// Errors: Invalid.
[[nodiscard]] Result<FinishedOutput> finishedOutputFromJson(const QJsonObject& object);

} // namespace vidimus::transcode
