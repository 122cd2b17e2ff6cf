#pragma once

#include "core/base/ids.h"
#include "core/base/instant.h"
#include "core/base/result.h"

#include <QJsonObject>
#include <QString>
#include <cstdint>
#include <optional>
#include <vector>

namespace vidimus::moderation {

enum class Verdict { Pass, Reject, Escalate, Duplicate, Clear };

enum class DecisionState {
    Staged, ///< chosen, visible and editable; nobody else knows
    Committed, ///< stands, and waits in the outbox
    Sent, ///< stands, and has left
    Draft, ///< lost against a decision that stands; kept for its author
    Superseded, ///< stood until a later decision replaced it
    Undone, ///< taken back before it left
};

/// One person's judgement of one version (the bytes) of an asset.
struct Decision {
    DecisionId id;
    AssetId asset;
    QByteArray assetSha256; ///< hex; the version that was judged
    Verdict verdict = Verdict::Pass;
    QString reason; ///< of the policy; required for reject and escalate
    QString note;
    std::optional<Milliseconds> from; ///< media time; with to, the range that was objected to, half-open
    std::optional<Milliseconds> to;
    std::vector<std::int64_t> evidenceFrames; ///< 0-based presentation order
    AssetId duplicateOf; ///< for Duplicate
    QString policyVersion;
    PersonId author;
    PersonId secondReviewer; ///< who confirmed it, where the reason asks for a second person
    Instant at {};
    DecisionState state = DecisionState::Staged;
    DecisionId replaces; ///< the decision that this one superseded or compensates

    friend bool operator==(const Decision&, const Decision&) = default;
};

[[nodiscard]] const char* verdictName(Verdict verdict);
[[nodiscard]] Result<Verdict> verdictFromName(QStringView name);
[[nodiscard]] const char* decisionStateName(DecisionState state);
[[nodiscard]] Result<DecisionState> decisionStateFromName(QStringView name);
/// Whether it is the decision that holds for its asset version: committed or sent.
[[nodiscard]] bool stands(const Decision& decision);
/// The same judgement, whoever made it and when: asset version, verdict, reason, range, note and duplicate.
[[nodiscard]] bool saysTheSame(const Decision& a, const Decision& b);

/// Times as seconds, instants as RFC 3339.
[[nodiscard]] QJsonObject toJson(const Decision& decision);
/// Strict. Errors: Invalid.
[[nodiscard]] Result<Decision> decisionFromJson(const QJsonObject& object);

} // namespace vidimus::moderation
