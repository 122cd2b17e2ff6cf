#include "core/moderation/decision_rules.h"

#include <QTest>
#include <map>
#include <random>

using namespace vidimus;
using namespace vidimus::moderation;
using namespace Qt::StringLiterals;

class TestDecisionRules : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void committingTheSameAgainChangesNothing();
    void ownDecisionIsReplaced();
    void anotherPersonsDecisionMakesADraft();
    void escalationMayBeDecidedByAnother();
    void refusesIncompleteDecisions();
    void secondReviewerMustBeAnotherPerson();
    void undoBeforeSendingLeavesNoTrace();
    void undoAfterSendingCompensates();
    void refusesByRole();
    void finishedStatesStayFinished();
    void oneDecisionStandsInAnyOrderOfEvents();
    void roundTripsAndRefusesHostileJson();

private:
    [[nodiscard]] static Decision staged(Verdict verdict, const QString& author = u"ana"_s);
    [[nodiscard]] Result<Commit> tryCommit(const Decision& decision, const std::optional<Decision>& standing = {}) const
    {
        return commit(decision, standing, m_policy, {Role::Moderator}, 1.0, kNow);
    }
    static constexpr Instant kNow {Milliseconds {1'790'000'000'000}};
    Policy m_policy;
};

Decision TestDecisionRules::staged(Verdict verdict, const QString& author)
{
    Decision decision;
    decision.id = newId<DecisionId>();
    decision.asset = AssetId(u"a"_s);
    decision.assetSha256 = "00ff";
    decision.verdict = verdict;
    decision.author = PersonId(author);
    if (verdict == Verdict::Reject || verdict == Verdict::Escalate)
        decision.reason = u"violence.graphic"_s;
    if (verdict == Verdict::Duplicate)
        decision.duplicateOf = AssetId(u"b"_s);
    return decision;
}

void TestDecisionRules::initTestCase()
{
    const auto policy = defaultPolicy();
    QVERIFY(policy);
    m_policy = *policy;
}

void TestDecisionRules::committingTheSameAgainChangesNothing()
{
    for (const Verdict verdict : {Verdict::Pass, Verdict::Reject, Verdict::Escalate, Verdict::Duplicate}) {
        const auto first = tryCommit(staged(verdict));
        QVERIFY(first);
        QCOMPARE(first->outcome, CommitOutcome::Committed);
        QCOMPARE(first->decision.state, DecisionState::Committed);
        QCOMPARE(first->decision.policyVersion, m_policy.version);
        const auto again = tryCommit(staged(verdict), first->decision);
        QCOMPARE(again->outcome, CommitOutcome::AlreadyStands);
        QCOMPARE(again->decision, first->decision);
        QCOMPARE(tryCommit(staged(verdict, u"bob"_s), first->decision)->outcome, CommitOutcome::AlreadyStands);
    }
}

void TestDecisionRules::ownDecisionIsReplaced()
{
    const Decision pass = tryCommit(staged(Verdict::Pass))->decision;
    const auto reject = tryCommit(staged(Verdict::Reject), pass);
    QCOMPARE(reject->outcome, CommitOutcome::Replaces);
    QCOMPARE(reject->decision.replaces, pass.id);
    QCOMPARE(reject->superseded->id, pass.id);
    QCOMPARE(reject->superseded->state, DecisionState::Superseded);
    QCOMPARE(tryCommit(staged(Verdict::Clear), pass)->outcome, CommitOutcome::Replaces);
}

void TestDecisionRules::anotherPersonsDecisionMakesADraft()
{
    const Decision pass = tryCommit(staged(Verdict::Pass))->decision;
    const auto reject = tryCommit(staged(Verdict::Reject, u"bob"_s), pass);
    QCOMPARE(reject->outcome, CommitOutcome::BecameDraft);
    QCOMPARE(reject->decision.state, DecisionState::Draft);
    QVERIFY(!reject->superseded);
    // Tried again when nothing stands any more, the draft is committed.
    QCOMPARE(tryCommit(reject->decision)->outcome, CommitOutcome::Committed);
    Decision otherVersion = staged(Verdict::Reject, u"bob"_s);
    otherVersion.assetSha256 = "11";
    QCOMPARE(tryCommit(otherVersion, pass).error().reason, QByteArray("other_version"));
}

