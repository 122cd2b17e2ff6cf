#include "core/publishing/gate.h"

#include <algorithm>
#include <array>

namespace vidimus::publishing {

using namespace Qt::StringLiterals;

namespace {

Gate moderationGate(const PublishingFacts& facts)
{
    Gate gate {.id = "moderation", .fix = "review"};
    if (facts.assetSha256.isEmpty()) {
        gate.state = GateState::Blocks;
        gate.why = "asset_missing";
        gate.fix = "ingest";
    } else if (facts.decidedSha256.isEmpty()) {
        gate.state = GateState::Blocks;
        gate.why = "moderation_missing";
    } else if (facts.decidedSha256 != facts.assetSha256) {
        gate.state = GateState::Blocks;
        gate.why = "moderation_of_other_version";
    } else if (facts.verdict != "pass" && facts.verdict != "clear") {
        gate.state = GateState::Blocks;
        gate.why = "moderation_not_passed";
        gate.detail = QString::fromLatin1(facts.verdict);
    } else {
        gate.state = GateState::Passed;
        gate.why = "moderation_passed";
        gate.fix.clear();
    }
    return gate;
}

Gate rightsGate(const PublishingFacts& facts)
{
    Gate gate {.id = "rights", .fix = "edit_rights"};
    if (facts.windowCount == 0) {
        gate.state = GateState::Blocks;
        gate.why = "no_rights";
    } else if (facts.availableSomewhere) {
        gate.state = GateState::Passed;
        gate.why = "licensed_now";
        gate.fix.clear();
        gate.detail = facts.countriesNow.join(u", "_s);
    } else if (facts.nextStart) {
        gate.state = GateState::Warns;
        gate.why = "licensed_later";
        gate.detail = toRfc3339(*facts.nextStart);
    } else {
        gate.state = GateState::Blocks;
        gate.why = "not_licensed";
    }
    return gate;
}

Gate conflictsGate(const PublishingFacts& facts)
{
    if (facts.rightsConflicts == 0)
        return {.id = "rights_conflicts", .state = GateState::Passed, .why = "no_conflicts"};
    return {.id = "rights_conflicts",
        .state = GateState::Warns,
        .why = "rights_in_conflict",
        .fix = "edit_rights",
        .detail = QString::number(facts.rightsConflicts)};
}

Gate checksGate(const PublishingFacts& facts)
{
    Gate gate {.id = "checks", .fix = "check_again"};
    if (facts.checkVerdict == "pass") {
        gate.state = GateState::Passed;
        gate.why = "checks_passed";
        gate.fix.clear();
    } else if (facts.checkVerdict == "fail") {
        gate.state = GateState::Blocks;
        gate.why = "checks_failed";
        gate.detail = QString::number(facts.failedChecks);
    } else if (facts.checkVerdict == "warn") {
        gate.state = GateState::Warns;
        gate.why = "checks_warned";
    } else {
        gate.state = GateState::NotEvaluated;
        gate.why = "checks_not_evaluated";
    }
    return gate;
}

Gate renditionsGate(const PublishingFacts& facts)
{
    Gate gate {.id = "renditions", .fix = "transcode"};
    if (facts.renditionCount == 0) {
        gate.state = GateState::Blocks;
        gate.why = "no_renditions";
    } else if (facts.renditionsOfSha256 != facts.assetSha256) {
        gate.state = GateState::Blocks;
        gate.why = "renditions_of_other_version";
    } else {
        gate.state = GateState::Passed;
        gate.why = "renditions_ready";
        gate.fix.clear();
        gate.detail = QString::number(facts.renditionCount);
    }
    return gate;
}

Gate posterGate(const PublishingFacts& facts)
{
    if (facts.hasPoster)
        return {.id = "poster", .state = GateState::Passed, .why = "poster_ready"};
    return {.id = "poster", .state = GateState::Warns, .why = "no_poster", .fix = "transcode"};
}

} // namespace

std::vector<Gate> evaluateGates(const PublishingFacts& facts)
{
    return {moderationGate(facts), rightsGate(facts), conflictsGate(facts), checksGate(facts), renditionsGate(facts),
        posterGate(facts)};
}

bool mayPublish(const std::vector<Gate>& gates)
{
    // A check that could not be made is never silently passed, but it is a person's to weigh; only a block stops.
    return std::ranges::none_of(gates, [](const Gate& gate) { return gate.state == GateState::Blocks; });
}

const char* gateStateName(GateState state)
{
    static constexpr std::array kNames {"pass", "warn", "block", "not_evaluated"};
    return kNames.at(static_cast<std::size_t>(state));
}

QJsonArray toJson(const std::vector<Gate>& gates)
{
    QJsonArray array;
    for (const Gate& gate : gates) {
        array.append(QJsonObject {{u"id"_s, QString::fromLatin1(gate.id)},
            {u"state"_s, QLatin1StringView(gateStateName(gate.state))}, {u"why"_s, QString::fromLatin1(gate.why)},
            {u"fix"_s, QString::fromLatin1(gate.fix)}, {u"detail"_s, gate.detail}});
    }
    return array;
}

} // namespace vidimus::publishing
