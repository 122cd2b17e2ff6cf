#include "core/avails/avail_sheet.h"
#include "core/avails/csv_export.h"
#include "core/avails/rights_reports.h"
#include "core/avails/sheet_import.h"
#include "core/avails/xml_export.h"
#include "core/rights/licensors.h"
#include "core/rights/validate.h"

#include <QTest>
#include <algorithm>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::avails;
using namespace vidimus::rights;

/// Whose grants a full extract replaces, and where; and what two licensors who chose the same names do to each other.
class FullExtractTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void leavesOtherLicensorsAlone();
    void comparesCountryByCountry_data();
    void comparesCountryByCountry();
    void anExtractWithoutAContractSpeaksOfAll();
    void saysWhichGrantsAreNobodys();
    void oneAvailIdOfTwoLicensors();
    void oneAvailIdOfTwoLicensorsInOneFile();
    void anAvailIdOfNobodyKnownIsRefused();
    void aContractOfAnotherIsNoted();
    void licensorsWithoutContractsAreReported();
};

namespace {

const QByteArray kHead = "EntryType,DisplayName,ALID,Territory,LicenseType,Start,End,AvailID,ContractID\n";

ImportPlan plan(const QByteArray& rows, const RuleSet& existing = {}, const QString& licensor = {})
{
    auto made = planCsvImport(kHead + rows, {.licensor = licensor}, existing);
    if (!made)
        qFatal("%s", qPrintable(made.error().detail));
    return *made;
}

RuleSet after(const QByteArray& rows, const RuleSet& existing = {}, const QString& licensor = {})
{
    const RuleSet rules = applied(plan(rows, existing, licensor), existing);
    if (const auto valid = validate(rules); !valid)
        qFatal("%s", qPrintable(valid.error().detail));
    return rules;
}

const CellMessage* noteOf(const ImportPlan& made, const QString& code)
{
    const auto found = std::ranges::find(made.notes, code, &CellMessage::code);
    return found == made.notes.end() ? nullptr : &*found;
}

QStringList idsOf(const std::vector<Rule>& rules)
{
    QStringList ids;
    for (const Rule& rule : rules)
        ids.append(rule.id.toString());
    ids.sort();
    return ids;
}

} // namespace

void FullExtractTest::leavesOtherLicensorsAlone()
{
    RuleSet rules
        = after("Full Extract,North,A1,FR,EST,2026-01-01,Open,n1,\nFull Extract,North,A1,FR,VOD,2026-01-01,Open,n2,\n");
    rules = after("Full Extract,South,A1,FR,SVOD,2026-01-01,Open,s1,\n", rules);
    QCOMPARE(idsOf(rules.rules), (QStringList {u"n1"_s, u"n2"_s, u"s1"_s}));
    // Also where the licensor is told by the option, and written in another case.
    const ImportPlan again = plan("Full Extract,,A1,FR,EST,2026-01-01,Open,n1,\n", rules, u"NORTH"_s);
    QCOMPARE(idsOf(again.rules.removed), QStringList {u"n2"_s});
    QCOMPARE(idsOf(applied(again, rules).rules), (QStringList {u"n1"_s, u"s1"_s}));
}

void FullExtractTest::comparesCountryByCountry_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("now");
    QTest::addColumn<QStringList>("include");
    QTest::addColumn<QStringList>("exclude");
    const QStringList none;
    QTest::newRow("a longer list") << QByteArray("FR DE") << QByteArray("FR DE ES") << none << none;
    QTest::newRow("another order") << QByteArray("FR DE") << QByteArray("DE FR") << none << none;
    QTest::newRow("a shorter list") << QByteArray("FR DE ES") << QByteArray("FR DE") << QStringList {u"ES"_s} << none;
    QTest::newRow("the world after a list") << QByteArray("FR DE") << QByteArray("ZZ") << none << none;
    QTest::newRow("a list after the world")
        << QByteArray("ZZ") << QByteArray("FR") << QStringList {u"WORLD"_s} << QStringList {u"FR"_s};
    QTest::newRow("a region of a country")
        << QByteArray("CA FR") << QByteArray("CA-QC FR") << QStringList {u"CA"_s} << QStringList {u"CA-QC"_s};
    QTest::newRow("a country after its region") << QByteArray("CA-QC") << QByteArray("CA") << none << none;
    QTest::newRow("elsewhere") << QByteArray("ES") << QByteArray("FR") << QStringList {u"ES"_s} << none;
}

