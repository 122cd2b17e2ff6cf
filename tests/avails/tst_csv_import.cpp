#include "core/avails/csv_export.h"
#include "core/avails/csv_table.h"
#include "core/avails/sheet_import.h"
#include "core/rights/conflicts.h"
#include "core/rights/resolver.h"
#include "core/rights/rule_set_json.h"
#include "core/rights/validate.h"

#include <QJsonArray>
#include <QTest>
#include <algorithm>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::avails;
using namespace vidimus::rights;

class CsvImportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsColumnsByName();
    void readsATemplateWithCategoriesNotesAndPadding();
    void readsDatesAsTheLicensorMeansThem();
    void suppressionHoldsBackTheAnnouncement();
    void preOrdersAreOrderedAndNotPlayed();
    void namesEachBadCell_data();
    void namesEachBadCell();
    void saysWhichColumnIsMissing();
    void comesBackAsADiff();
    void removesWhatAFullExtractLeavesOut();
    void removesNothingWhenARowWasRejected();
    void deletesAndRefusesToDelete();
    void refusesARowSaidTwice();
    void refusesFilesThatAreNoSheet();
    void readsQuotesAndSeparators();
    void exportsWithoutFormulas();
    void survivesMangledBytes();
};

namespace {

const QByteArray kHead = "ALID,Territory,LicenseType,Start,End,AvailID,ContractID,WorkType,TitleInternalAlias\r\n";

ImportPlan plan(const QByteArray& csv, const RuleSet& existing = {}, ImportOptions options = {})
{
    auto made = planCsvImport(csv, options, existing);
    if (!made)
        qFatal("%s", qPrintable(made.error().detail));
    return *made;
}

bool hasCode(const std::vector<CellMessage>& messages, const QString& code)
{
    return std::any_of(messages.begin(), messages.end(), [&code](const CellMessage& one) { return one.code == code; });
}

} // namespace

void CsvImportTest::findsColumnsByName()
{
    const ImportPlan made = plan("end, License Type ,START,territory_exclusion,alid,Territory,Mystery\n"
                                 "2026-07-01T00:00:00Z,svod,2026-01-01T00:00:00Z,\"RU, BY\",md:alid:1,ZZ,?\n");
    QCOMPARE(made.rows, 1);
    QCOMPARE(made.accepted, 1);
    QCOMPARE(made.rules.added.size(), 1U);
    const Rule& rule = made.rules.added[0];
    QCOMPARE(rule.scope, TitleId(u"md:alid:1"_s));
    QCOMPARE(rule.territory.include, QStringList {u"WORLD"_s});
    QCOMPARE(rule.territory.exclude, (QStringList {u"RU"_s, u"BY"_s}));
    QCOMPARE(rule.offers.names, QStringList {u"svod"_s});
    QVERIFY(rule.sites.all);
    QCOMPARE(rule.window.end, *parseRfc3339(u"2026-07-01T00:00:00Z"_s));
    QCOMPARE(rule.provenance->row, 2);
    QCOMPARE(rule.provenance->timeZones, timeZoneDatabaseVersion());
    QVERIFY(hasCode(made.notes, u"UNUSED_COLUMN"_s));
    QVERIFY(validate(applied(made, {})));
}

void CsvImportTest::readsATemplateWithCategoriesNotesAndPadding()
{
    QByteArray csv = "\xEF\xBB\xBF"
                     "Avail,Avail,AvailTrans,AvailTrans,AvailTrans\r\nALID,Territory,LicenseType,Start,End\r\n"
                     "v1.9,REQ,REQ,REQ,REQ\r\n//first batch,,,,\r\nA1,FR,EST,2026-01-01,Open\r\n";
    csv += QByteArray(",,,,\r\n").repeated(1000);
    const ImportPlan made = plan(csv);
    QCOMPARE(made.rows, 1);
    QCOMPARE(made.accepted, 1);
    QVERIFY(!made.rules.added[0].window.end);
    QCOMPARE(made.rules.added[0].provenance->row, 5);
    QVERIFY(hasCode(made.notes, u"NOTE_ROW_SKIPPED"_s));
    QVERIFY(hasCode(made.notes, u"EMPTY_ROWS_SKIPPED"_s));
}

