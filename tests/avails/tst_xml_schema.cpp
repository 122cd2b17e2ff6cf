#include "core/avails/sheet_import.h"
#include "core/avails/xml_export.h"
#include "core/avails/xml_reader.h"

#include <QTest>
#include <QXmlStreamReader>
#include <algorithm>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::avails;
using namespace vidimus::rights;

/// XML that leaves keeps to the schema (MovieLabs avails-v2.6.xsd): elements in its order, texts of its types; and it
/// says of a grant what the sheet says, so that nothing becomes a right on its way.
class XmlSchemaTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void elementsStandInTheOrderOfTheSchema();
    void textsAreOfTheirTypes_data();
    void textsAreOfTheirTypes();
    void whatNobodyApprovedStaysSo_data();
    void whatNobodyApprovedStaysSo();
    void ratingsOfEveryRowLeave();
    void aLicenseeIsNoLicensor();
    void readsWhatStandsBesideTheRights();
    void everythingComesBack();
};

namespace {

const QMap<QString, QStringList> kOrder {
    {u"Avail"_s,
        u"ALID Disposition Licensor ServiceProvider AvailType ShortDescription Asset Transaction SharedEntitlement ExceptionFlag"_s
            .split(u' ')},
    {u"Asset"_s, u"WorkType Metadata EpisodeMetadata SeasonMetadata SeriesMetadata BundledAsset"_s.split(u' ')},
    {u"Metadata"_s,
        u"TitleDisplayUnlimited TitleInternalAlias EditEIDR-URN TitleEIDR-URN AltIdentifier ReleaseDate RunLength People ReleaseHistory USACaptionsExemptionReason Ratings LocalizationOffering CompanyDisplayCredit"_s
            .split(u' ')},
    {u"EpisodeMetadata"_s,
        u"TitleDisplayUnlimited TitleInternalAlias EditEIDR-URN TitleEIDR-URN ReleaseDate RunLength USACaptionsExemptionReason Ratings LocalizationOffering EpisodeNumber SeasonMetadata SeriesMetadata"_s
            .split(u' ')},
    {u"Transaction"_s,
        u"Licensee LicenseType Description Territory TerritoryExcluded Start StartCondition End EndCondition AllowedLanguage AssetLanguage HoldbackLanguage LicenseRightsDescription FormatProfile ContractID ReportingID Term OtherInstructions"_s
            .split(u' ')},
    {u"Rating"_s, u"Region System Value Reason"_s.split(u' ')}};

const QByteArray kHead
    = "DisplayName,Licensee,ServiceProvider,Territory,TerritoryExclusion,AssetLanguage,AllowedLanguages,"
      "HoldbackLanguage,WorkType,TitleInternalAlias,TitleDisplayUnlimited,CompanyDisplayCredit,ReleaseYear,"
      "TotalRunTime,EntryType,TitleStatus,LicenseType,LicenseRightsDescription,FormatProfile,HDR,Exclusive,ContractID,"
      "Start,End,RentalDuration,PriceType,PriceValue,PriceCurrency,SRP,TitleID,EditID,ContentID,AvailID,UV_ID,"
      "ReportingID,ALID,BundleALIDs,RatingSystem,RatingValue,RatingReason,CaptionExemption,Description,"
      "OtherInstructions,ExceptionFlag\n";

/// A row of kHead with everything; \a changes by column.
QByteArray row(const QMap<QByteArray, QByteArray>& changes = {})
{
    QMap<QByteArray, QByteArray> cells {{"DisplayName", "North"}, {"Licensee", "We"}, {"ServiceProvider", "Carrier"},
        {"Territory", "DE"}, {"AssetLanguage", "en"}, {"AllowedLanguages", "de; fr"}, {"HoldbackLanguage", "it"},
        {"WorkType", "Movie"}, {"TitleInternalAlias", "Film"}, {"TitleDisplayUnlimited", "FILM"},
        {"CompanyDisplayCredit", "North Films"}, {"ReleaseYear", "1958"}, {"TotalRunTime", "1:35:20"},
        {"EntryType", "Full Extract"}, {"TitleStatus", "Approved"}, {"LicenseType", "VOD"},
        {"LicenseRightsDescription", "Library"}, {"FormatProfile", "HD"}, {"HDR", "HDR10"}, {"Exclusive", "Yes"},
        {"ContractID", "K-1"}, {"Start", "2026-01-01"}, {"End", "2026-12-31"}, {"RentalDuration", "PT48H"},
        {"PriceType", "WSP"}, {"PriceValue", "3.99"}, {"PriceCurrency", "EUR"}, {"SRP", "4.99"},
        {"TitleID", "10.5240/T"}, {"EditID", "10.5240/E"}, {"ContentID", "C"}, {"AvailID", "w1"}, {"UV_ID", "uv"},
        {"ReportingID", "R"}, {"ALID", "A"}, {"RatingSystem", "FSK"}, {"RatingValue", "12"}, {"RatingReason", "fear"},
        {"CaptionExemption", "2"}, {"Description", "launch"}, {"OtherInstructions", "call first"}};
    for (auto change = changes.begin(); change != changes.end(); ++change)
        cells[change.key()] = change.value();
    QByteArray line;
    for (const QByteArray& column : kHead.trimmed().split(','))
        line += '"' + cells.value(column) + "\",";
    return line.chopped(1) + '\n';
}

RuleSet rulesOf(const QByteArray& rows)
{
    const auto made = planCsvImport(kHead + rows, {}, {});
    if (!made || made->rejected > 0)
        qFatal("%s", made ? qPrintable(made->errors.front().message) : qPrintable(made.error().detail));
    return applied(*made, {});
}

ImportPlan readAgain(const QByteArray& xml, const RuleSet& existing)
{
    const auto sheets = readAvailsXml(xml);
    if (!sheets)
        qFatal("%s", qPrintable(sheets.error().detail));
    const auto made = planImport(*sheets, {}, existing);
    if (!made)
        qFatal("%s", qPrintable(made.error().detail));
    return *made;
}

/// The children of each element, by its name.
QList<std::pair<QString, QStringList>> childrenOf(const QByteArray& xml)
{
    QList<std::pair<QString, QStringList>> elements;
    QList<qsizetype> path;
    QXmlStreamReader reader(xml);
    while (!reader.atEnd()) {
        const auto token = reader.readNext();
        if (token == QXmlStreamReader::StartElement) {
            if (!path.isEmpty())
                elements[path.last()].second.append(reader.name().toString());
            path.append(elements.size());
            elements.append({reader.name().toString(), {}});
        } else if (token == QXmlStreamReader::EndElement) {
            path.removeLast();
        }
    }
    return elements;
}

QString textOf(const QByteArray& xml, const QByteArray& element)
{
    const qsizetype from = xml.indexOf("<avails:" + element + '>');
    if (from < 0)
        return {};
    const qsizetype start = from + element.size() + 9;
    return QString::fromUtf8(xml.mid(start, xml.indexOf('<', start) - start));
}

} // namespace

