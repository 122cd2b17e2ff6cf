#include "rights_fixture.h"

#include "tests/support/patience.h"
#include "ui/rights/bulk_form.h"
#include "ui/rights/bulk_panel.h"
#include "ui/rights/plan_panel.h"
#include "ui/rights/rights_grid_view.h"
#include "ui/rights/sheet_text.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QSpinBox>
#include <QTest>

using namespace vidimus::ui::rights;
using namespace vidimus::ui::rights::tests;
using namespace Qt::StringLiterals;
using vidimus::Instant;
using vidimus::TitleId;
using vidimus::WindowId;
using vidimus::workbench::RightsPlan;

class TestBulk : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void shiftsTheChosenEdges();
    void replacesADayAndKeepsTheTimeOfDay();
    void mergesOnlyWhatTouchesAndIsEqual_data();
    void mergesOnlyWhatTouchesAndIsEqual();
    void copiesASeasonWithItsParts();
    void pastesByHeadingAndByPlace();
    void refusesAPasteAsAWhole();
    void readsQuotedCellsAndWritesNoFormula();
    void f2EditsAllSelected();
    void keysCopyPasteAndUndoAsOneStep();
    void tenThousandWindowsOfOneTitleArePasted();
    void shiftPanelSaysWhatItWouldDo();
    void findAndReplaceThroughKeys();
    void mergesThroughKeys();
    void copiesASeasonThroughKeys();
};

namespace {

const Instant kDec = instant("2026-12-01T00:00:00Z");

std::vector<engine::Rule> two()
{
    return {grant(u"a"_s, u"t"_s, {u"DE"_s}, {u"svod"_s}, instant("2026-11-01T06:00:00Z"), kDec),
        grant(u"b"_s, u"t"_s, {u"DE"_s}, {u"svod"_s}, kDec, std::nullopt)};
}

RightsPlan seasons()
{
    RightsPlan plan;
    const auto add = [&plan](const char* id, const char* parent, engine::TitleKind kind, std::optional<int> number) {
        engine::Title made = title(QString::fromLatin1(id), QString::fromLatin1(id));
        made.parent = TitleId(QString::fromLatin1(parent));
        made.kind = kind;
        made.number = number;
        plan.titles.push_back(made);
    };
    add("show", "", engine::TitleKind::Series, std::nullopt);
    add("s1", "show", engine::TitleKind::Season, 1);
    add("s2", "show", engine::TitleKind::Season, 2);
    add("s1e1", "s1", engine::TitleKind::Episode, 1);
    add("s1e2", "s1", engine::TitleKind::Episode, 2);
    add("s2e1", "s2", engine::TitleKind::Episode, 1);
    plan.put = {grant(u"w1"_s, u"s1"_s, {u"DE"_s}, {u"svod"_s}, instant("2026-01-31T00:00:00Z"), kDec),
        grant(u"w2"_s, u"s1e1"_s, {u"FR"_s}, {u"svod"_s}, std::nullopt, kDec),
        grant(u"w3"_s, u"s1e2"_s, {u"FR"_s}, {u"svod"_s}, kDec, std::nullopt)};
    return plan;
}

RightsPlan fourWindows()
{
    RightsPlan plan;
    plan.titles = {title(u"t"_s, u"Harbour Nights"_s), title(u"u"_s, u"Ring Road"_s)};
    for (const char* code : {"AT", "CH", "DE"})
        plan.put.push_back(grant(
            u"w-"_s + QString::fromLatin1(code), u"t"_s, {QString::fromLatin1(code)}, {u"svod"_s}, kDec, std::nullopt));
    plan.put.push_back(grant(u"other"_s, u"u"_s, {u"PL"_s}, {u"svod"_s}, kDec, std::nullopt));
    return plan;
}

void key(RightsPage& page, Qt::Key which, Qt::KeyboardModifiers modifiers = {})
{
    QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : page.baseFocus(), which, modifiers);
}