void CsvImportTest::readsDatesAsTheLicensorMeansThem()
{
    ImportOptions options;
    options.times.zone = u"Europe/Paris"_s;
    const QByteArray csv = kHead + "A1,FR,SVOD,2026-10-25 02:30,2027-01-31,w1\nA1,FR,SVOD,45000,9999-12-31,w2\n";
    const ImportPlan made = plan(csv, {}, options);
    QCOMPARE(made.accepted, 2);
    QCOMPARE(made.rules.added[0].window.start, *parseRfc3339(u"2026-10-25T01:30:00Z"_s));
    QCOMPARE(made.rules.added[0].window.end, *parseRfc3339(u"2027-01-31T23:00:00Z"_s));
    QCOMPARE(made.rules.added[1].window.start, *parseRfc3339(u"2023-03-14T23:00:00Z"_s));
    QVERIFY(!made.rules.added[1].window.end);
    QVERIFY(hasCode(made.notes, u"LOCAL_TIME_TWICE"_s));
    QVERIFY(hasCode(made.notes, u"YEAR_MEANS_OPEN"_s));
}

void CsvImportTest::suppressionHoldsBackTheAnnouncement()
{
    const QByteArray head = "ALID,Territory,LicenseType,Start,End,AvailID,AnnounceDate,SuppressionLiftDate\n";
    const auto at = [](const char* text) { return *parseRfc3339(QString::fromLatin1(text)); };
    const ImportPlan made = plan(head
        + "A1,FR,EST,2026-06-01,Open,early,2026-01-01,2026-02-01\nA1,FR,EST,2026-06-01,Open,late,2026-03-01,2026-02-"
          "01\n"
          "A1,FR,EST,2026-06-01,Open,alone,,2026-02-01\nA1,FR,EST,2026-06-01,Open,none,,\n");
    QCOMPARE(made.accepted, 4);
    QCOMPARE(made.rules.added[0].announced->start, at("2026-02-01T00:00:00Z"));
    QCOMPARE(made.rules.added[1].announced->start, at("2026-03-01T00:00:00Z"));
    QCOMPARE(made.rules.added[2].announced->start, at("2026-02-01T00:00:00Z"));
    QVERIFY(!made.rules.added[3].announced);
    QVERIFY(hasCode(made.notes, u"SUPPRESSED_UNTIL"_s));
    const RuleSet rules = applied(made, {});
    const Resolver announced = Resolver(rules).forQuestion(Question::Announced);
    Query query {.title = TitleId(u"A1"_s), .country = u"FR"_s, .site = u"web"_s, .offer = u"est"_s};
    query.at = at("2026-01-31T23:59:59Z");
    QVERIFY(!announced.isAvailable(query));
    query.at = at("2026-02-01T00:00:00Z");
    QVERIFY(announced.isAvailable(query));
}

void CsvImportTest::preOrdersAreOrderedAndNotPlayed()
{
    const QByteArray head
        = "ALID,Territory,LicenseType,Start,End,AvailID,SuppressionLiftDate,SpecialPreOrderFulfillDate\n";
    const auto at = [](const char* text) { return *parseRfc3339(QString::fromLatin1(text)); };
    const ImportPlan made = plan(head
        + "A1,FR,POEST,2026-01-01,2026-06-01T00:00:00Z,order,2026-02-01,2026-06-01\nA1,FR,EST,2026-06-01,Open,sale,,"
          "\n");
    QCOMPARE(made.accepted, 2);
    QVERIFY(hasCode(made.notes, u"PRE_ORDER_ONLY"_s));
    const RuleSet rules = applied(made, {});
    QVERIFY(validate(rules));
    QVERIFY(findConflicts(rules).list.empty()); // nothing plays by the first row, and that is meant
    const Resolver playable(rules);
    const Resolver order = playable.forQuestion(Question::PreOrder);
    Query query {.title = TitleId(u"A1"_s), .country = u"FR"_s, .site = u"web"_s, .offer = u"est"_s};
    for (const auto& [when, ordered, played] :
        {std::tuple("2026-01-15T00:00:00Z", false, false), {"2026-02-01T00:00:00Z", true, false},
            {"2026-05-31T23:59:59Z", true, false}, {"2026-06-01T00:00:00Z", false, true}}) {
        query.at = at(when);
        QCOMPARE(order.isAvailable(query), ordered);
        QCOMPARE(playable.isAvailable(query), played);
    }
    const ImportPlan late = plan(head + "A1,FR,POEST,2026-01-01,2026-06-01T00:00:00Z,order,2026-07-01,\n");
    QCOMPARE(late.accepted, 0);
    QVERIFY(hasCode(late.errors, u"END_BEFORE_START"_s));
}

