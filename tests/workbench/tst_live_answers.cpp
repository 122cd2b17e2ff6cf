#include "core/workbench/compiled_rights.h"
#include "core/workbench/live_answers.h"
#include "core/workbench/rules_cache.h"
#include "workbench_room.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::test;
using namespace vidimus::workbench;

/// "What is live at t" through the compiled form, and through the rules while there is none.
class LiveAnswersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rulesAnswerWithoutACompiledForm();
    void theCompiledFormAnswersTheSame();
    void aSaveIsCompiledAnew();
    void otherQuestionsAreCompiledWhenAsked();
    void unknownNamesAreNotLive();
};

namespace {

const Instant kNow {Milliseconds {1'767'225'600'000}};
const LiveCell kCell {.country = u"FR"_s, .subdivision = {}, .site = u"web"_s, .offer = u"svod"_s, .at = kNow};

RightsPlan films(int count, const QString& country)
{
    RightsPlan plan;
    for (int i = 0; i < count; ++i) {
        rights::Title film;
        film.id = TitleId(u"film %1 é"_s.arg(i));
        rights::Rule rule;
        rule.id = WindowId(u"rule %1"_s.arg(i));
        rule.scope = film.id;
        rule.territory.include = {country, u"DE"_s};
        rule.sites.names = {u"web"_s};
        rule.offers.names = {u"svod"_s};
        rule.window = {kNow - std::chrono::days(i), kNow + std::chrono::days(i)};
        rule.announced = rights::Window {kNow, {}};
        plan.titles.push_back(film);
        plan.put.push_back(rule);
    }
    return plan;
}

void waitForSnapshot(WorkbenchRoom& room, rights::Question question = rights::Question::Playable)
{
    LiveCell cell = kCell;
    cell.question = question;
    QTRY_COMPARE_WITH_TIMEOUT(liveTitles(room.workspace(), cell)->basis.by, AnsweredBy::Snapshot, 60'000);
}

} // namespace

void LiveAnswersTest::rulesAnswerWithoutACompiledForm()
{
    WorkbenchRoom room;
    QVERIFY(applyRightsPlan(room.workspace(), films(5, u"FR"_s)));
    const auto live = liveTitles(room.workspace(), kCell);
    QVERIFY(live);
    QCOMPARE(live->count, 4); // the first window is empty
    QCOMPARE(live->basis.by, AnsweredBy::Rules);
    QVERIFY(live->basis.statement.contains(u"studio"_s));
    const auto no = liveAnswer(room.workspace(), TitleId(u"film 0 é"_s), kCell);
    QCOMPARE(no->answer.reason, rights::Reason::EmptyWindow);
    const auto map = liveMap(room.workspace(), kCell);
    QVERIFY(map);
    QCOMPARE(map->countries, (std::map<QString, qint64> {{u"DE"_s, 4}, {u"FR"_s, 4}}));
}

void LiveAnswersTest::theCompiledFormAnswersTheSame()
{
    WorkbenchRoom room;
    QVERIFY(applyRightsPlan(room.workspace(), films(40, u"FR"_s)));
    const auto byRules = liveTitles(room.workspace(), kCell);
    const auto mapByRules = liveMap(room.workspace(), kCell, TitleId(u"film 3 é"_s));
    room.workspace().rules().startCompiling(room.workspace());
    waitForSnapshot(room);
    const auto live = liveTitles(room.workspace(), kCell, 10);
    QVERIFY(live && live->basis.statement.isEmpty() && live->basis.version > 0);
    QCOMPARE(live->count, byRules->count);
    QCOMPARE(live->titles.size(), 10U);
    for (const TitleId& title : live->titles)
        QVERIFY(std::ranges::find(byRules->titles, title) != byRules->titles.end());
    QCOMPARE(liveMap(room.workspace(), kCell, TitleId(u"film 3 é"_s))->countries, mapByRules->countries);
    QCOMPARE(liveMap(room.workspace(), kCell)->countries.at(u"DE"_s), 39);
    const auto yes = liveAnswer(room.workspace(), TitleId(u"film 7 é"_s), kCell);
    QVERIFY(yes->answer.available);
    QCOMPARE(yes->answer.termsFrom.toString(), u"rule 7"_s);
}

void LiveAnswersTest::aSaveIsCompiledAnew()
{
    WorkbenchRoom room;
    room.workspace().rules().startCompiling(room.workspace());
    QVERIFY(applyRightsPlan(room.workspace(), films(5, u"FR"_s)));
    waitForSnapshot(room);
    const auto before = liveTitles(room.workspace(), kCell);
    QVERIFY(applyRightsPlan(room.workspace(), films(5, u"JP"_s)));
    // Never the old answer: the rules until the new form is there.
    QCOMPARE(liveTitles(room.workspace(), kCell)->count, 0);
    waitForSnapshot(room);
    const auto after = liveTitles(room.workspace(), kCell);
    QCOMPARE(after->count, 0);
    QVERIFY(after->basis.version > before->basis.version);
}

void LiveAnswersTest::otherQuestionsAreCompiledWhenAsked()
{
    WorkbenchRoom room;
    QVERIFY(applyRightsPlan(room.workspace(), films(5, u"FR"_s)));
    room.workspace().rules().startCompiling(room.workspace());
    waitForSnapshot(room);
    LiveCell cell = kCell;
    cell.question = rights::Question::Announced;
    QCOMPARE(liveTitles(room.workspace(), cell)->count, 5); // by whichever
    waitForSnapshot(room, rights::Question::Announced);
    QCOMPARE(liveTitles(room.workspace(), cell)->count, 5);
    QCOMPARE(liveTitles(room.workspace(), kCell)->count, 4);
}

void LiveAnswersTest::unknownNamesAreNotLive()
{
    WorkbenchRoom room;
    QVERIFY(applyRightsPlan(room.workspace(), films(5, u"FR"_s)));
    room.workspace().rules().startCompiling(room.workspace());
    waitForSnapshot(room);
    LiveCell cell = kCell;
    cell.site = u"nowhere"_s;
    QCOMPARE(liveTitles(room.workspace(), cell)->count, 0);
    QVERIFY(liveMap(room.workspace(), cell)->countries.empty());
    cell = kCell;
    cell.country = QString(10'000, u'F');
    QCOMPARE(liveTitles(room.workspace(), cell)->count, 0);
    QCOMPARE(liveTitles(room.workspace(), kCell, -1)->titles.size(), 0U);
    QVERIFY(!liveAnswer(room.workspace(), TitleId(u"nobody"_s), kCell)->answer.available);
}

QTEST_GUILESS_MAIN(LiveAnswersTest)
#include "tst_live_answers.moc"
