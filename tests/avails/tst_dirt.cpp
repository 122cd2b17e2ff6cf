#include "core/avails/sheet_import.h"
#include "core/rights/validate.h"

#include <QSet>
#include <QTest>
#include <algorithm>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::avails;
using namespace vidimus::rights;

/// What real sheets hold (reference "Rights and availability", section 1, the importer's test list).
class DirtTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsOneColumnWrittenInManyWays_data();
    void readsOneColumnWrittenInManyWays();
    void readsEveryBoolean_data();
    void readsEveryBoolean();
    void findsMisspeltHeadings_data();
    void findsMisspeltHeadings();
    void skipsWhatIsNoData_data();
    void skipsWhatIsNoData();
    void readsTerritoryLists_data();
    void readsTerritoryLists();
    void readsLicenceTypes_data();
    void readsLicenceTypes();
    void refusesFormulasAnywhere();
    void foreverIsAnOpenEnd_data();
    void foreverIsAnOpenEnd();
    void takesWholeSheetsAndNoMore();
    void stopsWhenCancelled();
};

namespace {

const QByteArray kHead = "ALID,Territory,LicenseType,Start,End,Exclusive\n";

ImportPlan plan(const QByteArray& csv, const ImportOptions& options = {})
{
    auto made = planCsvImport(csv, options, {});
    if (!made)
        qFatal("%s", qPrintable(made.error().detail));
    return *made;
}

qsizetype count(const std::vector<CellMessage>& messages, const QString& code)
{
    return std::ranges::count(messages, code, &CellMessage::code);
}

} // namespace

void DirtTest::readsOneColumnWrittenInManyWays_data()
{
    QTest::addColumn<QByteArray>("cell");
    for (const char* cell : {"41422", "2013-05-28", "2013-05-28T00:00:00", "2013-05-28 00:00", "2013-05-28T00:00:00Z",
             "2013-05-28T02:00:00+02:00", "\"2013-05-28\"", " 2013-05-28 ", "2013-05-27T24:00:00", "41422.0"})
        QTest::newRow(cell) << QByteArray(cell);
}

void DirtTest::readsOneColumnWrittenInManyWays()
{
    QFETCH(QByteArray, cell);
    const ImportPlan made = plan(kHead + "A1,FR,EST," + cell + ",Open,\n");
    QCOMPARE(made.accepted, 1);
    QCOMPARE(toRfc3339(made.rules.added[0].window.start.value()), u"2013-05-28T00:00:00Z"_s);
}

void DirtTest::readsEveryBoolean_data()
{
    QTest::addColumn<QByteArray>("cell");
    QTest::addColumn<int>("meaning"); // -1: refused
    for (const char* cell : {"Yes", "yes", "YES", "Y", "TRUE", "true", "T", "1"})
        QTest::newRow(cell) << QByteArray(cell) << 1;
    for (const char* cell : {"No", "no", "N", "FALSE", "F", "0", ""})
        QTest::newRow(*cell ? cell : "empty") << QByteArray(cell) << 0;
    for (const char* cell : {"maybe", "2", "-1", "ja", "Yes!"})
        QTest::newRow(cell) << QByteArray(cell) << -1;
}

void DirtTest::readsEveryBoolean()
{
    QFETCH(QByteArray, cell);
    QFETCH(int, meaning);
    const ImportPlan made = plan(kHead + "A1,FR,EST,2026-01-01,Open," + cell + "\n");
    QCOMPARE(made.accepted, meaning < 0 ? 0 : 1);
    if (meaning < 0) {
        QCOMPARE(made.errors.front().code, u"UNKNOWN_VALUE"_s);
        QCOMPARE(made.errors.front().column, u"Exclusive"_s);
    } else {
        QCOMPARE(made.rules.added[0].exclusive, meaning == 1);
    }
}

void DirtTest::findsMisspeltHeadings_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::newRow("as it should be") << QByteArray("ALID,Territory,LicenseType,Start,End");
    QTest::newRow("small letters") << QByteArray("alid,territory,licensetype,start,end");
    QTest::newRow("blanks") << QByteArray("ALID , Territory,License Type, Start ,End");
    QTest::newRow("underscores") << QByteArray("ALID,TERRITORY,LICENSE_TYPE,START,END");
    QTest::newRow("quoted") << QByteArray("\"ALID\",\"Territory\",\"LicenseType\",\"Start\",\"End\"");
    QTest::newRow("row of categories first")
        << QByteArray("AvailAsset,AvailTerms,AvailTrans,AvailTerms,AvailTerms\nALID,Territory,LicenseType,Start,End");
    QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF"
                                                   "ALID,Territory,LicenseType,Start,End");
}

