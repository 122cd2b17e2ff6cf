#include "ui/publishing/board_card.h"
#include "ui/publishing/gate_text.h"
#include "ui/publishing/truth_text.h"
#include "ui/publishing/words.h"

#include <QTest>

using namespace vidimus;
using namespace vidimus::ui::publishing;
using namespace Qt::StringLiterals;
using vidimus::publishing::Gate;
using vidimus::publishing::PublicationState;
using vidimus::publishing::PublishingFacts;
using Answer = vidimus::publishing::GateState;
using Step = ui::widgets::StepTruth::State;

namespace {

constexpr Instant kNow {Milliseconds {1795262521300}}; // 2026-11-21T12:02:01.3Z

PublishingFacts clearFacts()
{
    return {.titleName = u"Ring Road"_s,
        .assetSha256 = "aa",
        .decidedSha256 = "aa",
        .verdict = "pass",
        .renditionsOfSha256 = "aa",
        .renditionCount = 2,
        .hasPoster = true,
        .checkVerdict = "pass",
        .windowCount = 1,
        .availableSomewhere = true,
        .countriesNow = {u"AT"_s, u"DE"_s}};
}

workbench::TitleOnBoard titleWith(const PublishingFacts& facts, std::optional<PublicationState> state = {})
{
    return {.title = TitleId(u"t1"_s),
        .name = facts.titleName,
        .kind = rights::TitleKind::Clip,
        .asset = facts.assetSha256.isEmpty() ? AssetId() : AssetId(u"a1"_s),
        .versions = facts.assetSha256.isEmpty() ? 0 : 2,
        .gates = vidimus::publishing::evaluateGates(facts),
        .state = state};
}

catalog::Operation operationOf(catalog::OperationKind kind, int attempts = 0)
{
    return {.id = OperationId(u"o1"_s),
        .title = TitleId(u"t1"_s),
        .kind = kind,
        .createdAt = kNow,
        .notBefore = kNow,
        .attempts = attempts};
}

jobs::Job jobOf(const QString& asset, jobs::JobState state, double done = 0, double total = 0)
{
    jobs::Job job;
    job.id = JobId(asset + QString::number(done));
    job.kind = "check";
    job.payload = {{u"asset"_s, asset}};
    job.state = state;
    job.progressDone = done;
    job.progressTotal = total;
    return job;
}

} // namespace