void FullExtractTest::comparesCountryByCountry()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, now);
    QFETCH(QStringList, include);
    QFETCH(QStringList, exclude);
    const RuleSet rules = after("Full Extract,L,A1," + before + ",EST,2026-01-01,Open,,\n");
    const ImportPlan made = plan("Full Extract,L,A1," + now + ",VOD,2026-01-01,Open,,\n", rules);
    QCOMPARE(made.rules.removed.size(), include.isEmpty() ? 1U : 0U);
    const RuleSet later = applied(made, rules);
    QVERIFY(validate(later));
    const auto left = std::ranges::find(later.rules, rules.rules[0].id, &Rule::id);
    QCOMPARE(left == later.rules.end(), include.isEmpty());
    if (include.isEmpty())
        return;
    QCOMPARE(left->territory.include, include);
    QCOMPARE(left->territory.exclude, exclude);
    QCOMPARE(noteOf(made, u"KEPT_ELSEWHERE"_s) != nullptr, left->territory != rules.rules[0].territory);
    // The same file again changes nothing more.
    const ImportPlan twice = plan("Full Extract,L,A1," + now + ",VOD,2026-01-01,Open,,\n", later);
    QVERIFY(twice.rules.added.empty() && twice.rules.changed.empty() && twice.rules.removed.empty());
}

void FullExtractTest::anExtractWithoutAContractSpeaksOfAll()
{
    const RuleSet rules
        = after("Full Extract,L,A1,FR,EST,2026-01-01,Open,a,C1\nFull Extract,L,A1,FR,VOD,2026-01-01,Open,b,C2\n");
    const ImportPlan one = plan("Full Extract,L,A1,FR,SVOD,2026-01-01,Open,c,C1\n", rules);
    QCOMPARE(idsOf(one.rules.removed), QStringList {u"a"_s}); // the other contract is not spoken of
    const ImportPlan all = plan("Full Extract,L,A1,FR,SVOD,2026-01-01,Open,c,\n", rules);
    QCOMPARE(idsOf(all.rules.removed), (QStringList {u"a"_s, u"b"_s}));
}

void FullExtractTest::saysWhichGrantsAreNobodys()
{
    const RuleSet rules = after("Full Extract,,A1,FR,EST,2026-01-01,Open,old,\n");
    const ImportPlan made = plan("Full Extract,L,A1,FR,VOD,2026-01-01,Open,new,\n", rules);
    QVERIFY(made.rules.removed.empty());
    const CellMessage* note = noteOf(made, u"OWNER_UNKNOWN"_s);
    QVERIFY(note);
    QCOMPARE(note->value, u"old"_s);
    // The AvailID tells that it is the same grant, and whose it is from now on.
    const ImportPlan taken = plan("Full Extract,L,A1,FR,EST,2026-01-01,Open,old,\n", rules);
    QCOMPARE(taken.rules.changed.size(), 1U);
    QCOMPARE(taken.rules.changed[0].provenance->licensor, u"L"_s);
    QVERIFY(!noteOf(taken, u"OWNER_UNKNOWN"_s));
}