void DirtTest::findsMisspeltHeadings()
{
    QFETCH(QByteArray, head);
    const ImportPlan made = plan(head + "\nA1,FR,EST,2026-01-01,Open\n");
    QCOMPARE(made.accepted, 1);
    QCOMPARE(made.rules.added[0].territory.include, QStringList {u"FR"_s});
    QCOMPARE(count(made.notes, u"UNUSED_COLUMN"_s), 0);
}

void DirtTest::skipsWhatIsNoData_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<QString>("note");
    QTest::newRow("a note") << QByteArray("// second batch,,,,,\n") << u"NOTE_ROW_SKIPPED"_s;
    QTest::newRow("a note in the middle") << QByteArray(",,//see mail,,,\n") << u"NOTE_ROW_SKIPPED"_s;
    QTest::newRow("requirements") << QByteArray("v1.9,REQ,REQ,REQ,REQ,Opt\n") << u"NOTE_ROW_SKIPPED"_s;
    QTest::newRow("optional") << QByteArray("Opt,Optional,Opt,Opt,Opt,Opt\n") << u"NOTE_ROW_SKIPPED"_s;
    QTest::newRow("padding") << QByteArray(",,,,,\n").repeated(1000) << u"EMPTY_ROWS_SKIPPED"_s;
    QTest::newRow("blank padding") << QByteArray(" , ,\t, , ,\n").repeated(3) << u"EMPTY_ROWS_SKIPPED"_s;
}

void DirtTest::skipsWhatIsNoData()
{
    QFETCH(QByteArray, lines);
    QFETCH(QString, note);
    const ImportPlan made = plan(kHead + lines + "A1,FR,EST,2026-01-01,Open,\n" + lines);
    QCOMPARE(made.rows, 1);
    QCOMPARE(made.accepted, 1);
    QVERIFY(made.errors.empty());
    QVERIFY(count(made.notes, note) > 0);
    QCOMPARE(made.rules.added[0].provenance->row, 2 + static_cast<int>(lines.count('\n')));
}

void DirtTest::readsTerritoryLists_data()
{
    QTest::addColumn<QByteArray>("cell");
    QTest::addColumn<QString>("read"); // empty: refused
    QTest::newRow("one") << QByteArray("FR") << u"FR"_s;
    QTest::newRow("commas") << QByteArray("\"FR,DE, GB\"") << u"FR DE GB"_s;
    QTest::newRow("semicolons") << QByteArray("\"FR; DE\"") << u"FR DE"_s;
    QTest::newRow("lines") << QByteArray("\"FR\nDE\"") << u"FR DE"_s;
    QTest::newRow("ZZ is the world") << QByteArray("ZZ") << u"WORLD"_s;
    QTest::newRow("WW is the world") << QByteArray("WW") << u"WORLD"_s;
    QTest::newRow("world in words") << QByteArray("World") << u"WORLD"_s;
    QTest::newRow("a part of a country") << QByteArray("CA-QC") << u"CA-QC"_s;
    QTest::newRow("small letters") << QByteArray("\"fr, ca-qc\"") << u"FR CA-QC"_s;
    QTest::newRow("UK is not assigned") << QByteArray("UK") << QString();
    QTest::newRow("a name") << QByteArray("France") << QString();
    QTest::newRow("one bad of two") << QByteArray("\"FR,QQ\"") << QString();
}

void DirtTest::readsTerritoryLists()
{
    QFETCH(QByteArray, cell);
    QFETCH(QString, read);
    const ImportPlan made = plan(kHead + "A1," + cell + ",EST,2026-01-01,Open,\n");
    QCOMPARE(made.accepted, read.isEmpty() ? 0 : 1);
    if (read.isEmpty())
        QCOMPARE(made.errors.front().code, u"UNKNOWN_TERRITORY"_s);
    else
        QCOMPARE(made.rules.added[0].territory.include.join(u' '), read);
}