/// The cursor on the first of a title's windows, and \a more below it selected with Shift+Down.
void selectFrom(RightsPage& page, const char* window, int more)
{
    page.grid().showWindow(WindowId(QString::fromLatin1(window)), Column::Territory);
    page.grid().setFocus();
    for (int i = 0; i < more; ++i)
        key(page, Qt::Key_Down, Qt::ShiftModifier);
}

const engine::Rule& planned(RightsPage& page, const char* window)
{
    return *page.session().plan().find(WindowId(QString::fromLatin1(window)));
}

} // namespace

void TestBulk::shiftsTheChosenEdges()
{
    const auto both = shiftWindows(two(), EdgeChoice::Both, NudgeStep::Day, 7);
    QCOMPARE(both.size(), std::size_t(2));
    QCOMPARE(*both[0].window.start, instant("2026-11-08T06:00:00Z"));
    QCOMPARE(*both[1].window.start, instant("2026-12-08T00:00:00Z"));
    QVERIFY(!both[1].window.end); // an open side stays open
    const auto ends = shiftWindows(two(), EdgeChoice::End, NudgeStep::Month, -1);
    QCOMPARE(ends.size(), std::size_t(1)); // the other has no end
    QCOMPARE(*ends[0].window.end, instant("2026-11-01T00:00:00Z"));
    QVERIFY(shiftWindows(two(), EdgeChoice::Both, NudgeStep::Day, 0).empty());
}

void TestBulk::replacesADayAndKeepsTheTimeOfDay()
{
    const auto day
        = replaceDates(two(), EdgeChoice::Both, *parseDateText(u"2026-11-01"_s), *parseDateText(u"2026-11-15"_s));
    QCOMPARE(day.size(), std::size_t(1));
    QCOMPARE(*day[0].window.start, instant("2026-11-15T06:00:00Z"));
    const auto exact = replaceDates(
        two(), EdgeChoice::Both, *parseDateText(u"2026-12-01T00:00:00Z"_s), *parseDateText(u"2027-01-01 12:00"_s));
    QCOMPARE(exact.size(), std::size_t(2));
    QCOMPARE(*exact[1].window.start, instant("2027-01-01T12:00:00Z"));
    QVERIFY(
        replaceDates(two(), EdgeChoice::End, *parseDateText(u"2026-11-01"_s), *parseDateText(u"2027-01-01"_s)).empty());
    QCOMPARE(parseDateText(u"tomorrow"_s).error().reason, "bad_date");
}

void TestBulk::mergesOnlyWhatTouchesAndIsEqual_data()
{
    QTest::addColumn<int>("which");
    QTest::addColumn<QString>("reason");
    QTest::newRow("touching") << 0 << QString();
    QTest::newRow("apart") << 1 << u"apart"_s;
    QTest::newRow("differing") << 2 << u"differ"_s;
    QTest::newRow("alone") << 3 << u"too_few"_s;
}

void TestBulk::mergesOnlyWhatTouchesAndIsEqual()
{
    QFETCH(const int, which);
    QFETCH(const QString, reason);
    auto rules = two();
    if (which == 1)
        rules[1].window.start = kDec + std::chrono::seconds(1);
    if (which == 2)
        rules[1].exclusive = true;
    if (which == 3)
        rules.pop_back();
    std::ranges::reverse(rules); // the order given does not matter
    const auto merged = mergeWindows(rules);
    QCOMPARE(merged ? QString() : QString::fromLatin1(merged.error().reason), reason);
    if (!merged)
        return;
    QCOMPARE(merged->rule.id, WindowId(u"a"_s));
    QVERIFY(!merged->rule.window.end);
    QCOMPARE(merged->removed, std::vector {WindowId(u"b"_s)});
}