void CsvImportTest::namesEachBadCell_data()
{
    QTest::addColumn<QByteArray>("row");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("column");
    QTest::newRow("date") << QByteArray("A1,FR,EST,31/12/2026,Open,w") << u"BAD_DATE"_s << u"Start"_s;
    QTest::newRow("TBD") << QByteArray("A1,FR,EST,2026-01-01,TBD,w") << u"BAD_DATE"_s << u"End"_s;
    QTest::newRow("old year") << QByteArray("A1,FR,EST,0001-01-01,2026-01-01,w") << u"BAD_DATE"_s << u"Start"_s;
    QTest::newRow("condition") << QByteArray("A1,FR,EST,Theatrical,Open,w") << u"CONDITION_NEEDS_EVENT"_s << u"Start"_s;
    QTest::newRow("inverted") << QByteArray("A1,FR,EST,2026-02-01,2026-01-01,w") << u"END_BEFORE_START"_s << u"End"_s;
    QTest::newRow("country") << QByteArray("A1,UK,EST,2026-02-01,Open,w") << u"UNKNOWN_TERRITORY"_s << u"Territory"_s;
    QTest::newRow("no country") << QByteArray("A1,,EST,2026-02-01,Open,w") << u"MISSING"_s << u"Territory"_s;
    QTest::newRow("no title") << QByteArray(",FR,EST,2026-02-01,Open,w") << u"MISSING"_s << u"ALID"_s;
    QTest::newRow("no end") << QByteArray("A1,FR,EST,2026-02-01,,w") << u"MISSING"_s << u"End"_s;
    QTest::newRow("licence") << QByteArray("A1,FR,Loan,2026-02-01,Open,w") << u"UNKNOWN_VALUE"_s << u"LicenseType"_s;
    QTest::newRow("work") << QByteArray("A1,FR,EST,2026-02-01,Open,w,,Poem") << u"UNKNOWN_VALUE"_s << u"WorkType"_s;
    QTest::newRow("formula") << QByteArray("A1,FR,EST,2026-02-01,Open,w,,,=HYPERLINK(1)") << u"FORMULA"_s
                             << u"TitleInternalAlias"_s;
    QTest::newRow("short") << QByteArray("A1,FR") << u"MISSING"_s << u"LicenseType"_s;
}

void CsvImportTest::namesEachBadCell()
{
    QFETCH(QByteArray, row);
    QFETCH(QString, code);
    QFETCH(QString, column);
    const ImportPlan made = plan(kHead + row + "\r\nA2,FR,EST,2026-01-01,Open,good\r\n");
    QCOMPARE(made.rows, 2);
    QCOMPARE(made.rejected, 1);
    QCOMPARE(made.rules.added.size(), 1U);
    QCOMPARE(made.titles.added.size(), 1U); // the rejected row's title does not come along
    QCOMPARE(made.errors.front().code, code);
    QCOMPARE(made.errors.front().column, column);
    QCOMPARE(made.errors.front().row, 2);
    QVERIFY(!made.errors.front().message.isEmpty());
}

void CsvImportTest::saysWhichColumnIsMissing()
{
    const ImportPlan made = plan("Territory,Start,Endd\nFR,2026-01-01,Open\n");
    QCOMPARE(made.accepted, 0);
    QCOMPARE(made.rejected, 1);
    QCOMPARE(made.errors.size(), 3U);
    QVERIFY(std::all_of(
        made.errors.begin(), made.errors.end(), [](const CellMessage& one) { return one.code == u"COLUMN_MISSING"; }));
}