void TestDecisionRules::escalationMayBeDecidedByAnother()
{
    const Decision escalation = tryCommit(staged(Verdict::Escalate))->decision;
    QCOMPARE(tryCommit(staged(Verdict::Pass, u"bob"_s), escalation)->outcome, CommitOutcome::Replaces);
}

void TestDecisionRules::refusesIncompleteDecisions()
{
    const auto reasonOf = [&](const Decision& decision, double watched = 1.0) {
        const auto done = checkComplete(decision, m_policy, watched);
        return done ? QByteArray() : done.error().reason;
    };
    Decision decision = staged(Verdict::Reject);
    QCOMPARE(reasonOf(decision), QByteArray());
    decision.reason = QString();
    QCOMPARE(reasonOf(decision), QByteArray("reason_required"));
    decision.reason = u"no.such"_s;
    QCOMPARE(reasonOf(decision), QByteArray("unknown_reason"));
    decision.reason = u"copyright.work"_s;
    decision.note = u"  "_s;
    QCOMPARE(reasonOf(decision), QByteArray("note_required"));
    decision.reason = u"self_harm.promotion"_s;
    QCOMPARE(reasonOf(decision, 0.2), QByteArray("watch_more"));
    QCOMPARE(reasonOf(decision, 0.25), QByteArray());
    decision.from = Milliseconds(5);
    QCOMPARE(reasonOf(decision), QByteArray("range"));
    decision.to = Milliseconds(5);
    QCOMPARE(reasonOf(decision), QByteArray("range"));
    decision.to = Milliseconds(6);
    QCOMPARE(reasonOf(decision), QByteArray());
    Decision duplicate = staged(Verdict::Duplicate);
    duplicate.duplicateOf = duplicate.asset;
    QCOMPARE(reasonOf(duplicate), QByteArray("duplicate_of_required"));
    QCOMPARE(tryCommit(staged(Verdict::Clear)).error().reason, QByteArray("nothing_to_clear"));
}

void TestDecisionRules::secondReviewerMustBeAnotherPerson()
{
    Decision decision = staged(Verdict::Reject);
    decision.reason = u"minor_safety.abuse"_s;
    decision.secondReviewer = PersonId(u"forged"_s);
    const Decision committed = tryCommit(decision)->decision;
    QVERIFY(committed.secondReviewer.isEmpty());
    QVERIFY(!isEffective(committed, m_policy));
    const RoleSet moderator {Role::Moderator};
    QCOMPARE(confirm(committed, committed.author, moderator).error().reason, QByteArray("same_person"));
    QCOMPARE(confirm(committed, PersonId(u"bob"_s), {Role::Editor}).error().code, ErrorCode::Denied);
    const auto confirmed = confirm(committed, PersonId(u"bob"_s), moderator);
    QVERIFY(isEffective(*confirmed, m_policy));
    QCOMPARE(confirm(*confirmed, PersonId(u"eve"_s), moderator).error().reason, QByteArray("confirmed"));
    QVERIFY(isEffective(tryCommit(staged(Verdict::Pass))->decision, m_policy));
    QVERIFY(!isEffective(staged(Verdict::Pass), m_policy));
}

void TestDecisionRules::undoBeforeSendingLeavesNoTrace()
{
    const Decision decision = tryCommit(staged(Verdict::Reject))->decision;
    const auto undone = undo(decision, decision.author, {Role::Moderator}, newId<DecisionId>(), kNow);
    QVERIFY(undone->wasNeverSent);
    QCOMPARE(undone->decision.state, DecisionState::Undone);
    QVERIFY(!undone->compensation);
}

void TestDecisionRules::undoAfterSendingCompensates()
{
    const Decision sent = *markSent(tryCommit(staged(Verdict::Reject))->decision);
    const DecisionId id = newId<DecisionId>();
    // However early by the clock: it has left.
    const auto undone = undo(sent, PersonId(u"bob"_s), {Role::Moderator}, id, kNow);
    QVERIFY(!undone->wasNeverSent);
    QCOMPARE(undone->decision.state, DecisionState::Superseded);
    QCOMPARE(undone->compensation->id, id);
    QCOMPARE(undone->compensation->verdict, Verdict::Clear);
    QCOMPARE(undone->compensation->replaces, sent.id);
    QCOMPARE(undone->compensation->author, PersonId(u"bob"_s));
    QVERIFY(stands(*undone->compensation));
}