void XmlSchemaTest::elementsStandInTheOrderOfTheSchema()
{
    const QByteArray rows = row()
        + row({{"WorkType", "Collection"}, {"ALID", "B"}, {"EditID", "10.5240/F"}, {"BundleALIDs", "A; X"},
            {"AvailID", "w2"}});
    int seen = 0;
    for (const auto& [name, children] : childrenOf(exportXml(rulesOf(rows)))) {
        if (!kOrder.contains(name))
            continue;
        ++seen;
        const QStringList& order = kOrder[name];
        qsizetype last = 0;
        for (const QString& child : children) {
            const qsizetype place = order.indexOf(child);
            QVERIFY2(place >= last, qPrintable(name + u'/' + child));
            last = place;
        }
    }
    QCOMPARE(seen, 10); // two of Avail, Asset, Metadata, Transaction and Rating
}

void XmlSchemaTest::textsAreOfTheirTypes_data()
{
    QTest::addColumn<QByteArray>("column");
    QTest::addColumn<QByteArray>("cell");
    QTest::addColumn<QByteArray>("element");
    QTest::addColumn<QString>("text"); // empty: the element is left out
    const auto row = [](const char* column, const char* cell, const char* element, const char* text) {
        QTest::addRow("%s %s", column, cell)
            << QByteArray(column) << QByteArray(cell) << QByteArray(element) << QString::fromLatin1(text);
    };
    row("TotalRunTime", "0.0625", "RunLength", "PT1H30M0S");
    row("TotalRunTime", "95:30", "RunLength", "PT1H35M30S");
    row("TotalRunTime", "1:35:20", "RunLength", "PT1H35M20S");
    row("TotalRunTime", "PT90M", "RunLength", "PT90M");
    row("TotalRunTime", "ninety", "RunLength", "");
    row("ReleaseYear", "1958", "ReleaseDate", "1958");
    row("ReleaseYear", "spring", "ReleaseDate", "");
    row("CaptionExemption", "2", "USACaptionsExemptionReason", "2");
    row("CaptionExemption", "old film", "USACaptionsExemptionReason", "");
    row("RentalDuration", "PT48H", "Duration", "PT48H");
    row("RentalDuration", "48", "Duration", "");
    row("RentalDuration", "P", "Duration", "");
    row("RentalDuration", "PT", "Duration", "");
}

void XmlSchemaTest::textsAreOfTheirTypes()
{
    QFETCH(QByteArray, column);
    QFETCH(QByteArray, cell);
    QFETCH(QByteArray, element);
    QFETCH(QString, text);
    const RuleSet rules = rulesOf(row({{column, cell}}));
    const QByteArray xml = exportXml(rules);
    QCOMPARE(textOf(xml, element), text);
    QVERIFY(readAgain(xml, rules).rules.changed.empty()); // the cell itself comes back in any case
}