void CsvImportTest::comesBackAsADiff()
{
    const QByteArray first
        = kHead + "A1,FR,EST,2026-01-01,2026-06-01,w1,C1,Movie,One\nA1,DE,EST,2026-01-01,2026-06-01,w2,C1\n";
    ImportOptions options;
    options.licensor = u"L"_s;
    const ImportPlan made = plan(first, {}, options);
    QCOMPARE(made.deals.added.size(), 1U);
    QCOMPARE(made.deals.added[0].licensor, u"L"_s);
    QCOMPARE(made.titles.added.size(), 1U);
    const RuleSet after = applied(made, {});
    QVERIFY(validate(after));
    const ImportPlan again = plan(first, after, options);
    QCOMPARE(again.accepted, 2);
    QVERIFY(again.rules.added.empty() && again.rules.changed.empty() && again.rules.removed.empty());
    QVERIFY(again.titles.added.empty() && again.titles.changed.empty() && again.deals.added.empty());
    QByteArray moved = first;
    moved.replace("2026-06-01,w2", "2026-07-01,w2");
    const ImportPlan changed = plan(moved, after, options);
    QCOMPARE(changed.rules.changed.size(), 1U);
    QCOMPARE(changed.rules.changed[0].id, WindowId(u"w2"_s));
    const RuleSet last = applied(changed, after);
    QCOMPARE(last.rules.size(), 2U);
    QCOMPARE(last.rules[1].window.end, *parseRfc3339(u"2026-07-02T00:00:00Z"_s));
    const QJsonObject json = toJson(changed);
    QCOMPARE(json.value(u"plan").toObject().value(u"changed").toArray().size(), 1);
    QCOMPARE(json.value(u"accepted").toInt(), 2);
}

void CsvImportTest::removesWhatAFullExtractLeavesOut()
{
    const QByteArray head = "EntryType," + kHead;
    const RuleSet before
        = applied(plan(head
                      + "Full Extract,A1,FR,EST,2026-01-01,Open,w1\nFull Extract,A1,FR,VOD,2026-01-01,Open,w2\n"
                        "Full Extract,A1,DE,VOD,2026-01-01,Open,w3\n"),
            {});
    QCOMPARE(before.rules.size(), 3U);
    const ImportPlan made = plan(head + "Full Extract,A1,FR,EST,2026-01-01,Open,w1\n", before);
    QCOMPARE(made.rules.removed.size(), 1U);
    QCOMPARE(made.rules.removed[0].id, WindowId(u"w2"_s));
    QCOMPARE(applied(made, before).rules.size(), 2U);
}

void CsvImportTest::removesNothingWhenARowWasRejected()
{
    const QByteArray head = "EntryType," + kHead;
    const RuleSet before = applied(
        plan(head + "Full Extract,A1,FR,EST,2026-01-01,Open,w1\nFull Extract,A1,FR,VOD,2026-01-01,Open,w2\n"), {});
    const ImportPlan made
        = plan(head + "Full Extract,A1,FR,EST,2026-01-01,Open,w1\nFull Extract,A1,FR,VOD,sometime,Open,w2\n", before);
    QVERIFY(made.rules.removed.empty());
    QVERIFY(hasCode(made.notes, u"REMOVALS_HELD_BACK"_s));
}

void CsvImportTest::deletesAndRefusesToDelete()
{
    const QByteArray head = "EntryType," + kHead;
    const RuleSet before = applied(plan(kHead + "A1,FR,EST,2026-01-01,Open,w1\n"), {});
    const ImportPlan made
        = plan(head + "Delete,A1,FR,EST,2026-01-01,Open,w1\nDelete,A1,FR,EST,2026-01-01,Open,w9\n", before);
    QCOMPARE(made.rules.removed.size(), 1U);
    QCOMPARE(made.rejected, 1);
    QCOMPARE(made.errors[0].code, u"NOTHING_TO_DELETE"_s);
}

