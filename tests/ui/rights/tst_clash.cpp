#include "rights_fixture.h"
#include "tests/support/patience.h"

#include "core/workbench/rights_drafts.h"
#include "ui/rights/cell_table_model.h"
#include "ui/rights/clash_panel.h"
#include "ui/rights/plan_panel.h"
#include "ui/rights/rights_grid_view.h"
#include "ui/rights/rule_fields.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace vidimus::ui::rights;
using namespace vidimus::ui::rights::tests;
using namespace Qt::StringLiterals;
using vidimus::Instant;
using vidimus::TitleId;
using vidimus::WindowId;
using vidimus::workbench::RightsPlan;

/// A plan made on rules that somebody else changed meanwhile: base, theirs and mine, and a choice for each row.
class TestClash : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fieldsTogetherAreTheWholeRule();
    void whatOnlyTheyChangedIsTakenOver();
    void sameChangeIsNoClash();
    void bothSidesOfAFieldAreShown();
    void eitherSideCanStand_data();
    void eitherSideCanStand();
    void removedWindowsAreChosenAsAWhole_data();
    void removedWindowsAreChosenAsAWhole();
    void choosingCanBeUndone();
    void staleDraftIsTakenIntoThePlan();
    void windowShowsBothSidesAndSavesTheChoice();
};

namespace {

const Instant kStart = instant("2026-01-01T00:00:00Z");
const Instant kEnd = instant("2026-07-01T00:00:00Z");
const Instant kMineEnd = instant("2026-08-01T00:00:00Z");
const Instant kTheirEnd = instant("2026-09-01T00:00:00Z");

engine::Rule window()
{
    return grant(u"w"_s, u"t"_s, {u"DE"_s}, {u"svod"_s}, kStart, kEnd);
}

std::shared_ptr<const engine::RuleSet> rulesWith(const std::vector<engine::Rule>& rules)
{
    auto set = std::make_shared<engine::RuleSet>();
    set->titles = {title(u"t"_s, u"Harbour Nights"_s)};
    set->rules = rules;
    return set;
}

/// Mine ends in August; theirs as given, or removed.
StagedPlan planUnder(const std::optional<engine::Rule>& theirs)
{
    StagedPlan plan;
    plan.setBase(rulesWith({window()}));
    engine::Rule mine = window();
    mine.window.end = kMineEnd;
    plan.stage({mine});
    plan.setBase(rulesWith(theirs ? std::vector {*theirs} : std::vector<engine::Rule>()));
    return plan;
}

engine::Rule theirsEnding(Instant end)
{
    engine::Rule theirs = window();
    theirs.window.end = end;
    return theirs;
}

} // namespace

void TestClash::fieldsTogetherAreTheWholeRule()
{
    engine::Rule full = window();
    full.sites = {.all = true, .names = {}};
    full.deal = vidimus::DealId(u"K-1"_s);
    full.exclusive = true;
    full.priority = 4;
    full.preOrder = engine::Window {kStart, kEnd};
    full.announced = engine::Window {kStart, std::nullopt};
    full.status = engine::RuleStatus::Pending;
    full.terms = {{u"license_type"_s, u"SVOD"_s}};
    full.provenance = engine::Provenance {u"a.csv"_s, u"Avails"_s, 4, u"2025b"_s};
    engine::Rule made;
    made.id = full.id;
    for (const RuleField& field : ruleFields()) {
        engine::Rule one = made;
        field.take(one, full);
        QVERIFY2(field.same(one, full), qPrintable(field.name()));
        field.take(made, full);
    }
    QCOMPARE(made, full);
}

void TestClash::whatOnlyTheyChangedIsTakenOver()
{
    engine::Rule theirs = window();
    theirs.territory.include = {u"DE"_s, u"AT"_s};
    theirs.exclusive = true;
    const StagedPlan plan = planUnder(theirs);
    QVERIFY(!plan.hasClashes());
    const engine::Rule mine = *plan.find(WindowId(u"w"_s));
    QCOMPARE(mine.window.end, kMineEnd);
    QCOMPARE(mine.territory, theirs.territory);
    QVERIFY(mine.exclusive);
    QCOMPARE(plan.rows().size(), std::size_t(1)); // the end alone is left to save
    QCOMPARE(plan.toPlan(u"x"_s).seen.front(), theirs);
}

void TestClash::sameChangeIsNoClash()
{
    const StagedPlan plan = planUnder(theirsEnding(kMineEnd));
    QVERIFY(!plan.hasClashes());
    QVERIFY(plan.isEmpty());
}

void TestClash::bothSidesOfAFieldAreShown()
{
    const StagedPlan plan = planUnder(theirsEnding(kTheirEnd));
    QVERIFY(plan.hasClashes());
    const std::vector<Clash> clashes = plan.clashes();
    QCOMPARE(clashes.size(), std::size_t(1));
    QCOMPARE(clashes[0].window, WindowId(u"w"_s));
    QVERIFY2(clashes[0].what.contains(u"end"), qPrintable(clashes[0].what));
    QVERIFY(clashes[0].base != clashes[0].theirs && clashes[0].theirs != clashes[0].mine);
}

void TestClash::eitherSideCanStand_data()
{
    QTest::addColumn<bool>("mine");
    QTest::newRow("mine") << true;
    QTest::newRow("theirs") << false;
}

