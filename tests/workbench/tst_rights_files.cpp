#include "core/workbench/run_verb.h"
#include "workbench_room.h"

#include "core/avails/xlsx_reader.h"
#include "core/avails/xlsx_writer.h"
#include "core/workbench/licensor_profile.h"
#include "core/workbench/rights_desk.h"
#include "core/workbench/rights_import.h"
#include "core/workbench/workspace.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::workbench;
using vidimus::test::WorkbenchRoom;

namespace {

QByteArray workbookOf(const std::vector<QStringList>& rows)
{
    const auto bytes = avails::writeXlsx({{.name = u"Movies"_s, .rows = rows}});
    if (!bytes)
        qFatal("%s", qPrintable(bytes.error().detail));
    return *bytes;
}

QString writeIn(WorkbenchRoom& room, const QString& name, const QByteArray& bytes)
{
    QFile file(room.path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("%s", qPrintable(file.errorString()));
    return file.fileName();
}

const QStringList kHeadings {u"ALID"_s, u"Territory"_s, u"LicenseType"_s, u"Start"_s, u"End"_s};

} // namespace

/// A licensor's files through the whole use case: a real worker, a real database.
class RightsFilesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void importsAWorkbookThroughTheWorker();
    void importsAvailsXml();
    void refusesWhatIsNeither_data();
    void refusesWhatIsNeither();
    void readsALicensorsOwnLayout();
    void refusesALicensorProfileWithUnknownColumns();
    void writesTheMarkedUpWorkbook();
    void whatIsExportedComesBackUnchanged_data();
    void whatIsExportedComesBackUnchanged();
    void exportsOneTerritory();
    void anUnknownLicensorIsRefused();
    void tenThousandRowsAreOnePlan();
};

void RightsFilesTest::importsAWorkbookThroughTheWorker()
{
    WorkbenchRoom room;
    const QString file = writeIn(
        room, u"avails.xlsx"_s, workbookOf({kHeadings, {u"A1"_s, u"FR"_s, u"SVOD"_s, u"2026-01-01"_s, u"Open"_s}}));
    const auto plan = importRights(room.workspace(), {.file = file});
    QVERIFY2(plan, plan ? "" : qPrintable(plan.error().detail));
    QCOMPARE(plan->accepted, 1);
    const auto rules = loadRules(room.workspace());
    QCOMPARE(rules->rules.size(), 1U);
    QCOMPARE(rules->rules[0].provenance->file, u"avails.xlsx"_s);
    QCOMPARE(rules->rules[0].provenance->sheet, u"Movies"_s);
    QCOMPARE(rules->rules[0].provenance->row, 2);
}

void RightsFilesTest::importsAvailsXml()
{
    WorkbenchRoom room;
    const QString file = writeIn(room, u"avails.xml"_s,
        "<AvailList><Avail><ALID>A1</ALID><Asset contentID=\"c\"><WorkType>Movie</WorkType></Asset>"
        "<Transaction TransactionID=\"w\"><LicenseType>SVOD</LicenseType><Territory><country>FR</country></Territory>"
        "<Start>2026-01-01T00:00:00</Start><EndCondition>Open</EndCondition></Transaction></Avail></AvailList>");
    const auto plan = importRights(room.workspace(), {.file = file});
    QVERIFY2(plan, plan ? "" : qPrintable(plan.error().detail));
    QCOMPARE(loadRules(room.workspace())->rules.at(0).id, WindowId(u"w"_s));
}

void RightsFilesTest::refusesWhatIsNeither_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("a broken zip") << QByteArray("PK\3\4").append(QByteArray(200, 'x'));
    QTest::newRow("old Excel") << QByteArray("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1").append(QByteArray(600, '\0'));
    QTest::newRow("a web page") << QByteArray("<html><body>Rights</body></html>");
    QTest::newRow("entities") << QByteArray(
        "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><AvailList>&b;</AvailList>");
    QTest::newRow("an empty file") << QByteArray();
    QTest::newRow("noise") << QByteArray("\x01\x02\xFE").repeated(1000);
}

void RightsFilesTest::refusesWhatIsNeither()
{
    QFETCH(QByteArray, bytes);
    WorkbenchRoom room;
    const auto plan = importRights(room.workspace(), {.file = writeIn(room, u"avails.xlsx"_s, bytes)});
    QVERIFY(!plan);
    QVERIFY2(plan.error().code == ErrorCode::Invalid || plan.error().code == ErrorCode::Unsupported,
        errorCodeName(plan.error().code));
    QVERIFY(loadRules(room.workspace())->rules.empty());
}