class TestWords : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cardsStandInTheirColumn_data()
    {
        QTest::addColumn<workbench::TitleOnBoard>("title");
        QTest::addColumn<TitleWork>("work");
        QTest::addColumn<BoardColumn>("column");
        PublishingFacts undecided = clearFacts();
        undecided.decidedSha256.clear();
        PublishingFacts unchecked = clearFacts();
        unchecked.checkVerdict.clear();
        const TitleWork none;
        QTest::newRow("all gates passed") << titleWith(clearFacts()) << none << BoardColumn::Ready;
        QTest::newRow("warnings do not block") << titleWith(unchecked) << none << BoardColumn::Ready;
        QTest::newRow("a gate blocks") << titleWith(undecided) << none << BoardColumn::Blocked;
        QTest::newRow("no file") << titleWith({}) << none << BoardColumn::Blocked;
        QTest::newRow("checks run") << titleWith(undecided) << TitleWork {"check", true, false, 0.4}
                                    << BoardColumn::InChecks;
        QTest::newRow("stored") << titleWith(clearFacts(), PublicationState::Planned) << none << BoardColumn::GoingOut;
        QTest::newRow("accepted is not live")
            << titleWith(clearFacts(), PublicationState::Announced) << none << BoardColumn::GoingOut;
        QTest::newRow("live") << titleWith(clearFacts(), PublicationState::Live) << none << BoardColumn::Live;
        QTest::newRow("live while it is checked again")
            << titleWith(undecided, PublicationState::Live) << TitleWork {"check", true, false, 0} << BoardColumn::Live;
        QTest::newRow("refused") << titleWith(clearFacts(), PublicationState::Failed) << none << BoardColumn::Blocked;
        QTest::newRow("taken down") << titleWith(clearFacts(), PublicationState::Withdrawn) << none
                                    << BoardColumn::Ready;
    }

    void cardsStandInTheirColumn()
    {
        QFETCH(workbench::TitleOnBoard, title);
        QFETCH(TitleWork, work);
        QFETCH(BoardColumn, column);
        const BoardCard card = cardOf(title, work);
        QCOMPARE(card.column, column);
        QCOMPARE(card.strip.size(), title.gates.size());
        QVERIFY(!card.word.isEmpty());
        QVERIFY(!card.icon.isEmpty());
    }

    void newestStandsFirstWhereItIsOut()
    {
        std::vector<workbench::TitleOnBoard> titles;
        for (int i = 0; i < 3; ++i) {
            titles.push_back(titleWith(clearFacts(), PublicationState::Live));
            titles.back().title = TitleId(QString::number(i));
            titles.back().steps.seenLive = kNow + Milliseconds {i == 1 ? 5000 : i};
        }
        const BoardColumns columns = boardColumns(titles, {});
        const auto& live = columns[static_cast<std::size_t>(BoardColumn::Live)];
        QCOMPARE(live.size(), std::size_t(3));
        QCOMPARE(live[0].title, TitleId(u"1"_s));
        QCOMPARE(live[1].title, TitleId(u"2"_s));
    }

    void theRunningJobCountsForAVersion()
    {
        const std::vector jobs {jobOf(u"a"_s, jobs::JobState::Queued), jobOf(u"a"_s, jobs::JobState::Running, 1, 4),
            jobOf(u"b"_s, jobs::JobState::Done), jobOf(u"c"_s, jobs::JobState::Paused, 1, 2)};
        const auto work = workOf(jobs);
        QVERIFY(work[AssetId(u"a"_s)].running);
        QCOMPARE(work[AssetId(u"a"_s)].share, 0.25);
        QVERIFY(!work.contains(AssetId(u"b"_s)));
        QVERIFY(work[AssetId(u"c"_s)].paused);
    }

    void everyGateHasWordsAndNoCode()
    {
        std::vector<PublishingFacts> worlds {{}, clearFacts()};
        const auto add = [&worlds](auto change) {
            worlds.push_back(clearFacts());
            change(worlds.back());
        };
        add([](auto& facts) { facts.decidedSha256.clear(); });
        add([](auto& facts) { facts.decidedSha256 = "bb"; });
        add([](auto& facts) { facts.verdict = "reject"; });
        add([](auto& facts) { facts.availableSomewhere = false; });
        add([](auto& facts) {
            facts.availableSomewhere = false;
            facts.nextStart = kNow;
        });
        add([](auto& facts) { facts.rightsConflicts = 2; });
        add([](auto& facts) { facts.checkVerdict = "fail"; });
        add([](auto& facts) { facts.checkVerdict = "warn"; });
        add([](auto& facts) { facts.checkVerdict = "not_evaluated"; });
        add([](auto& facts) { facts.renditionCount = 0; });
        add([](auto& facts) { facts.renditionsOfSha256 = "bb"; });
        add([](auto& facts) { facts.hasPoster = false; });
        const QString unknown = gateText({.id = "x", .why = "never_heard_of"}).title;
        for (const PublishingFacts& facts : worlds) {
            for (const Gate& gate : vidimus::publishing::evaluateGates(facts)) {
                const GateText text = gateText(gate);
                QVERIFY2(text.title != unknown, gate.why.constData());
                QVERIFY(!text.sentence.isEmpty());
                QVERIFY2(!text.title.contains(u'_') && !text.sentence.contains(u'_'), gate.why.constData());
                QVERIFY2(gate.fix.isEmpty() == text.fix.isEmpty(), gate.fix.constData());
            }
        }
    }

    void blocksComeFirstAndNameThemselves()
    {
        PublishingFacts facts = clearFacts();
        facts.hasPoster = false;
        facts.renditionCount = 0;
        const auto gates = orderedGates(vidimus::publishing::evaluateGates(facts));
        QCOMPARE(gates.front().id, QByteArray("renditions"));
        QCOMPARE(gates[1].id, QByteArray("poster"));
        QVERIFY(gates.back().state == Answer::Passed);
        QCOMPARE(blockText(gates), u"Blocked: no renditions"_s);
        QVERIFY(blockText(vidimus::publishing::evaluateGates(clearFacts())).isEmpty());
        facts.verdict = "reject";
        QVERIFY(blockText(vidimus::publishing::evaluateGates(facts)).contains(u'2'));
    }

    void acceptedIsNotLive()
    {
        workbench::TitleOnBoard title = titleWith(clearFacts(), PublicationState::Announced);
        title.steps = {kNow, kNow, kNow, {}};
        const TruthText truth = truthText(title, {});
        QVERIFY(truth.steps[2].state == Step::Done);
        QVERIFY(truth.steps[3].state == Step::Current);
        QCOMPARE(truth.steps[0].time, u"12:02:01.3Z"_s);
        QVERIFY(truth.sentence.contains(u"not live"_s));
    }

    void nothingIsTrueOfWhatWasTakenDown()
    {
        workbench::TitleOnBoard title = titleWith(clearFacts(), PublicationState::Withdrawn);
        title.steps = {kNow, kNow, kNow, kNow};
        const std::vector waiting {operationOf(catalog::OperationKind::Withdraw)};
        for (const auto& step : truthText(title, {}).steps)
            QVERIFY(step.state == Step::Open);
        QVERIFY(truthText(title, {}).sentence != truthText(title, waiting).sentence);
        QVERIFY(!isOut(title));
    }

    void aLostAnswerShowsTheNextTry()
    {
        workbench::TitleOnBoard title = titleWith(clearFacts(), PublicationState::Planned);
        title.steps.stored = kNow;
        const std::vector waiting {operationOf(catalog::OperationKind::Publish, 2)};
        const TruthText truth = truthText(title, waiting);
        QVERIFY(truth.steps[1].state == Step::Current);
        QVERIFY(truth.steps[1].time.contains(u"12:02:01Z"_s));
        QVERIFY(truth.sentence.contains(u"same key"_s));
        std::vector refused = waiting;
        refused[0].state = catalog::OperationState::NeedsPerson;
        QVERIFY(truthText(title, refused).steps[1].state == Step::Failed);
    }

    void percentReachesTheEndOnlyThere()
    {
        QCOMPARE(percentText(0.999), u"99 %"_s);
        QCOMPARE(percentText(1), u"100 %"_s);
        QCOMPARE(percentText(-1), u"0 %"_s);
    }
};

QTEST_GUILESS_MAIN(TestWords)
#include "tst_words.moc"