void TestBulk::copiesASeasonWithItsParts()
{
    const RightsPlan plan = seasons();
    engine::RuleSet rules;
    rules.titles = plan.titles;
    rules.rules = plan.put;
    QCOMPARE(nextSeasonOf(TitleId(u"s1"_s), rules.titles), std::optional(TitleId(u"s2"_s)));
    QVERIFY(!nextSeasonOf(TitleId(u"s2"_s), rules.titles));
    QVERIFY(!nextSeasonOf(TitleId(u"show"_s), rules.titles));
    const CopiedRights copied = copyRights(rules, TitleId(u"s1"_s), TitleId(u"s2"_s), NudgeStep::Month, 1);
    QCOMPARE(copied.rules.size(), std::size_t(2));
    QCOMPARE(copied.withoutTarget, 1); // episode 2 has no counterpart
    QCOMPARE(copied.rules[0].scope, TitleId(u"s2"_s));
    QCOMPARE(*copied.rules[0].window.start, instant("2026-02-28T00:00:00Z"));
    QCOMPARE(copied.rules[1].scope, TitleId(u"s2e1"_s));
    QVERIFY(!copied.rules[1].window.start);
    QVERIFY(copied.rules[0].id != WindowId(u"w1"_s));
}

void TestBulk::pastesByHeadingAndByPlace()
{
    const engine::RuleSet rules;
    const auto byHeading
        = pasteSheetText(u"Ends (first instant not licensed)\tTerritory\tRemarks\n2027-01-01\tFR, BE\tx\n"_s, two(),
            Column::Start, rules);
    QVERIFY(byHeading);
    QCOMPARE(byHeading->put.size(), std::size_t(2)); // one line goes to all
    for (const engine::Rule& rule : byHeading->put) {
        QCOMPARE(*rule.window.end, instant("2027-01-01T00:00:00Z"));
        QCOMPARE(rule.territory.include, (QStringList {u"FR"_s, u"BE"_s}));
    }
    const auto byPlace = pasteSheetText(
        u"2026-10-01\t2026-11-01\n2026-11-01\t2026-12-01\r\n2026-12-01\topen\n"_s, two(), Column::Start, rules);
    QVERIFY(byPlace);
    QCOMPARE(byPlace->put.size(), std::size_t(3));
    QCOMPARE(byPlace->added, 1); // the third line finds no window and becomes one
    QCOMPARE(byPlace->put[0].id, WindowId(u"a"_s));
    QVERIFY(byPlace->put[2].id != WindowId(u"b"_s));
    QVERIFY(!byPlace->put[2].window.end);
    const auto withDeal = pasteSheetText(u"K-9 North\nK-9\n"_s, two(), Column::Contract, rules);
    QVERIFY(withDeal);
    QCOMPARE(withDeal->deals.size(), std::size_t(1));
    QCOMPARE(withDeal->deals.front().licensor, u"North"_s);
}

