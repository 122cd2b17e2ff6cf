#pragma once

#include "core/transcode/ladder.h"
#include "core/transcode/output_key.h"
#include "core/transcode/source_facts.h"

#include <vector>

namespace vidimus::transcode {

inline constexpr qsizetype kMostPosterSpans = 1000;

/// A stretch of the programme in seconds, half-open.
struct TimeSpan {
    double start = 0;
    double end = 0;
    friend bool operator==(const TimeSpan&, const TimeSpan&) = default;
};

/// What the parent asks of the worker. Both sides make the plan from it, by the same pure function.
struct TranscodeRequest {
    Ladder ladder;
    SourceFacts source;
    QString encoder = QStringLiteral("auto");
    std::vector<TimeSpan> posterSpans; ///< seconds from which a poster is best taken, where somebody is seen
    QList<FinishedOutput> finished; ///< outputs of an earlier run that were verified and are not made again

    friend bool operator==(const TranscodeRequest&, const TranscodeRequest&) = default;
};

[[nodiscard]] QJsonObject toJson(const TranscodeRequest& request);
/// Errors: Invalid.
[[nodiscard]] Result<TranscodeRequest> transcodeRequestFromJson(const QJsonObject& object);
[[nodiscard]] QJsonObject toJson(const SourceFacts& facts);
/// Errors: Invalid.
[[nodiscard]] Result<SourceFacts> sourceFactsFromJson(const QJsonObject& object);

} // namespace vidimus::transcode
