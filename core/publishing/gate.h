#pragma once

#include "core/base/instant.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <optional>
#include <vector>

namespace vidimus::publishing {

/// Whether a gate lets the title through. Blocks stops it; Warns lets it pass with a reason on record.
enum class GateState { Passed, Warns, Blocks, NotEvaluated };

/// One gate with its answer. \a why is a stable code ("moderation_missing"), \a fix the code of the action that would
/// open it ("review", "transcode", "edit_rights", "check_again"); both become sentences in the window. \a detail holds
/// values for the sentence: names, numbers, codes of countries.
struct Gate {
    QByteArray id;
    GateState state = GateState::NotEvaluated;
    QByteArray why;
    QByteArray fix;
    QString detail;

    friend bool operator==(const Gate&, const Gate&) = default;
};

/// What the gates look at, given by value by the studio (from its workspace) and by the server (from its database): the
/// same facts give the same gates on both sides.
struct PublishingFacts {
    QString titleName;
    QByteArray assetSha256; ///< of the version to be published; empty: the title has none
    QByteArray decidedSha256; ///< of the version the standing decision was made on; empty: no decision
    QByteArray verdict; ///< "pass", "reject", … of the standing decision
    QByteArray renditionsOfSha256; ///< of the version the renditions were made from; empty: none
    int renditionCount = 0;
    bool hasPoster = false;
    QByteArray checkVerdict; ///< "pass", "warn", "fail", "not_evaluated"; empty: never checked
    int failedChecks = 0;
    int windowCount = 0; ///< grants that could ever apply
    bool availableSomewhere = false; ///< in at least one cell at the instant asked
    QStringList countriesNow; ///< where it would be available at that instant, sorted
    std::optional<Instant> nextStart; ///< the first instant after it at which a window opens
    int rightsConflicts = 0;
};

/// All gates, in their fixed order. Pure; any thread.
[[nodiscard]] std::vector<Gate> evaluateGates(const PublishingFacts& facts);
/// True when no gate blocks.
[[nodiscard]] bool mayPublish(const std::vector<Gate>& gates);

[[nodiscard]] const char* gateStateName(GateState state);
[[nodiscard]] QJsonArray toJson(const std::vector<Gate>& gates);

} // namespace vidimus::publishing