void TestBulk::refusesAPasteAsAWhole()
{
    const engine::RuleSet rules;
    const auto bad = pasteSheetText(u"2026-10-01\nsome day\n"_s, two(), Column::Start, rules);
    QVERIFY(!bad);
    QCOMPARE(bad.error().reason, "bad_date");
    QVERIFY2(bad.error().detail.contains(u'2'), qPrintable(bad.error().detail));
    QCOMPARE(pasteSheetText(u"\n \n"_s, two(), Column::Start, rules).error().reason, "empty_paste");
    QCOMPARE(pasteSheetText(u"DE"_s, {}, Column::Territory, rules).error().reason, "no_target");
    QCOMPARE(pasteSheetText(u"x"_s, two(), Column::State, rules).error().reason, "not_editable");
    QCOMPARE(
        pasteSheetText(u"DE\n"_s.repeated(10'001), two(), Column::Territory, rules).error().reason, "paste_too_long");
    QCOMPARE(pasteSheetText(u"Atlantis"_s, two(), Column::Territory, rules).error().reason, "unknown_territory");
}

void TestBulk::readsQuotedCellsAndWritesNoFormula()
{
    const auto quoted = pasteSheetText(u"\"DE\nAT\"\t\"svod\"\n"_s, two(), Column::Territory, {});
    QVERIFY(quoted);
    QCOMPARE(quoted->put.front().territory.include, (QStringList {u"DE"_s, u"AT"_s}));
    GridRow row;
    row.title = u"=HYPERLINK(\"x\")"_s;
    row.rule = two().front();
    const QString text = toSheetText({row});
    QCOMPARE(text.count(u'\n'), 2);
    QVERIFY(text.contains(u"\n'=HYPERLINK"));
    const auto back = pasteSheetText(text, {two().front()}, Column::Territory, {});
    QVERIFY(back);
    QCOMPARE(back->put.front(), two().front());
}

void TestBulk::f2EditsAllSelected()
{
    RightsFixture fixture;
    fixture.add(fourWindows());
    RightsPage& page = fixture.open();
    selectFrom(page, "w-AT", 2);
    QCOMPARE(page.grid().selectedWindows().size(), std::size_t(3));
    key(page, Qt::Key_Right); // the right
    key(page, Qt::Key_F2);
    auto* editor = qobject_cast<QLineEdit*>(QApplication::focusWidget());
    QVERIFY(editor);
    QTest::keyClicks(editor, u"avod, exclusive"_s);
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(page.session().plan().count(), 3, kPatienceMs);
    for (const char* window : {"w-AT", "w-CH", "w-DE"}) {
        QVERIFY(planned(page, window).exclusive);
        QCOMPARE(planned(page, window).offers.names, QStringList {u"avod"_s});
    }
    QVERIFY(page.session().undo()); // one step
    QVERIFY(page.session().plan().isEmpty());
}

void TestBulk::keysCopyPasteAndUndoAsOneStep()
{
    RightsFixture fixture;
    fixture.add(fourWindows());
    RightsPage& page = fixture.open();
    selectFrom(page, "w-AT", 1);
    key(page, Qt::Key_C, Qt::ControlModifier);
    QVERIFY(QApplication::clipboard()->text().contains(u"Harbour Nights\tAT\tsvod"));
    QApplication::clipboard()->setText(u"PT\nES\n"_s);
    selectFrom(page, "w-CH", 0);
    key(page, Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(planned(page, "w-CH").territory.include, QStringList {u"PT"_s});
    QCOMPARE(planned(page, "w-DE").territory.include, QStringList {u"ES"_s});
    QCOMPARE(page.session().plan().count(), 2);
    key(page, Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(page.session().plan().isEmpty());
    QApplication::clipboard()->setText(u"PT\nnowhere\n"_s);
    key(page, Qt::Key_V, Qt::ControlModifier);
    QVERIFY(page.session().plan().isEmpty()); // nothing half pasted
    QVERIFY(page.plan().problemText().contains(u"NOWHERE"));
}

/// As many windows of one title as a paste may bring: staged as one step, and what they do is worked out.
void TestBulk::tenThousandWindowsOfOneTitleArePasted()
{
    RightsFixture fixture;
    fixture.add(fourWindows());
    RightsPage& page = fixture.open();
    constexpr int kLines = 10'000;
    QString cells;
    for (int i = 0; i < kLines; ++i) {
        const Instant start = kDec + std::chrono::hours(2 * i);
        cells += vidimus::toRfc3339(start) + u'\t' + vidimus::toRfc3339(start + std::chrono::hours(2)) + u'\n';
    }
    page.session().paste(cells, {WindowId(u"w-AT"_s)}, Column::Start);
    QCOMPARE(page.session().plan().count(), kLines);
    QTRY_VERIFY_WITH_TIMEOUT(page.session().isMeasured(), kPatienceMs);
    QVERIFY(page.model().windowCount() >= kLines);
    QVERIFY(!page.grab().isNull());
    QVERIFY(page.session().undo());
    QVERIFY(page.session().plan().isEmpty());
    page.session().paste(cells + u"2027-01-01\t2027-01-02\n"_s, {WindowId(u"w-AT"_s)}, Column::Start);
    QVERIFY(page.session().plan().isEmpty()); // one too many: refused as a whole, with what to do
    QVERIFY2(page.plan().problemText().contains(u"10"), qPrintable(page.plan().problemText()));
}

void TestBulk::shiftPanelSaysWhatItWouldDo()
{
    RightsFixture fixture;
    fixture.add(fourWindows());
    RightsPage& page = fixture.open();
    selectFrom(page, "w-AT", 2);
    key(page, Qt::Key_S);
    QVERIFY(page.bulk().isVisible());
    QVERIFY2(page.bulk().summaryText().startsWith(u'3'), qPrintable(page.bulk().summaryText()));
    auto* count = qobject_cast<QSpinBox*>(page.bulk().form().firstField());
    QVERIFY(count && count->hasFocus());
    count->setValue(0);
    QVERIFY(page.bulk().summaryText().startsWith(u'0'));
    count->setValue(-3);
    page.bulk().stage();
    QVERIFY(!page.bulk().isVisible());
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget*>(&page.grid()));
    QCOMPARE(*planned(page, "w-DE").window.start, kDec - std::chrono::days(3));
    key(page, Qt::Key_S);
    key(page, Qt::Key_Escape);
    QVERIFY(!page.bulk().isVisible());
    QCOMPARE(page.session().plan().count(), 3); // Esc closed the panel and dropped nothing
}

void TestBulk::findAndReplaceThroughKeys()
{
    RightsFixture fixture;
    fixture.add(fourWindows());
    RightsPage& page = fixture.open();
    selectFrom(page, "w-AT", 1);
    key(page, Qt::Key_H, Qt::ControlModifier);
    auto* put = qobject_cast<QLineEdit*>(QApplication::focusWidget());
    QVERIFY(put);
    QTest::keyClicks(put, u"2026-12-0x"_s);
    QVERIFY(page.bulk().summaryText().contains(u"2026-12-0x"));
    put->selectAll();
    QTest::keyClicks(put, u"2026-12-15"_s);
    QTest::keyClick(put, Qt::Key_Return);
    QCOMPARE(page.session().plan().count(), 2);
    QCOMPARE(*planned(page, "w-CH").window.start, instant("2026-12-15T00:00:00Z"));
    QCOMPARE(*planned(page, "w-DE").window.start, kDec);
}

void TestBulk::mergesThroughKeys()
{
    RightsFixture fixture;
    RightsPlan plan;
    plan.titles = {title(u"t"_s, u"Harbour Nights"_s)};
    plan.put = two();
    fixture.add(plan);
    RightsPage& page = fixture.open();
    selectFrom(page, "a", 0);
    key(page, Qt::Key_M);
    QVERIFY(!page.plan().problemText().isEmpty());
    selectFrom(page, "a", 1);
    key(page, Qt::Key_M);
    QVERIFY(page.session().plan().isRemoved(WindowId(u"b"_s)));
    QVERIFY(!planned(page, "a").window.end);
}

void TestBulk::copiesASeasonThroughKeys()
{
    RightsFixture fixture;
    fixture.add(seasons());
    RightsPage& page = fixture.open();
    selectFrom(page, "w1", 0);
    key(page, Qt::Key_Y);
    QVERIFY2(page.bulk().summaryText().startsWith(u'2'), qPrintable(page.bulk().summaryText()));
    page.bulk().stage();
    QCOMPARE(page.session().plan().added().size(), std::size_t(2));
    for (const engine::Rule* rule : page.session().plan().added())
        QVERIFY(rule->scope == TitleId(u"s2"_s) || rule->scope == TitleId(u"s2e1"_s));
}

QTEST_MAIN(TestBulk)
#include "tst_bulk.moc"
