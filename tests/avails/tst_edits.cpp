#include "core/avails/avail_sheet.h"
#include "core/avails/sheet_import.h"
#include "core/rights/validate.h"

#include <QTest>
#include <algorithm>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::avails;
using namespace vidimus::rights;

/// Which rows of a sheet speak of one title. A director's cut is another title than the film, though both share the ids
/// of the work: rights of one must never play the other.
class EditsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rowsOfOneTitleOrTwo_data();
    void rowsOfOneTitleOrTwo();
    void anEditKeepsItsOwnRightsInALaterFile();
    void severalAlidsOfOneEditGoBackAsTheyCame();
    void oneAvailIdOnTwoRowsIsSaid();
};

namespace {

const QByteArray kHead = "EntryType,DisplayName,TitleInternalAlias,ALID,EditID,ContentID,TitleID,Territory,LicenseType,"
                         "Start,End,AvailID\n";

ImportPlan plan(const QByteArray& rows, const RuleSet& existing = {})
{
    auto made = planCsvImport(kHead + rows, {}, existing);
    if (!made)
        qFatal("%s", qPrintable(made.error().detail));
    return *made;
}

QByteArray row(const QByteArray& ids, const QByteArray& country, const QByteArray& availId)
{
    return "Create,North,Film," + ids + ',' + country + ",SVOD,2026-01-01,Open," + availId + '\n';
}

QStringList scopes(const ImportPlan& made)
{
    QStringList ids;
    for (const Rule& rule : made.rules.added)
        ids.append(rule.scope.toString());
    ids.removeDuplicates();
    return ids;
}

bool hasNote(const ImportPlan& made, const QString& code)
{
    return std::ranges::find(made.notes, code, &CellMessage::code) != made.notes.end();
}

} // namespace

void EditsTest::rowsOfOneTitleOrTwo_data()
{
    QTest::addColumn<QByteArray>("first"); // ALID, EditID, ContentID, TitleID
    QTest::addColumn<QByteArray>("second");
    QTest::addColumn<int>("titles");
    const auto row = [](const char* name, const char* first, const char* second, int titles) {
        QTest::newRow(name) << QByteArray(first) << QByteArray(second) << titles;
    };
    row("two edits of a work", "A1,10.5240/E1,C,10.5240/T", "A2,10.5240/E2,C,10.5240/T", 2);
    row("two ALIDs without edit ids", "A1,,C,10.5240/T", "A2,,C,10.5240/T", 2);
    row("two edits without ALIDs", ",10.5240/E1,C,10.5240/T", ",10.5240/E2,C,10.5240/T", 2);
    row("two edits that share the title id only", ",10.5240/E1,,10.5240/T", ",10.5240/E2,,10.5240/T", 2);
    row("one edit under two ALIDs", "A1,10.5240/E1,C,", "A2,10.5240/E1,C,", 1);
    row("the second says less", "A1,10.5240/E1,C,10.5240/T", ",,C,10.5240/T", 1);
    row("the second says more", ",,C,", "A1,10.5240/E1,C,10.5240/T", 1);
    row("an edit id that was corrected", "A1,10.5240/E1,C,", "A1,10.5240/E9,C,", 1);
}

void EditsTest::rowsOfOneTitleOrTwo()
{
    QFETCH(QByteArray, first);
    QFETCH(QByteArray, second);
    QFETCH(int, titles);
    const ImportPlan made = plan(row(first, "FR", "w1") + row(second, "DE", "w2"));
    QCOMPARE(made.accepted, 2);
    QCOMPARE(scopes(made).size(), titles);
    QCOMPARE(made.titles.added.size(), static_cast<std::size_t>(titles));
    QVERIFY(validate(applied(made, {})));
    // A file of its own says the same as a row below.
    const RuleSet rules = applied(plan(row(first, "FR", "w1")), {});
    const ImportPlan later = plan(row(second, "DE", "w2"), rules);
    QCOMPARE(later.accepted, 1);
    QCOMPARE(later.rules.added[0].scope == rules.rules[0].scope, titles == 1);
    QVERIFY(validate(applied(later, rules)));
}

void EditsTest::anEditKeepsItsOwnRightsInALaterFile()
{
    const QByteArray both = row("A1,10.5240/E1,C,10.5240/T", "FR", "w1") + row("A2,10.5240/E2,C,10.5240/T", "DE", "w2");
    const RuleSet rules = applied(plan(both), {});
    const ImportPlan again = plan(both, rules);
    QVERIFY(again.rules.added.empty() && again.rules.changed.empty() && again.titles.added.empty()
        && again.titles.changed.empty());
    // The ids of the work alone name the first edit that is known; the edit's own id names the edit.
    const ImportPlan byEdit = plan(row(",10.5240/E2,C,10.5240/T", "IT", "w3"), rules);
    QCOMPARE(scopes(byEdit), QStringList {u"A2"_s});
}

void EditsTest::severalAlidsOfOneEditGoBackAsTheyCame()
{
    const QByteArray both = row("A1,10.5240/E1,C,", "FR", "w1") + row("A2,10.5240/E1,C,", "DE", "w2");
    const ImportPlan made = plan(both);
    QVERIFY(hasNote(made, u"SAME_EDIT"_s));
    const RuleSet rules = applied(made, {});
    const SheetTable sheet = availSheet(rules);
    QStringList alids;
    for (std::size_t i = 1; i < sheet.rows.size(); ++i)
        alids.append(sheet.rows[i].cells[sheet.rows[0].cells.indexOf(u"ALID"_s)]);
    QCOMPARE(alids, (QStringList {u"A1"_s, u"A2"_s}));
    const ImportPlan again = plan(both, rules);
    QVERIFY(again.rules.added.empty() && again.rules.changed.empty());
}

void EditsTest::oneAvailIdOnTwoRowsIsSaid()
{
    const QByteArray both = row("A1,,,", "FR", "w1") + row("A2,,,", "DE", "w1");
    const ImportPlan made = plan(both);
    QCOMPARE(made.accepted, 2);
    const auto note = std::ranges::find(made.notes, u"AVAIL_ID_TWICE"_s, &CellMessage::code);
    QVERIFY(note != made.notes.end());
    QCOMPARE(note->row, 3);
    QVERIFY(!hasNote(plan(row("A1,,,", "FR", "w1") + row("A2,,,", "DE", "w2")), u"AVAIL_ID_TWICE"_s));
    // Both go back with the AvailID that the licensor gave.
    const SheetTable sheet = availSheet(applied(made, {}));
    const qsizetype place = sheet.rows[0].cells.indexOf(u"AvailID"_s);
    QCOMPARE(sheet.rows[1].cells[place], u"w1"_s);
    QCOMPARE(sheet.rows[2].cells[place], u"w1"_s);
    const RuleSet rules = applied(made, {});
    const ImportPlan again = plan(both, rules);
    QVERIFY(again.rules.added.empty() && again.rules.changed.empty());
}

QTEST_GUILESS_MAIN(EditsTest)
#include "tst_edits.moc"