void FullExtractTest::oneAvailIdOfTwoLicensors()
{
    RuleSet rules = after(",North,A1,FR,EST,2026-01-01,Open,1001,\n");
    const ImportPlan other = plan(",South,A2,DE,SVOD,2027-01-01,Open,1001,\n", rules);
    QVERIFY(other.rules.changed.empty());
    QCOMPARE(other.rules.added.size(), 1U);
    QVERIFY(noteOf(other, u"AVAIL_ID_SHARED"_s));
    rules = applied(other, rules);
    QVERIFY(validate(rules));
    QCOMPARE(rules.rules.size(), 2U);
    QCOMPARE(rules.rules[0].scope, TitleId(u"A1"_s));
    QCOMPARE(rules.rules[1].terms.value(u"avail_id"_s).toString(), u"1001"_s);
    // Both come back as what they are, also after the first one is gone.
    const ImportPlan again
        = plan(",North,A1,FR,EST,2026-01-01,Open,1001,\n,South,A2,DE,SVOD,2027-01-01,Open,1001,\n", rules);
    QVERIFY(again.rules.added.empty() && again.rules.changed.empty());
    const ImportPlan gone = plan("Delete,North,A1,FR,EST,2026-01-01,Open,1001,\n", rules);
    QCOMPARE(idsOf(gone.rules.removed), QStringList {u"1001"_s});
    const ImportPlan alone = plan(",South,A2,DE,SVOD,2027-01-01,Open,1001,\n", applied(gone, rules));
    QVERIFY(alone.rules.added.empty() && alone.rules.changed.empty());
    // Our own export names the AvailID as its licensor does.
    const SheetTable sheet = availSheet(rules);
    const qsizetype column = sheet.rows[0].cells.indexOf(u"AvailID"_s);
    QCOMPARE(sheet.rows[1].cells[column], u"1001"_s);
    QCOMPARE(sheet.rows[2].cells[column], u"1001"_s);
    const auto back = planCsvImport(exportCsv(rules), {}, {});
    QVERIFY(back);
    QCOMPARE(back->rules.added.size(), 2U);
    // Who deletes an AvailID of his own that is not there does not delete another's.
    const ImportPlan wrong = plan("Delete,East,A1,FR,EST,2026-01-01,Open,1001,\n", rules);
    QVERIFY(wrong.rules.removed.empty());
    QCOMPARE(wrong.errors.at(0).code, u"NOTHING_TO_DELETE"_s);
}

void FullExtractTest::oneAvailIdOfTwoLicensorsInOneFile()
{
    const RuleSet rules = after(",North,A1,FR,EST,2026-01-01,Open,7,\n,South,A1,FR,EST,2026-01-01,Open,7,\n");
    QCOMPARE(rules.rules.size(), 2U);
    QCOMPARE(Licensors(rules).names(), (QStringList {u"North"_s, u"South"_s}));
}

void FullExtractTest::anAvailIdOfNobodyKnownIsRefused()
{
    const RuleSet rules = after(",North,A1,FR,EST,2026-01-01,Open,7,\n");
    const ImportPlan made = plan(",,A1,FR,EST,2027-01-01,Open,7,\n", rules);
    QCOMPARE(made.rejected, 1);
    QCOMPARE(made.errors.at(0).code, u"ID_TAKEN"_s);
    QVERIFY(made.errors.at(0).message.contains(u"North"_s));
    QVERIFY(made.rules.changed.empty());
}

void FullExtractTest::aContractOfAnotherIsNoted()
{
    const RuleSet rules = after(",North,A1,FR,EST,2026-01-01,Open,a,C1\n");
    const ImportPlan made = plan(",South,A2,FR,EST,2026-01-01,Open,b,C1\n", rules);
    QVERIFY(noteOf(made, u"CONTRACT_OF_ANOTHER"_s));
    const RuleSet both = applied(made, rules);
    QCOMPARE(Licensors(both).of(both.rules[1]), u"South"_s);
}

void FullExtractTest::licensorsWithoutContractsAreReported()
{
    const RuleSet rules = after(",North,A1,FR,EST,2026-01-01,Open,a,\n,South,A2,DE,EST,2026-01-01,Open,b,\n");
    const GrantFilter north {.licensor = u"north"_s};
    const SheetTable status = statusReply(rules, north, *parseRfc3339(u"2026-06-01T00:00:00Z"_s));
    QCOMPARE(status.rows.size(), 2U);
    QCOMPARE(status.rows[1].cells[0], u"North"_s);
    const auto report = availabilityReport(rules, north);
    QVERIFY(report);
    QCOMPARE(report->rows.size(), 2U);
    QCOMPARE(report->rows[1].cells[0], u"A1"_s);
    QVERIFY(exportCsv(rules).contains("North,FR"));
    QVERIFY(exportXml(rules).contains("<md:DisplayName>South</md:DisplayName>"));
    QVERIFY(QString::fromUtf8(exportCalendar(rules, north, Instant {})).contains(u"A1"_s));
}

QTEST_GUILESS_MAIN(FullExtractTest)
#include "tst_full_extract.moc"