void TestClash::eitherSideCanStand()
{
    QFETCH(const bool, mine);
    engine::Rule theirs = theirsEnding(kTheirEnd);
    theirs.priority = 3;
    StagedPlan plan = planUnder(theirs);
    plan.choose(WindowId(u"w"_s), plan.clashes().front().field, mine ? Side::Mine : Side::Theirs);
    QVERIFY(!plan.hasClashes());
    QCOMPARE(plan.isEmpty(), !mine); // with theirs nothing is left to save
    const engine::Rule stands = *plan.find(WindowId(u"w"_s));
    QCOMPARE(stands.window.end, mine ? kMineEnd : kTheirEnd);
    QCOMPARE(stands.priority, 3);
}

void TestClash::removedWindowsAreChosenAsAWhole_data()
{
    QTest::addColumn<bool>("theyRemoved");
    QTest::addColumn<bool>("mine");
    QTest::addColumn<bool>("stands");
    QTest::newRow("they removed it, mine") << true << true << true;
    QTest::newRow("they removed it, theirs") << true << false << false;
    QTest::newRow("I removed it, mine") << false << true << false;
    QTest::newRow("I removed it, theirs") << false << false << true;
}

void TestClash::removedWindowsAreChosenAsAWhole()
{
    QFETCH(const bool, theyRemoved);
    QFETCH(const bool, mine);
    QFETCH(const bool, stands);
    StagedPlan plan = planUnder(std::nullopt);
    if (!theyRemoved) {
        plan = StagedPlan();
        plan.setBase(rulesWith({window()}));
        plan.stage({}, {WindowId(u"w"_s)});
        plan.setBase(rulesWith({theirsEnding(kTheirEnd)}));
    }
    QCOMPARE(plan.clashes().size(), std::size_t(1));
    QCOMPARE(plan.clashes().front().field, kWholeWindow);
    plan.choose(WindowId(u"w"_s), kWholeWindow, mine ? Side::Mine : Side::Theirs);
    QVERIFY(!plan.hasClashes());
    const engine::RuleSet planned = plan.planned();
    QCOMPARE(planned.rules.size(), std::size_t(stands ? 1 : 0));
    if (stands)
        QCOMPARE(planned.rules[0].window.end, theyRemoved ? kMineEnd : kTheirEnd);
}

void TestClash::choosingCanBeUndone()
{
    StagedPlan plan = planUnder(theirsEnding(kTheirEnd));
    plan.choose(WindowId(u"w"_s), plan.clashes().front().field, Side::Theirs);
    QVERIFY(plan.isEmpty());
    QVERIFY(plan.undo());
    QVERIFY(plan.hasClashes());
    QCOMPARE(plan.find(WindowId(u"w"_s))->window.end, kMineEnd);
    plan.choose(WindowId(u"w"_s), 77777, Side::Mine); // no such field
    QVERIFY(plan.hasClashes());
}

void TestClash::staleDraftIsTakenIntoThePlan()
{
    RightsPlan draft;
    draft.put = {theirsEnding(kMineEnd)};
    draft.seen = {window()};
    StagedPlan plan;
    plan.setBase(rulesWith({theirsEnding(kTheirEnd)}));
    plan.take(draft);
    QCOMPARE(plan.clashes().size(), std::size_t(1));
    QVERIFY(plan.undo());
    QVERIFY(plan.isEmpty());
}

void TestClash::windowShowsBothSidesAndSavesTheChoice()
{
    RightsFixture fixture;
    RightsPlan standing;
    standing.titles = {title(u"t"_s, u"Harbour Nights"_s)};
    standing.put = {window()};
    fixture.add(standing);
    RightsPage& page = fixture.open();
    page.grid().showWindow(WindowId(u"w"_s), Column::State);
    engine::Rule mine = window();
    mine.window.end = kMineEnd;
    page.session().stage({mine});
    RightsPlan theirs;
    theirs.put = {theirsEnding(kTheirEnd)};
    fixture.add(theirs); // as somebody else would, through the socket
    QTRY_VERIFY_WITH_TIMEOUT(page.session().plan().hasClashes(), kPatienceMs);
    ClashPanel& clashes = page.plan().clashes();
    QVERIFY(clashes.isVisible());
    QCOMPARE(clashes.model().rowCount(), 1);
    QVERIFY(!page.plan().table()->isVisible());
    QVERIFY(!page.grab().isNull());
    QSignalSpy failed(&page.session(), &RightsSession::failed);
    QTest::keyClick(&page.grid(), Qt::Key_Return, Qt::ControlModifier); // not before it is chosen
    QCOMPARE(failed.count(), 1);
    QVERIFY2(page.plan().problemText().contains(u"both sides"), qPrintable(page.plan().problemText()));
    QTest::keyClick(&page.grid(), Qt::Key_K); // mine
    QVERIFY(!page.session().plan().hasClashes());
    QVERIFY(!clashes.isVisible());
    QSignalSpy applied(&page.session(), &RightsSession::applied);
    QTest::keyClick(&page.grid(), Qt::Key_Return, Qt::ControlModifier);
    QVERIFY2(applied.wait(kPatienceMs), qPrintable(page.plan().problemText()));
    QCOMPARE(fixture.savedRules().front().window.end, kMineEnd);
}

QTEST_MAIN(TestClash)
#include "tst_clash.moc"
