#include "core/catalog/catalog_client.h"
#include "core/store/workspace_store.h"
#include "core/workbench/catalog_link.h"
#include "core/workbench/decide.h"
#include "workbench_room.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::test;
using namespace vidimus::workbench;
using moderation::DecisionState;
using moderation::Verdict;

namespace {

constexpr Milliseconds kPatience {20'000};

int decisionOperations(WorkbenchRoom& room)
{
    int count = 0;
    for (const catalog::Operation& operation : room.outbox())
        count += operation.kind == catalog::OperationKind::AppendDecision ? 1 : 0;
    return count;
}

store::AssetState stateOf(WorkbenchRoom& room, const AssetId& id)
{
    return room.workspace().store().read([&](const store::UnitOfWork& unit) { return unit.assets.find(id); })->state;
}

/// The verdicts that the catalog has on a title, oldest first.
QStringList verdictsThere(WorkbenchRoom& room, const TitleId& title)
{
    auto client = room.workspace().catalog().client();
    if (!client)
        return {client.error().detail};
    const auto list = (*client)->get("/v1/titles/" + title.toString().toUtf8() + "/decisions");
    if (!list)
        return {list.error().detail};
    QStringList verdicts;
    for (const QJsonValue& item : (*list)[u"items"_s].toArray())
        verdicts.append(item[u"verdict"_s].toString());
    return verdicts;
}

} // namespace

class TestDecisions : public QObject {
    Q_OBJECT

private:
    static DecisionOutcome mustDecide(
        WorkbenchRoom& room, const AssetId& asset, Verdict verdict, const QString& reason = {})
    {
        const auto outcome = decide(room.workspace(), {.asset = asset, .verdict = verdict, .reason = reason});
        if (!outcome)
            qFatal("not decided: %s", qUtf8Printable(outcome.error().detail));
        return *outcome;
    }
    static catalog::SyncReport mustSync(WorkbenchRoom& room)
    {
        const auto report = room.workspace().catalog().sync({}, kPatience);
        if (!report)
            qFatal("not sent: %s", qUtf8Printable(report.error().detail));
        return *report;
    }

private Q_SLOTS:
    void isStoredQueuedAndLoggedAtOnce();
    void undoneWithinTheWindowLeavesNoOperation();
    void undoBringsBackWhatWasReplaced();
    void replacedAfterItLeftIsToldToTheCatalog();
    void undoneAfterItLeftIsCompensated();
    void saidTwiceIsWrittenOnce();
    void refusesWhatIsIncomplete();
    void deniedRoleLeavesAnEntry();
};

void TestDecisions::isStoredQueuedAndLoggedAtOnce()
{
    WorkbenchRoom room;
    const AssetId asset = room.ingestClip().id;
    const DecisionOutcome outcome = mustDecide(room, asset, Verdict::Reject, u"nudity.explicit"_s);
    QCOMPARE(outcome.decision.state, DecisionState::Committed);
    QCOMPARE(stateOf(room, asset), store::AssetState::Rejected);
    QCOMPARE(decisionOperations(room), 1);
    QCOMPARE(room.log().front().action, u"decide"_s);
    room.reopen();
    QCOMPARE(recentDecisions(room.workspace(), 5)->front(), outcome.decision);
    QCOMPARE(decisionOperations(room), 1);
}

void TestDecisions::undoneWithinTheWindowLeavesNoOperation()
{
    WorkbenchRoom room;
    const AssetId asset = room.ingestClip().id;
    const DecisionOutcome outcome = mustDecide(room, asset, Verdict::Pass);
    const auto undone = undoDecision(room.workspace(), outcome.decision.id);
    QVERIFY(undone);
    QCOMPARE(undone->state, DecisionState::Undone);
    QCOMPARE(decisionOperations(room), 0);
    QCOMPARE(stateOf(room, asset), store::AssetState::Waiting);
    QCOMPARE(room.log().front().action, u"undo"_s);
    const auto again = undoDecision(room.workspace(), outcome.decision.id);
    QVERIFY(!again);
    QCOMPARE(again.error().code, ErrorCode::Conflict);
    QCOMPARE(undoDecision(room.workspace(), DecisionId(u"nosuch"_s)).error().code, ErrorCode::NotFound);
}

void TestDecisions::undoBringsBackWhatWasReplaced()
{
    WorkbenchRoom room;
    const AssetId asset = room.ingestClip().id;
    const DecisionOutcome first = mustDecide(room, asset, Verdict::Pass);
    const DecisionOutcome second = mustDecide(room, asset, Verdict::Reject, u"nudity.explicit"_s);
    QCOMPARE(second.decision.replaces, first.decision.id);
    QCOMPARE(decisionOperations(room), 1);
    QVERIFY(undoDecision(room.workspace(), second.decision.id));
    QCOMPARE(stateOf(room, asset), store::AssetState::Passed);
    QCOMPARE(decisionOperations(room), 1);
    const auto stands = room.workspace().store().read(
        [&](const store::UnitOfWork& unit) { return unit.decisions.standing(asset, first.decision.assetSha256); });
    QVERIFY(stands && *stands);
    QCOMPARE((*stands)->id, first.decision.id);
}

void TestDecisions::replacedAfterItLeftIsToldToTheCatalog()
{
    WorkbenchRoom room;
    const IngestedAsset asset = room.ingestClip();
    const DecisionOutcome first = mustDecide(room, asset.id, Verdict::Pass);
    QCOMPARE(mustSync(room).conflicts, 0);
    QCOMPARE(verdictsThere(room, asset.title), QStringList {u"pass"_s});
    // One that is replaced before it leaves is never told; the next one names what does stand there.
    mustDecide(room, asset.id, Verdict::Reject, u"nudity.explicit"_s);
    const DecisionOutcome third = mustDecide(room, asset.id, Verdict::Escalate, u"nudity.explicit"_s);
    QCOMPARE(decisionOperations(room), 1);
    const catalog::SyncReport report = mustSync(room);
    QCOMPARE(report.conflicts + report.needPerson, 0);
    QCOMPARE(verdictsThere(room, asset.title), (QStringList {u"pass"_s, u"escalate"_s}));
    const auto stands = room.workspace().store().read(
        [&](const store::UnitOfWork& unit) { return unit.decisions.standing(asset.id, first.decision.assetSha256); });
    QCOMPARE((*stands)->id, third.decision.id);
    QCOMPARE((*stands)->state, DecisionState::Sent);
    // Undone within the window: the site still has the second, and so has the workspace.
    const DecisionOutcome fourth = mustDecide(room, asset.id, Verdict::Pass);
    QVERIFY(undoDecision(room.workspace(), fourth.decision.id));
    QCOMPARE(stateOf(room, asset.id), store::AssetState::Escalated);
    QCOMPARE(decisionOperations(room), 0);
    mustDecide(room, asset.id, Verdict::Pass);
    QCOMPARE(mustSync(room).conflicts, 0);
    QCOMPARE(verdictsThere(room, asset.title), (QStringList {u"pass"_s, u"escalate"_s, u"pass"_s}));
}

void TestDecisions::undoneAfterItLeftIsCompensated()
{
    WorkbenchRoom room;
    const IngestedAsset asset = room.ingestClip();
    const DecisionOutcome outcome = mustDecide(room, asset.id, Verdict::Pass);
    mustSync(room);
    const auto undone = undoDecision(room.workspace(), outcome.decision.id);
    QVERIFY(undone);
    QCOMPARE(undone->state, DecisionState::Superseded);
    QCOMPARE(stateOf(room, asset.id), store::AssetState::Waiting);
    QCOMPARE(decisionOperations(room), 1);
    QCOMPARE(mustSync(room).conflicts, 0);
    QCOMPARE(verdictsThere(room, asset.title), (QStringList {u"pass"_s, u"clear"_s}));
}

void TestDecisions::saidTwiceIsWrittenOnce()
{
    WorkbenchRoom room;
    const AssetId asset = room.ingestClip().id;
    const DecisionOutcome first = mustDecide(room, asset, Verdict::Pass);
    const std::size_t entries = room.log().size();
    const DecisionOutcome second = mustDecide(room, asset, Verdict::Pass);
    QVERIFY(second.alreadyStood);
    QCOMPARE(second.decision.id, first.decision.id);
    QCOMPARE(room.log().size(), entries);
    QCOMPARE(decisionOperations(room), 1);
}

void TestDecisions::refusesWhatIsIncomplete()
{
    WorkbenchRoom room;
    const AssetId asset = room.ingestClip().id;
    const std::size_t entries = room.log().size();
    const auto noReason = decide(room.workspace(), {.asset = asset, .verdict = Verdict::Reject});
    QVERIFY(!noReason);
    QCOMPARE(noReason.error().code, ErrorCode::Invalid);
    const auto wrongReason
        = decide(room.workspace(), {.asset = asset, .verdict = Verdict::Reject, .reason = u"nosuch"_s});
    QCOMPARE(wrongReason.error().code, ErrorCode::Invalid);
    const auto nothing = decide(room.workspace(), {.asset = asset, .verdict = Verdict::Clear});
    QCOMPARE(nothing.error().code, ErrorCode::Invalid);
    QCOMPARE(decide(room.workspace(), {.asset = AssetId(u"nosuch"_s)}).error().code, ErrorCode::NotFound);
    const auto ofNothing = decide(
        room.workspace(), {.asset = asset, .verdict = Verdict::Duplicate, .duplicateOf = AssetId(u"nosuch"_s)});
    QVERIFY(!ofNothing);
    QCOMPARE(ofNothing.error().code, ErrorCode::NotFound);
    const auto withRange = [&](int from, int to) {
        return decide(room.workspace(), {.asset = asset, .from = Milliseconds(from), .to = Milliseconds(to)});
    };
    QCOMPARE(withRange(500, 20'000).error().reason, QByteArray("range")); // the clip is a second long
    QCOMPARE(withRange(900, 100).error().reason, QByteArray("range"));
    QCOMPARE(room.log().size(), entries);
    QCOMPARE(decisionOperations(room), 0);
    QVERIFY(withRange(500, 1000));
    const AssetId other = room.ingestClip("noaudio_1080p24.mp4").id;
    QVERIFY(decide(room.workspace(), {.asset = other, .verdict = Verdict::Duplicate, .duplicateOf = asset}));
}

void TestDecisions::deniedRoleLeavesAnEntry()
{
    WorkbenchRoom room;
    const AssetId asset = room.ingestClip().id;
    room.addProfile(u"reader"_s, {moderation::Role::Auditor});
    room.reopen(u"reader"_s);
    const std::size_t entries = room.log().size();
    const auto refused = decide(room.workspace(), {.asset = asset, .verdict = Verdict::Pass});
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Denied);
    QCOMPARE(room.log().size(), entries + 1);
    QCOMPARE(room.log().front().action, u"denied"_s);
    QCOMPARE(room.log().front().actor, room.workspace().me().id.toString());
    QCOMPARE(decisionOperations(room), 0);
    QCOMPARE(stateOf(room, asset), store::AssetState::Waiting);
}

QTEST_GUILESS_MAIN(TestDecisions)
#include "tst_decisions.moc"
