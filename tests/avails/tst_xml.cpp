#include "core/avails/markup.h"
#include "core/avails/sheet_import.h"
#include "core/avails/xlsx_reader.h"
#include "core/avails/xml_reader.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::avails;

namespace {

const QByteArray kHead = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<avails:AvailList "
                         "xmlns:avails=\"http://www.movielabs.com/schema/avails/v2.6/avails\" "
                         "xmlns:md=\"http://www.movielabs.com/schema/md/v2.10/md\">\n";
constexpr auto kFilm = R"(<avails:Avail>
<avails:ALID>md:alid:film</avails:ALID>
<avails:Disposition><avails:EntryType>Full Extract</avails:EntryType></avails:Disposition>
<avails:Licensor><md:DisplayName>Lantern Pictures</md:DisplayName></avails:Licensor>
<avails:ServiceProvider><md:DisplayName>Somebody else</md:DisplayName></avails:ServiceProvider>
<avails:AvailType>single</avails:AvailType><avails:ShortDescription>one</avails:ShortDescription>
<avails:Asset contentID="md:cid:film"><avails:WorkType>Movie</avails:WorkType><avails:Metadata>
 <avails:TitleDisplayUnlimited language="en">Harbour Light</avails:TitleDisplayUnlimited>
 <avails:TitleDisplayUnlimited language="fr">Feu du port</avails:TitleDisplayUnlimited>
 <avails:TitleInternalAlias>Harbour
   Light, The</avails:TitleInternalAlias>
 <avails:EditEIDR-URN>urn:eidr:10.5240:AB00-7928-1A3D-3923-B063-Q</avails:EditEIDR-URN>
 <avails:Ratings><md:Rating><md:Region><md:country>DE</md:country></md:Region><md:Value>6</md:Value></md:Rating></avails:Ratings>
</avails:Metadata></avails:Asset>
<avails:Transaction TransactionID="t1"><avails:LicenseType>EST</avails:LicenseType>
 <avails:Territory><md:country>FR</md:country></avails:Territory><avails:Territory><md:countryRegion>US-CA</md:countryRegion></avails:Territory>
 <avails:TerritoryExcluded><md:country>MC</md:country></avails:TerritoryExcluded>
 <avails:Start>2026-01-01T00:00:00</avails:Start><avails:EndCondition>Open</avails:EndCondition>
 <avails:AllowedLanguage>FR</avails:AllowedLanguage><avails:AllowedLanguage>es-419</avails:AllowedLanguage>
 <avails:FormatProfile HDR="HDR10">UHD</avails:FormatProfile><avails:ContractID>K-1</avails:ContractID>
 <avails:Term termName="TPR-WSP"><avails:Money currency="EUR">4.99</avails:Money></avails:Term>
 <avails:Term termName="AnnounceDate"><avails:Event>2025-12-01</avails:Event></avails:Term>
</avails:Transaction>
<avails:Transaction TransactionID="t2"><avails:LicenseType>VOD</avails:LicenseType>
 <avails:Territory><md:country>QQ</md:country></avails:Territory>
 <avails:StartCondition lag="P30D">Theatrical</avails:StartCondition><avails:End>2026-06-30T23:59:59</avails:End>
 <avails:FormatProfile>HD</avails:FormatProfile>
</avails:Transaction></avails:Avail>
)";
constexpr auto kEpisode
    = R"(<Avail><ALID>ep7</ALID><Asset contentID="cid:7"><WorkType>Episode</WorkType><EpisodeMetadata>
<TitleInternalAlias>The Pier</TitleInternalAlias><EpisodeNumber><Number>7</Number></EpisodeNumber><SeasonMetadata>
<SeasonContentID>cid:s2</SeasonContentID><SeasonNumber><Number>2</Number></SeasonNumber><SeriesMetadata>
<SeriesContentID>cid:s</SeriesContentID><SeriesTitleInternalAlias>Harbour Nights</SeriesTitleInternalAlias></SeriesMetadata>
</SeasonMetadata></EpisodeMetadata></Asset><Transaction TransactionID="e"><LicenseType>SVOD</LicenseType>
<Territory><country>FR</country></Territory><Start>2026-01-01T00:00:00</Start><End>2027-01-01T00:00:00</End></Transaction></Avail>)";