void RightsFilesTest::readsALicensorsOwnLayout()
{
    WorkbenchRoom room;
    LicensorProfile profile;
    profile.times.zone = u"Europe/Paris"_s;
    profile.mapping.columns = {{u"Titre no"_s, u"ALID"_s}, {u"Pays"_s, u"Territory"_s}, {u"Début"_s, u"Start"_s},
        {u"Fin"_s, u"End"_s}, {u"Remarque"_s, QString()}};
    profile.mapping.constants = {{u"LicenseType"_s, u"SVOD"_s}};
    profile.offers = {{u"SVOD"_s, {u"premium"_s, u"basic"_s}}};
    QVERIFY(keepLicensorProfile(room.workspace(), u"Lanterne"_s, profile));
    QCOMPARE(licensorProfile(room.workspace(), u"Lanterne"_s).value(), profile);
    QCOMPARE(licensorsWithProfile(room.workspace()).value(), QStringList {u"Lanterne"_s});
    const QString file = writeIn(
        room, u"maison.csv"_s, u"Titre no;Pays;Début;Fin;Remarque\nA1;FR;2026-01-01;2026-01-31;x\n"_s.toUtf8());
    const auto plan = importRights(room.workspace(), {.file = file, .licensor = u"Lanterne"_s});
    QVERIFY2(plan, plan ? "" : qPrintable(plan.error().detail));
    QCOMPARE(plan->accepted, 1);
    const rights::Rule& rule = plan->rules.added.at(0);
    QCOMPARE(toRfc3339(*rule.window.start), u"2025-12-31T23:00:00Z"_s);
    QCOMPARE(toRfc3339(*rule.window.end), u"2026-01-31T23:00:00Z"_s);
    QCOMPARE(rule.offers.names, (QStringList {u"premium"_s, u"basic"_s}));
    // Without the profile the same file has no heading row that anybody knows.
    QVERIFY(!importRights(room.workspace(), {.file = file}));
}

void RightsFilesTest::refusesALicensorProfileWithUnknownColumns()
{
    QVERIFY(!licensorProfileFromJson({{u"columns"_s, QJsonObject {{u"Pays"_s, u"Teritory"_s}}}}));
    QVERIFY(!licensorProfileFromJson({{u"constants"_s, QJsonObject {{u"Pays"_s, u"FR"_s}}}}));
    QVERIFY(!licensorProfileFromJson({{u"offers"_s, QJsonObject {{u"SVOD"_s, u"premium"_s}}}}));
    QVERIFY(!licensorProfileFromJson({{u"heading_row"_s, -1}}));
    QVERIFY(!licensorProfileFromJson({{u"unknown"_s, 1}}));
    WorkbenchRoom room;
    QVERIFY(!keepLicensorProfile(room.workspace(), u" "_s, {}));
}

void RightsFilesTest::writesTheMarkedUpWorkbook()
{
    WorkbenchRoom room;
    const QString file = writeIn(
        room, u"avails.xlsx"_s, workbookOf({kHeadings, {u"A1"_s, u"QQ"_s, u"SVOD"_s, u"2026-01-01"_s, u"Open"_s}}));
    const QString back = room.path(u"back.xlsx"_s);
    const auto plan = importRights(room.workspace(), {.file = file, .dryRun = true, .markedUp = back});
    QVERIFY(plan);
    QCOMPARE(plan->rejected, 1);
    QFile written(back);
    QVERIFY(written.open(QIODevice::ReadOnly));
    const auto sheets = avails::readXlsx(written.readAll());
    QVERIFY(sheets);
    QCOMPARE(sheets->at(0).rows.at(1).cells.at(5), u"Rejected"_s);
    QVERIFY(sheets->at(0).rows.at(1).cells.at(6).contains("\"QQ\""_L1));
}

void RightsFilesTest::whatIsExportedComesBackUnchanged_data()
{
    QTest::addColumn<int>("format");
    QTest::newRow("csv") << static_cast<int>(RightsFormat::Csv);
    QTest::newRow("xlsx") << static_cast<int>(RightsFormat::Xlsx);
    QTest::newRow("xml") << static_cast<int>(RightsFormat::Xml);
}

void RightsFilesTest::whatIsExportedComesBackUnchanged()
{
    QFETCH(int, format);
    WorkbenchRoom room;
    const QString file = writeIn(room, u"in.csv"_s,
        "DisplayName,WorkType,SeriesTitleInternalAlias,SeasonNumber,EpisodeNumber,TitleInternalAlias,SeriesContentID,"
        "SeasonContentID,EpisodeContentID,ContentID,ALID,EditID,Territory,TerritoryExclusion,LicenseType,FormatProfile,"
        "Exclusive,Start,End,AvailID,ContractID,PriceType,PriceValue,PriceCurrency\n"
        "Lantern,Movie,,,,+Sum & <Co>,,,,c1,A1,10.5240/AB00-7928-1A3D-3923-B063-Q,\"FR, US-CA\",MC,EST,HD,Yes,"
        "2026-01-01,Open,w1,K-1,WSP,4.99,EUR\n"
        "Lantern,Episode,Harbour Nights,2,7,The Pier,S,S-2,S-2-7,,A7,,ZZ,,SVOD,UHD,No,Immediate,2027-01-01T00:00:00Z,"
        "w7,K-1,,,\n");
    const auto first = importRights(room.workspace(), {.file = file});
    QVERIFY(first);
    QCOMPARE(first->accepted, 2);
    const auto bytes = exportRights(room.workspace(), {.format = static_cast<RightsFormat>(format)});
    QVERIFY2(bytes, bytes ? "" : qPrintable(bytes.error().detail));
    const auto again = importRights(room.workspace(), {.file = writeIn(room, u"out"_s, *bytes), .dryRun = true});
    QVERIFY2(again, again ? "" : qPrintable(again.error().detail));
    QCOMPARE(again->accepted, 2);
    QVERIFY(again->errors.empty());
    QVERIFY(again->rules.added.empty() && again->rules.changed.empty() && again->rules.removed.empty());
    QVERIFY(again->titles.added.empty() && again->titles.changed.empty());
}