void CsvImportTest::refusesARowSaidTwice()
{
    const QByteArray row = "A1,FR,EST,2026-01-01,Open,\n";
    const ImportPlan made = plan(kHead + row + row);
    QCOMPARE(made.accepted, 1);
    QCOMPARE(made.errors[0].code, u"DUPLICATE_ROW"_s);
    const ImportPlan shared = plan(kHead + "A1,FR,EST,2026-01-01,Open,w\nA1,FR,VOD,2026-01-01,Open,w\n");
    QCOMPARE(shared.accepted, 2); // one AvailID over two licence types
}

void CsvImportTest::refusesFilesThatAreNoSheet()
{
    const RuleSet none;
    for (const QByteArray& bytes : {QByteArray(), QByteArray("a,b\n1,2\n"), QByteArray("Territory,Start,End\n\"FR"),
             QByteArray("Territory\xFF,Start,End\n"), QByteArray("PK\x03\x04\0\0", 6)}) {
        const auto made = planCsvImport(bytes, {}, none);
        QVERIFY(!made);
        QCOMPARE(made.error().code, ErrorCode::Invalid);
    }
    const auto wide = planCsvImport(QByteArray(2000, ','), {}, none);
    QVERIFY(!wide);
    QCOMPARE(wide.error().code, ErrorCode::LimitExceeded);
    QCOMPARE(readCsv(QByteArray(40000, 'x'), 10).error().code, ErrorCode::LimitExceeded);
    QCOMPARE(readCsv(QByteArray(40000, '\n'), 10).error().code, ErrorCode::LimitExceeded);
}

void CsvImportTest::readsQuotesAndSeparators()
{
    const auto rows = readCsv("a;\"b;\"\"c\"\"\r\nd\"\r\n\r\n;x;\r\nlast", 100);
    QVERIFY(rows);
    QCOMPARE(rows->size(), 4U);
    QCOMPARE((*rows)[0].cells, (QStringList {u"a"_s, u"b;\"c\"\r\nd"_s}));
    QVERIFY((*rows)[1].isEmpty());
    QCOMPARE((*rows)[2].cells, (QStringList {QString(), u"x"_s, QString()}));
    QCOMPARE((*rows)[3].cells, QStringList {u"last"_s});
    QCOMPARE((*rows)[3].number, 4);
}

void CsvImportTest::exportsWithoutFormulas()
{
    const QByteArray csv = kHead + "'=1+1,FR,EST,2026-01-01,Open,'@w,'-C1,Movie,'+7 \"quoted\", x\n";
    ImportOptions options;
    options.licensor = u"\tL"_s;
    const RuleSet rules = applied(plan(csv, {}, options), {});
    QCOMPARE(rules.rules.size(), 1U);
    QCOMPARE(rules.rules[0].scope, TitleId(u"=1+1"_s));
    const QByteArray exported = exportCsv(rules);
    for (const QByteArray& cell : exported.split('\n').value(3).split(','))
        QVERIFY2(!startsLikeFormula(QString::fromUtf8(cell)), cell.constData());
    const ImportPlan again = plan(exported, rules, options);
    QCOMPARE(again.accepted, 1);
    QVERIFY(again.rules.added.empty());
    QVERIFY(again.rules.changed.empty());
}

void CsvImportTest::survivesMangledBytes()
{
    const QByteArray good = kHead + "A1,FR,EST,2026-01-01,Open,w1,C1,Movie,\"One, two\"\r\n";
    for (qsizetype at = 0; at < good.size(); ++at) {
        for (const char byte : {'"', ',', '\n', '=', '\0', '\xFF'}) {
            QByteArray mangled = good;
            mangled[at] = byte;
            const auto made = planCsvImport(mangled, {}, {});
            if (made)
                QCOMPARE(made->accepted + made->rejected, made->rows);
            else
                QCOMPARE(made.error().code, ErrorCode::Invalid);
        }
        (void)planCsvImport(good.left(at), {}, {});
    }
}

QTEST_GUILESS_MAIN(CsvImportTest)
#include "tst_csv_import.moc"