const QByteArray kTail = "</avails:AvailList>";

ImportPlan planOf(const QByteArray& xml)
{
    const auto sheets = readAvailsXml(xml);
    if (!sheets)
        qFatal("%s", qPrintable(sheets.error().detail));
    const auto plan = planImport(*sheets, {.times = {.zone = u"Europe/Paris"_s}}, {});
    if (!plan)
        qFatal("%s", qPrintable(plan.error().detail));
    return *plan;
}

} // namespace

class XmlTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsAFilm();
    void readsAnEpisodeOfAnyVersion();
    void refusesWhatIsNoAvails_data();
    void refusesWhatIsNoAvails();
    void everyTruncationIsAnError();
    void sheetsSurviveTheWayBetweenProcesses();
    void refusesSheetsThatDoNotCheckOut();
    void markedUpWorkbookSaysWhatAndWhere();
    void notesOfATemplateAreNotJudged();
};

void XmlTest::readsAFilm()
{
    const ImportPlan plan = planOf(kHead + QByteArray(kFilm) + kTail);
    QCOMPARE(plan.rows, 2);
    QCOMPARE(plan.accepted, 1);
    const rights::Rule& rule = plan.rules.added.at(0);
    QCOMPARE(rule.id, WindowId(u"t1"_s));
    QCOMPARE(rule.territory.include, (QStringList {u"FR"_s, u"US-CA"_s}));
    QCOMPARE(rule.territory.exclude, QStringList {u"MC"_s});
    QCOMPARE(toRfc3339(rule.window.start.value()), u"2025-12-31T23:00:00Z"_s); // midnight in Paris
    QVERIFY(!rule.window.end);
    QCOMPARE(rule.deal, DealId(u"K-1"_s));
    QCOMPARE(rule.terms.value(u"price_type"_s).toString(), u"TPR-WSP"_s);
    QCOMPARE(rule.terms.value(u"price_value"_s).toString(), u"4.99"_s);
    QCOMPARE(rule.terms.value(u"price_currency"_s).toString(), u"EUR"_s);
    QCOMPARE(rule.terms.value(u"allowed_languages"_s).toString(), u"fr, es-419"_s);
    QCOMPARE(rule.terms.value(u"hdr"_s).toString(), u"HDR10"_s);
    QCOMPARE(rule.terms.value(u"announce"_s).toString(), u"2025-11-30T23:00:00Z"_s);
    QCOMPARE(toRfc3339(*rule.announced.value().start), u"2025-11-30T23:00:00Z"_s);
    QCOMPARE(rule.announced->end, rule.window.end);
    QCOMPARE(rule.provenance->row, 17);
    const rights::Title& title = plan.titles.added.at(0);
    QCOMPARE(title.name, u"Harbour Light, The"_s);
    QCOMPARE(title.ids.value(u"content_id"_s), u"md:cid:film"_s);
    QCOMPARE(title.ids.value(u"edit_id"_s), u"10.5240/AB00-7928-1A3D-3923-B063-Q"_s);
    QCOMPARE(plan.deals.added.at(0).licensor, u"Lantern Pictures"_s);
    QStringList codes;
    for (const CellMessage& error : plan.errors)
        codes.append(u"%1 %2"_s.arg(error.row).arg(error.code));
    QCOMPARE(codes, (QStringList {u"26 UNKNOWN_TERRITORY"_s, u"26 CONDITION_NEEDS_EVENT"_s}));
}