void XmlSchemaTest::whatNobodyApprovedStaysSo_data()
{
    QTest::addColumn<QByteArray>("status");
    for (const char* status : {"Approved", "Pending", "Revoked"})
        QTest::newRow(status) << QByteArray(status);
}

void XmlSchemaTest::whatNobodyApprovedStaysSo()
{
    QFETCH(QByteArray, status);
    const RuleSet rules = rulesOf(row({{"TitleStatus", status}}));
    const QByteArray xml = exportXml(rules);
    QCOMPARE(xml.contains("termName=\"TitleStatus\""), status != "Approved");
    const ImportPlan elsewhere = readAgain(xml, {});
    QCOMPARE(elsewhere.rules.added.size(), 1U);
    QCOMPARE(elsewhere.rules.added[0].status, rules.rules[0].status);
}

void XmlSchemaTest::ratingsOfEveryRowLeave()
{
    const RuleSet rules = rulesOf(
        row() + row({{"Territory", "US"}, {"RatingSystem", "MPAA"}, {"RatingValue", "PG-13"}, {"AvailID", "w2"}}));
    const QByteArray xml = exportXml(rules);
    QCOMPARE(xml.count("<md:Rating>"), 2);
    const ImportPlan elsewhere = readAgain(xml, {});
    QCOMPARE(elsewhere.titles.added.at(0).ratings, (QMap<QString, int> {{u"DE"_s, 12}, {u"US"_s, 13}}));
    QVERIFY(readAgain(xml, rules).rules.changed.empty());
}

void XmlSchemaTest::aLicenseeIsNoLicensor()
{
    const QByteArray xml = exportXml(rulesOf(row()));
    QVERIFY(xml.contains("<avails:Licensee>"));
    const ImportPlan made = readAgain(xml, {});
    QCOMPARE(made.rules.added.at(0).provenance->licensor, u"North"_s);
    QCOMPARE(made.rules.added[0].terms.value(u"licensee").toString(), u"We"_s);
    QCOMPARE(made.deals.added.at(0).licensor, u"North"_s);
}

void XmlSchemaTest::readsWhatStandsBesideTheRights()
{
    QByteArray xml = exportXml(rulesOf(row({{"UV_ID", ""}})));
    xml.replace("<avails:ReleaseDate>",
        "<avails:AltIdentifier><md:Namespace>org:x</md:Namespace><md:Identifier>alt-7</md:Identifier>"
        "</avails:AltIdentifier><avails:ReleaseHistory><md:ReleaseType>original</md:ReleaseType>"
        "<md:Date>1958-02-03</md:Date></avails:ReleaseHistory><avails:ReleaseHistory><md:ReleaseType>DVD"
        "</md:ReleaseType><md:Date>2005-05-24</md:Date></avails:ReleaseHistory><avails:ReleaseDate>");
    xml.replace("</avails:Avail>",
        "<avails:SharedEntitlement ecosystem=\"DMA\"><avails:EcosystemID>dma-9</avails:EcosystemID>"
        "</avails:SharedEntitlement></avails:Avail>");
    xml.replace("termName=\"WSP\"", "termName=\"EpisodeWSP\"");
    const ImportPlan made = readAgain(xml, {});
    const QJsonObject terms = made.rules.added.at(0).terms;
    QCOMPARE(terms.value(u"alt_id").toString(), u"alt-7"_s);
    QCOMPARE(terms.value(u"release_original").toString(), u"1958-02-03"_s);
    QCOMPARE(terms.value(u"release_physical").toString(), u"2005-05-24"_s);
    QCOMPARE(terms.value(u"dma_id").toString(), u"dma-9"_s);
    QCOMPARE(terms.value(u"price_type").toString(), u"EpisodeWSP"_s);
    QVERIFY(std::ranges::find(made.notes, u"NOT_KEPT"_s, &CellMessage::code) == made.notes.end());
}

void XmlSchemaTest::everythingComesBack()
{
    const RuleSet rules = rulesOf(row()
        + row({{"AvailID", "w2"}, {"Territory", "AT"}, {"Description", "later"}, {"ServiceProvider", "Other"},
            {"TotalRunTime", "95"}, {"RatingValue", ""}, {"RatingSystem", ""}, {"RatingReason", ""},
            {"PriceValue", "tier 4"}, {"ExceptionFlag", "Yes"}}));
    const ImportPlan again = readAgain(exportXml(rules), rules);
    QCOMPARE(again.accepted, 2);
    QVERIFY(again.rules.added.empty() && again.rules.removed.empty() && again.titles.changed.empty());
    for (const Rule& rule : again.rules.changed) {
        const auto before = std::ranges::find(rules.rules, rule.id, &Rule::id);
        // The asset holds the ratings of all rows, so a row without one comes back with those; nothing else differs.
        QJsonObject terms = rule.terms;
        terms.remove(u"ratings"_s);
        QCOMPARE(terms, before->terms);
        QCOMPARE(rule.window, before->window);
    }
}

QTEST_GUILESS_MAIN(XmlSchemaTest)
#include "tst_xml_schema.moc"
