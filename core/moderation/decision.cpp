#include "core/moderation/decision.h"

#include "core/base/json.h"

#include <QJsonArray>
#include <array>
#include <cmath>

namespace vidimus::moderation {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array kVerdictNames {"pass", "reject", "escalate", "duplicate", "clear"};
constexpr std::array kStateNames {"staged", "committed", "sent", "draft", "superseded", "undone"};

template<class Enum, class Names>
Result<Enum> fromName(const Names& names, QStringView name, const char* reason)
{
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (name == QLatin1StringView(names[i]))
            return static_cast<Enum>(i);
    }
    return Error {ErrorCode::Invalid, u"\"%1\" is not known"_s.arg(name), reason};
}

QJsonValue seconds(const std::optional<Milliseconds>& time)
{
    return time ? QJsonValue(static_cast<double>(time->count()) / 1000.0) : QJsonValue();
}

std::optional<Milliseconds> readSeconds(JsonReader& reader, QLatin1StringView name)
{
    // The longest media that is accepted anywhere is far below this; it keeps the conversion exact.
    constexpr double kMaxSeconds = 1e9;
    const QJsonValue value = reader.value(name);
    if (value.isUndefined() || value.isNull())
        return std::nullopt;
    const double number = value.toDouble(-1);
    if (!(number >= 0 && number <= kMaxSeconds)) {
        reader.fail(name, u"must be seconds, not negative"_s);
        return std::nullopt;
    }
    return Milliseconds(std::llround(number * 1000.0));
}

std::vector<std::int64_t> readFrames(JsonReader& reader)
{
    std::vector<std::int64_t> frames;
    const QJsonArray array = reader.array("evidence_frames"_L1);
    for (const QJsonValue frame : array) {
        const qint64 number = frame.toInteger(-1);
        if (number < 0)
            reader.fail("evidence_frames"_L1, u"must be frame numbers"_s);
        frames.push_back(number);
    }
    return frames;
}

} // namespace

const char* verdictName(Verdict verdict)
{
    return kVerdictNames.at(static_cast<std::size_t>(verdict));
}

Result<Verdict> verdictFromName(QStringView name)
{
    return fromName<Verdict>(kVerdictNames, name, "unknown_verdict");
}

const char* decisionStateName(DecisionState state)
{
    return kStateNames.at(static_cast<std::size_t>(state));
}

Result<DecisionState> decisionStateFromName(QStringView name)
{
    return fromName<DecisionState>(kStateNames, name, "unknown_state");
}

bool stands(const Decision& decision)
{
    return decision.state == DecisionState::Committed || decision.state == DecisionState::Sent;
}

bool saysTheSame(const Decision& a, const Decision& b)
{
    return a.asset == b.asset && a.assetSha256 == b.assetSha256 && a.verdict == b.verdict && a.reason == b.reason
        && a.note == b.note && a.from == b.from && a.to == b.to && a.duplicateOf == b.duplicateOf;
}

QJsonObject toJson(const Decision& decision)
{
    QJsonArray frames;
    for (const std::int64_t frame : decision.evidenceFrames)
        frames.append(static_cast<qint64>(frame));
    return {{u"id"_s, decision.id.toString()}, {u"asset"_s, decision.asset.toString()},
        {u"asset_sha256"_s, QString::fromLatin1(decision.assetSha256)},
        {u"verdict"_s, QString::fromLatin1(verdictName(decision.verdict))}, {u"reason"_s, decision.reason},
        {u"note"_s, decision.note}, {u"from"_s, seconds(decision.from)}, {u"to"_s, seconds(decision.to)},
        {u"evidence_frames"_s, frames}, {u"duplicate_of"_s, decision.duplicateOf.toString()},
        {u"policy_version"_s, decision.policyVersion}, {u"author"_s, decision.author.toString()},
        {u"second_reviewer"_s, decision.secondReviewer.toString()}, {u"at"_s, toRfc3339(decision.at)},
        {u"state"_s, QString::fromLatin1(decisionStateName(decision.state))},
        {u"replaces"_s, decision.replaces.toString()}};
}

Result<Decision> decisionFromJson(const QJsonObject& object)
{
    JsonReader reader(object);
    Decision decision;
    decision.id = DecisionId(reader.string("id"_L1));
    decision.asset = AssetId(reader.string("asset"_L1));
    decision.assetSha256 = reader.string("asset_sha256"_L1).toLatin1();
    const auto verdict = verdictFromName(reader.string("verdict"_L1));
    decision.reason = reader.string("reason"_L1, QString());
    decision.note = reader.string("note"_L1, QString());
    decision.from = readSeconds(reader, "from"_L1);
    decision.to = readSeconds(reader, "to"_L1);
    decision.evidenceFrames = readFrames(reader);
    decision.duplicateOf = AssetId(reader.string("duplicate_of"_L1, QString()));
    decision.policyVersion = reader.string("policy_version"_L1);
    decision.author = PersonId(reader.string("author"_L1));
    decision.secondReviewer = PersonId(reader.string("second_reviewer"_L1, QString()));
    const auto at = parseRfc3339(reader.string("at"_L1));
    const auto state = decisionStateFromName(reader.string("state"_L1));
    decision.replaces = DecisionId(reader.string("replaces"_L1, QString()));
    if (!verdict)
        reader.fail("verdict"_L1, verdict.error().detail);
    if (!at)
        reader.fail("at"_L1, u"is not an instant"_s);
    if (!state)
        reader.fail("state"_L1, state.error().detail);
    if (auto read = reader.finish(); !read)
        return std::move(read).error();
    decision.verdict = *verdict;
    decision.at = *at;
    decision.state = *state;
    return decision;
}

} // namespace vidimus::moderation