void RightsFilesTest::anUnknownLicensorIsRefused()
{
    WorkbenchRoom room;
    const auto run = [&room](const QString& verb, const QStringList& operands, const QHash<QString, QString>& options) {
        return runVerb({{verb, operands, options}, &room.workspace(), room.workspace().workers(), {}, {}});
    };
    const QString out = room.path(u"out.csv"_s);
    const QHash<QString, QString> wanted {{u"format"_s, u"csv"_s}, {u"out"_s, out}, {u"licensor"_s, u"Nobody"_s}};
    QVERIFY(run(u"rights export"_s, {}, wanted)
            .json[u"error"_s]
            .toObject()[u"detail"_s]
            .toString()
            .contains(u"none is known"_s));
    const QString file = writeIn(
        room, u"a.csv"_s, "DisplayName,ALID,Territory,LicenseType,Start,End\nNorth,A1,FR,EST,2026-01-01,Open\n");
    QVERIFY(importRights(room.workspace(), {.file = file}));
    const VerbReply refused = run(u"rights export"_s, {}, wanted);
    QCOMPARE(
        refused.json[u"error"_s].toObject()[u"detail"_s].toString(), u"no such licensor: Nobody; known are North"_s);
    QVERIFY(!QFile::exists(out));
    QVERIFY(run(u"rights licensor"_s, {u"Nobody"_s}, {}).json.contains(u"error"_s));
    QHash<QString, QString> known = wanted;
    known[u"licensor"_s] = u"NORTH"_s;
    QCOMPARE(run(u"rights export"_s, {}, known).exitCode, ExitCode::Done);
    QVERIFY(QFile::exists(out));
    const VerbReply zone = run(u"rights import"_s, {file}, {{u"zone"_s, u"Europe/Pariss"_s}});
    QCOMPARE(zone.exitCode, ExitCode::Usage);
    QVERIFY(zone.json[u"error"_s].toObject()[u"detail"_s].toString().contains(u"did you mean Europe/Paris?"_s));
}

void RightsFilesTest::exportsOneTerritory()
{
    WorkbenchRoom room;
    const QString file = writeIn(room, u"in.csv"_s,
        "ALID,Territory,LicenseType,Start,End,AvailID\nA1,FR,SVOD,2026-01-01,Open,w1\nA1,DE,SVOD,2026-01-01,Open,w2\n");
    QVERIFY(importRights(room.workspace(), {.file = file}));
    const auto bytes = exportRights(room.workspace(), {.format = RightsFormat::Csv, .filter = {.territory = u"DE"_s}});
    QVERIFY(bytes);
    QCOMPARE(bytes->count("\r\n"), 4); // three rows above the data
    QVERIFY(bytes->contains(",w2,"));
    const QString world = writeIn(
        room, u"world.csv"_s, "ALID,Territory,LicenseType,Start,End,AvailID\nA2,ZZ,SVOD,2026-01-01,Open,w3\n");
    QVERIFY(importRights(room.workspace(), {.file = world}));
    const auto reached
        = exportRights(room.workspace(), {.format = RightsFormat::Csv, .filter = {.territory = u"DE"_s}});
    QVERIFY(reached && reached->contains(",w2,") && reached->contains(",w3,") && !reached->contains(",w1,"));
    const auto calendar = exportRights(room.workspace(), {.format = RightsFormat::Calendar});
    QVERIFY(calendar);
    QCOMPARE(calendar->count("BEGIN:VEVENT"), 3);
}

void RightsFilesTest::tenThousandRowsAreOnePlan()
{
    QByteArray csv = "ALID,Territory,LicenseType,Start,End,AvailID,ContractID\n";
    for (int row = 0; row < 10'000; ++row)
        csv += "A" + QByteArray::number(row / 4) + ",FR,SVOD,2026-01-01,Open,w" + QByteArray::number(row) + ",K-"
            + QByteArray::number(row % 7) + "\n";
    WorkbenchRoom room;
    const auto plan = importRights(room.workspace(), {.file = writeIn(room, u"big.csv"_s, csv)});
    QVERIFY(plan);
    QCOMPARE(plan->accepted, 10'000);
    const auto rules = loadRules(room.workspace());
    QCOMPARE(rules->rules.size(), 10'000U);
    QCOMPARE(rules->titles.size(), 2'500U);
}

QTEST_GUILESS_MAIN(RightsFilesTest)
#include "tst_rights_files.moc"