void XmlTest::readsAnEpisodeOfAnyVersion()
{
    const ImportPlan plan = planOf("<AvailList>" + QByteArray(kEpisode) + "</AvailList>");
    QCOMPARE(plan.accepted, 1);
    QCOMPARE(plan.titles.added.size(), 3U);
    QCOMPARE(plan.titles.added[0].name, u"Harbour Nights"_s);
    QCOMPARE(plan.titles.added[1].parent, TitleId(u"cid:s"_s));
    QCOMPARE(plan.titles.added[1].number, 2);
    QCOMPARE(plan.titles.added[2].name, u"The Pier"_s);
    QCOMPARE(plan.titles.added[2].number, 7);
    QCOMPARE(plan.titles.added[2].ids.value(u"content_id"_s), u"cid:7"_s);
}

void XmlTest::refusesWhatIsNoAvails_data()
{
    QTest::addColumn<QByteArray>("xml");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no XML") << QByteArray("ALID,Territory\n");
    QTest::newRow("other XML") << QByteArray("<html><body/></html>");
    QTest::newRow("document type") << QByteArray(
        "<!DOCTYPE a [<!ENTITY b \"bbbb\">]><AvailList><Avail><ALID>&b;</ALID></Avail></AvailList>");
    QTest::newRow("external entity") << QByteArray(
        "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><AvailList><Avail/></AvailList>");
    QTest::newRow("not closed") << QByteArray("<AvailList><Avail>");
    QTest::newRow("wrongly nested") << QByteArray("<AvailList><Avail></AvailList></Avail>");
    QTest::newRow("too deep") << "<AvailList>" + QByteArray("<a>").repeated(100) + QByteArray("</a>").repeated(100)
            + "</AvailList>";
    QTest::newRow("a text without end") << "<AvailList><Avail><ALID>" + QByteArray(40'000, 'a')
            + "</ALID></Avail></AvailList>";
}

void XmlTest::refusesWhatIsNoAvails()
{
    QFETCH(QByteArray, xml);
    const auto sheets = readAvailsXml(xml);
    QVERIFY(!sheets);
    QVERIFY(sheets.error().code == ErrorCode::Invalid || sheets.error().code == ErrorCode::LimitExceeded);
}

void XmlTest::everyTruncationIsAnError()
{
    const QByteArray whole = kHead + QByteArray(kFilm) + kTail;
    for (qsizetype length = 0; length < whole.size(); length += 7)
        QVERIFY2(!readAvailsXml(whole.left(length)), qPrintable(QString::number(length)));
}

void XmlTest::sheetsSurviveTheWayBetweenProcesses()
{
    std::vector<SheetTable> sheets = readAvailsXml(kHead + QByteArray(kFilm) + kTail).value();
    sheets.push_back(
        {.name = u"–"_s, .rows = {{.number = 900, .cells = {QString(), u"x"_s, u"x"_s}}}, .skippedRows = 7});
    const auto back = sheetsFromBytes(toBytes(sheets));
    QVERIFY(back);
    QCOMPARE(*back, sheets);
    QCOMPARE(sheetsFromBytes(toBytes({})).value(), std::vector<SheetTable>());
}

void XmlTest::refusesSheetsThatDoNotCheckOut()
{
    const QByteArray whole = toBytes(readAvailsXml(kHead + QByteArray(kFilm) + kTail).value());
    for (qsizetype length = 0; length < whole.size(); ++length)
        QVERIFY(!sheetsFromBytes(whole.left(length)));
    QVERIFY(!sheetsFromBytes(whole + 'x'));
    quint32 state = 20260101;
    for (int round = 0; round < 5000; ++round) {
        QByteArray flipped = whole;
        state = state * 1664525U + 1013904223U;
        const auto place = static_cast<qsizetype>((state >> 8) % static_cast<quint32>(flipped.size()));
        flipped[place] = static_cast<char>(state >> 24);
        const auto sheets = sheetsFromBytes(flipped);
        if (sheets) { // what passes keeps the limits
            for (const SheetTable& sheet : *sheets)
                QVERIFY(std::ssize(sheet.rows) <= kMaxRows);
        }
    }
    // A count that promises more than any file may hold asks for no memory.
    QVERIFY(!sheetsFromBytes(QByteArray("VSHT1\xff\xff\xff\xff\xff\xff\xff\xff\x7f")));
}

void XmlTest::markedUpWorkbookSaysWhatAndWhere()
{
    const auto sheet = readCsvSheet("ALID,Territory,LicenseType,Start,End\n"
                                    "A1,FR,EST,2026-01-01,Open\n"
                                    "// a note\n"
                                    "A2,QQ,EST,2026-01-01,\n"
                                    "\n"
                                    "A3,FR,EST,2026-01-01,2026-01-31T23:59\n",
        u"Avails"_s);
    QVERIFY(sheet);
    const std::vector<SheetTable> sheets {*sheet};
    const auto plan = planImport(sheets, {}, {});
    QVERIFY(plan);
    const auto bytes = markUp(sheets, *plan);
    QVERIFY(bytes);
    const auto back = readXlsx(*bytes);
    QVERIFY(back);
    const auto& rows = back->at(0).rows;
    QCOMPARE(rows.at(0).cells.mid(5), (QStringList {u"Vidimus: result"_s, u"Vidimus: what and why"_s}));
    QCOMPARE(rows.at(1).cells.at(5), u"Accepted"_s);
    QCOMPARE(rows.at(1).cells.size(), 6);
    QCOMPARE(rows.at(2).cells.size(), 1); // a note is no avail
    QCOMPARE(rows.at(3).number, 4);
    QCOMPARE(rows.at(3).cells.at(5), u"Rejected"_s);
    QVERIFY2(rows.at(3).cells.at(6).startsWith("Territory: "_L1) && rows.at(3).cells.at(6).contains("End: "_L1),
        qPrintable(rows.at(3).cells.at(6)));
    QCOMPARE(rows.at(4).number, 6);
    QCOMPARE(rows.at(4).cells.at(5), u"Accepted"_s);
    QVERIFY(rows.at(4).cells.at(6).contains("2026-02-01T00:00:00Z"_L1));
    // What comes back corrected is read as before: the two columns are not Avails.
    const auto again = planImport(*back, {}, {});
    QVERIFY(again);
    QCOMPARE(again->accepted, 2);
    for (const CellMessage& note : again->notes)
        QVERIFY2(note.code != u"UNUSED_COLUMN" && note.code != u"NOT_KEPT", qPrintable(note.message));
}

void XmlTest::notesOfATemplateAreNotJudged()
{
    const auto sheet = readCsvSheet("Avail,AvailTrans,AvailTrans,AvailTrans,AvailTrans\n"
                                    "ALID,Territory,LicenseType,Start,End\n"
                                    "v1.9,REQ,REQ,REQ,REQ\n"
                                    "A2,FR,EST,Theatrical,2026-01-31\n"
                                    "A1,QQ,EST,2026-01-01,2026-01-31\n",
        u"Avails"_s);
    QVERIFY(sheet);
    const std::vector<SheetTable> sheets {*sheet};
    const auto plan = planImport(sheets, {}, {});
    QVERIFY(plan);
    // In the order of the sheet, although what counts from an event is read last.
    QCOMPARE(plan->errors.at(0).row, 4);
    QCOMPARE(plan->errors.at(1).row, 5);
    const auto back = readXlsx(*markUp(sheets, *plan));
    QVERIFY(back);
    const auto& rows = back->at(0).rows;
    QCOMPARE(rows.at(2).cells.size(), 5); // the notes: neither accepted nor rejected
    QCOMPARE(rows.at(4).cells.at(5), u"Rejected"_s);
    QVERIFY2(rows.at(4).cells.at(6).startsWith("Territory: "_L1), qPrintable(rows.at(4).cells.at(6))); // faults first
    QVERIFY(rows.at(4).cells.at(6).contains("End: "_L1));
}

QTEST_GUILESS_MAIN(XmlTest)
#include "tst_xml.moc"