void DirtTest::readsLicenceTypes_data()
{
    QTest::addColumn<QByteArray>("cell");
    QTest::addColumn<QString>("offer"); // empty: refused
    for (const char* type : {"EST", "VOD", "SVOD", "AVOD", "FVOD", "Library"})
        QTest::newRow(type) << QByteArray(type) << QString::fromLatin1(type).toLower();
    QTest::newRow("ordered before it is sold") << QByteArray("POEST") << u"est"_s;
    QTest::newRow("both spellings") << QByteArray("Pre-release") << u"pre-release"_s;
    QTest::newRow("small") << QByteArray("svod") << u"svod"_s;
    QTest::newRow("unknown") << QByteArray("Loan") << QString();
    QTest::newRow("one of two unknown") << QByteArray("\"EST,Loan\"") << QString();
}

void DirtTest::readsLicenceTypes()
{
    QFETCH(QByteArray, cell);
    QFETCH(QString, offer);
    const QByteArray csv = kHead.trimmed() + ",SuppressionLiftDate\nA1,FR," + cell + ",2026-01-01,Open,,2025-12-01\n";
    const ImportPlan made = plan(csv);
    QCOMPARE(made.accepted, offer.isEmpty() ? 0 : 1);
    if (offer.isEmpty())
        return;
    QCOMPARE(made.rules.added[0].offers.names, QStringList {offer});
    ImportOptions options; // a house calls its offers by its own names
    const QString type = made.rules.added[0].terms.value(u"license_type"_s).toString();
    options.offers = {{type, {u"gold"_s, u"silver"_s}}};
    QCOMPARE(plan(csv, options).rules.added[0].offers.names, (QStringList {u"gold"_s, u"silver"_s}));
}

void DirtTest::refusesFormulasAnywhere()
{
    const QByteArray cells[] = {"A1", "FR", "EST", "2026-01-01", "Open", "No", "remark"};
    for (int at = 0; at < 7; ++at) {
        QByteArray row;
        for (int i = 0; i < 7; ++i)
            row += (i > 0 ? "," : "") + (i == at ? QByteArray(" =NOW()") : cells[i]);
        const ImportPlan made = plan(kHead + row + "\n");
        QCOMPARE(made.accepted, 0);
        QCOMPARE(count(made.errors, u"FORMULA"_s), 1);
        QCOMPARE(made.errors.front().value, u"=NOW()"_s);
    }
}

void DirtTest::foreverIsAnOpenEnd_data()
{
    QTest::addColumn<QByteArray>("cell");
    for (const char* cell : {"9999-12-31", "9999-12-31T23:59:59", "9999-12-31T23:59:59Z", "2999-01-01", "2958465"})
        QTest::newRow(cell) << QByteArray(cell);
}

void DirtTest::foreverIsAnOpenEnd()
{
    QFETCH(QByteArray, cell);
    const ImportPlan made = plan(kHead + "A1,FR,EST,2026-01-01," + cell + ",\n");
    QCOMPARE(made.accepted, 1);
    QVERIFY(!made.rules.added[0].window.end);
    QCOMPARE(count(made.notes, u"YEAR_MEANS_OPEN"_s), 1);
    const ImportPlan never = plan(kHead + "A1,FR,EST," + cell + ",Open,\n"); // a start in that year is a slip
    QCOMPARE(never.accepted, 0);
    QCOMPARE(never.errors.front().code, u"BAD_DATE"_s);
}

void DirtTest::takesWholeSheetsAndNoMore()
{
    QByteArray csv = kHead;
    for (int i = 1; i < kMaxRows; ++i)
        csv += "A" + QByteArray::number(i % 500) + ",FR,EST," + QByteArray::number(20000 + i % 25000) + ",Open,\n";
    const auto made = planCsvImport(csv, {}, {});
    QVERIFY(made);
    QCOMPARE(made->rows, kMaxRows - 1);
    QCOMPARE(made->accepted + made->rejected, made->rows);
    QVERIFY(made->errors.size() <= 100'000 + kMaxRows);
    // Each rejected row is named, or a workbook that goes back would call it accepted.
    QSet<int> rows;
    for (const CellMessage& error : made->errors)
        rows.insert(error.row);
    QCOMPARE(rows.size(), made->rejected);
    csv += "A1,FR,EST,2026-01-01,Open,\n";
    const auto refused = planCsvImport(csv, {}, {});
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::LimitExceeded);
}

void DirtTest::stopsWhenCancelled()
{
    const CancelSource source;
    source.cancel();
    const auto made
        = planCsvImport(kHead + QByteArray("A1,FR,EST,2026-01-01,Open,\n").repeated(3000), {}, {}, source.token());
    QVERIFY(!made);
    QCOMPARE(made.error().code, ErrorCode::Canceled);
}

QTEST_GUILESS_MAIN(DirtTest)
#include "tst_dirt.moc"