void TestDecisionRules::refusesByRole()
{
    const Decision decision = staged(Verdict::Pass);
    for (const Role role : kAllRoles) {
        const auto done = commit(decision, {}, m_policy, {role}, 1, kNow);
        QCOMPARE(bool(done), role == Role::Moderator);
        if (!done)
            QCOMPARE(done.error().code, ErrorCode::Denied);
    }
}

void TestDecisionRules::finishedStatesStayFinished()
{
    for (const DecisionState state :
        {DecisionState::Superseded, DecisionState::Undone, DecisionState::Draft, DecisionState::Staged}) {
        Decision decision = staged(Verdict::Pass);
        decision.state = state;
        QCOMPARE(markSent(decision).error().reason, QByteArray("not_standing"));
        QCOMPARE(loseTo(decision).error().reason, QByteArray("not_standing"));
        QCOMPARE(
            undo(decision, decision.author, {Role::Moderator}, {}, kNow).error().reason, QByteArray("not_standing"));
    }
    const Decision committed = tryCommit(staged(Verdict::Pass))->decision;
    QCOMPARE(tryCommit(committed).error().reason, QByteArray("not_staged"));
    QCOMPARE(*markSent(*markSent(committed)), *markSent(committed));
}

/// R20: whatever two people do in whatever order, at most one decision stands, and nobody's work is lost.
void TestDecisionRules::oneDecisionStandsInAnyOrderOfEvents()
{
    const int rounds = qEnvironmentVariableIsSet("VIDIMUS_LONG") ? 1'000'000 : 20'000;
    const auto seed = std::random_device()();
    qInfo("seed %u", seed);
    std::mt19937 random(seed);
    const std::array people {u"ana"_s, u"bob"_s, u"eve"_s};
    std::vector<Decision> all;
    for (int round = 0; round < rounds; ++round) {
        if (round % 50 == 0)
            all.clear();
        const auto standing = std::ranges::find_if(all, stands);
        const auto found = standing == all.end() ? std::nullopt : std::optional(*standing);
        const QString person = people[random() % people.size()];
        switch (random() % 4) {
        case 0:
        case 1: {
            const auto done = tryCommit(staged(static_cast<Verdict>(random() % 5), person), found);
            if (!done || done->outcome == CommitOutcome::AlreadyStands)
                break;
            if (done->superseded)
                *standing = *done->superseded;
            all.push_back(done->decision);
            break;
        }
        case 2:
            if (found)
                *standing = *markSent(*found);
            break;
        default:
            if (found) {
                const auto undone = undo(*found, PersonId(person), {Role::Moderator}, newId<DecisionId>(), kNow);
                QVERIFY(undone);
                *standing = undone->decision;
                if (undone->compensation)
                    all.push_back(*undone->compensation);
            }
        }
        QVERIFY(std::ranges::count_if(all, stands) <= 1);
    }
}

void TestDecisionRules::roundTripsAndRefusesHostileJson()
{
    Decision decision = staged(Verdict::Reject);
    decision.note = u"\u202Enote"_s;
    decision.from = Milliseconds(40'200);
    decision.to = Milliseconds(52'110);
    decision.evidenceFrames = {1005, 1290};
    decision.at = kNow;
    decision.policyVersion = u"1"_s;
    const auto again = decisionFromJson(toJson(decision));
    QVERIFY(again);
    QCOMPARE(*again, decision);
    const auto refuses = [&](const QString& name, const QJsonValue& value) {
        QJsonObject object = toJson(decision);
        object[name] = value;
        return !decisionFromJson(object);
    };
    QVERIFY(refuses(u"verdict"_s, u"approve"_s));
    QVERIFY(refuses(u"state"_s, 3));
    QVERIFY(refuses(u"from"_s, -1));
    QVERIFY(refuses(u"to"_s, 1e300));
    QVERIFY(refuses(u"evidence_frames"_s, QJsonArray {-4}));
    QVERIFY(refuses(u"evidence_frames"_s, u"1"_s));
    QVERIFY(refuses(u"at"_s, u"yesterday"_s));
    QVERIFY(refuses(u"extra"_s, 1));
    QVERIFY(!decisionFromJson({}));
}

QTEST_GUILESS_MAIN(TestDecisionRules)
#include "tst_decision_rules.moc"
