#include "core/avails/sheet_import.h"
#include "core/avails/xml_export.h"
#include "core/avails/xml_reader.h"

#include <QTest>
#include <algorithm>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::avails;
using namespace vidimus::rights;

/// What XML of the later versions says beside the rights: it is kept, goes out again, or is named as not kept.
class XmlTermsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsTheLaterVersions_data();
    void readsTheLaterVersions();
    void whatIsKeptComesBack();
    void aRowHasNoRatingOfItsSiblings();
    void bundlesAndPeople();
};

namespace {

const QByteArray kBody = R"(<a:Avail><a:ALID>md:alid:film</a:ALID>
<a:Disposition><a:EntryType>Update</a:EntryType></a:Disposition>
<a:Licensor><md:DisplayName>Lantern Pictures</md:DisplayName></a:Licensor>
<a:ServiceProvider><md:DisplayName>Carrier</md:DisplayName></a:ServiceProvider>
<a:AvailType>single</a:AvailType><a:ShortDescription>A light</a:ShortDescription>
<a:Asset contentID="md:cid:film"><a:WorkType>Movie</a:WorkType><a:Metadata>
 <a:TitleInternalAlias>Harbour Light</a:TitleInternalAlias><a:ReleaseDate>1917</a:ReleaseDate>
 <a:RunLength>PT1H30M</a:RunLength><a:USACaptionsExemptionReason>6</a:USACaptionsExemptionReason>
 <a:CompanyDisplayCredit><md:DisplayString>Lantern</md:DisplayString></a:CompanyDisplayCredit>
 <a:Ratings><md:Rating><md:Region><md:country>DE</md:country></md:Region><md:System>FSK</md:System><md:Value>12</md:Value></md:Rating>
 <md:Rating><md:Region><md:country>US</md:country></md:Region><md:System>MPAA</md:System><md:Value>PG-13</md:Value><md:Reason>language; fear</md:Reason></md:Rating></a:Ratings>
 <a:People><md:Job><md:JobFunction>Director</md:JobFunction></md:Job><md:Name><md:DisplayName>A. Name</md:DisplayName></md:Name></a:People>
</a:Metadata></a:Asset>
<a:Transaction TransactionID="t1"><a:LicenseType>EST</a:LicenseType><a:Description>launch</a:Description>
 <a:Territory><md:country>DE</md:country></a:Territory><a:Start>2026-01-01T00:00:00Z</a:Start><a:EndCondition>Open</a:EndCondition>
 <a:AllowedLanguage>de</a:AllowedLanguage><a:AllowedLanguage>en</a:AllowedLanguage><a:HoldbackLanguage>fr</a:HoldbackLanguage>
 <a:FormatProfile HDR="HDR10" WCG="BT.2020" HFR="60" NGAudio="Atmos">UHD</a:FormatProfile><a:ReportingID>R-7</a:ReportingID>
 <a:Term termName="WSP"><a:Money currency="EUR">4.99</a:Money></a:Term>
 <a:Term termName="RentalDuration"><a:Duration>P30D</a:Duration></a:Term>
 <a:Term termName="WatchDuration"><a:Duration>PT48H</a:Duration></a:Term>
 <a:Term termName="Download"><a:Text>Yes</a:Text></a:Term>
 <a:Term termName="OurOwnTerm"><a:Text>seven</a:Text></a:Term>
</a:Transaction></a:Avail>)";

QByteArray file(const char* version, const char* metadata, const QByteArray& body = kBody)
{
    return QByteArray("<a:AvailList xmlns:a=\"http://www.movielabs.com/schema/avails/") + version
        + "/avails\" xmlns:md=\"http://www.movielabs.com/schema/md/" + metadata + "/md\">" + body + "</a:AvailList>";
}

ImportPlan plan(const QByteArray& xml, const RuleSet& existing = {})
{
    const auto sheets = readAvailsXml(xml);
    if (!sheets)
        qFatal("%s", qPrintable(sheets.error().detail));
    const auto made = planImport(*sheets, {}, existing);
    if (!made)
        qFatal("%s", qPrintable(made.error().detail));
    return *made;
}

QString notKept(const ImportPlan& made)
{
    const auto note = std::ranges::find(made.notes, u"NOT_KEPT"_s, &CellMessage::code);
    return note == made.notes.end() ? QString() : note->value;
}

} // namespace

void XmlTermsTest::readsTheLaterVersions_data()
{
    QTest::addColumn<QByteArray>("xml");
    QTest::newRow("2.5") << file("v2.5", "v2.8");
    QTest::newRow("2.7") << file("v2.7", "v2.11");
    QTest::newRow("2.8") << file("v2.8", "v2.12");
    QTest::newRow("2.9") << file("v2.9", "v2.13");
}

void XmlTermsTest::readsTheLaterVersions()
{
    QFETCH(QByteArray, xml);
    const ImportPlan made = plan(xml);
    QCOMPARE(made.accepted, 1);
    const QJsonObject terms = made.rules.added.at(0).terms;
    const QMap<QString, QString> wanted {{u"hdr"_s, u"HDR10"_s}, {u"wcg"_s, u"BT.2020"_s}, {u"hfr"_s, u"60"_s},
        {u"ng_audio"_s, u"Atmos"_s}, {u"allowed_languages"_s, u"de, en"_s}, {u"holdback_language"_s, u"fr"_s},
        {u"rental_duration"_s, u"P30D"_s}, {u"watch_duration"_s, u"PT48H"_s}, {u"download"_s, u"Yes"_s},
        {u"release_year"_s, u"1917"_s}, {u"run_time"_s, u"PT1H30M"_s}, {u"caption_exemption"_s, u"6"_s},
        {u"company_credit"_s, u"Lantern"_s}, {u"director"_s, u"A. Name"_s}, {u"reporting_id"_s, u"R-7"_s},
        {u"service_provider"_s, u"Carrier"_s}, {u"description"_s, u"launch"_s}, {u"price_value"_s, u"4.99"_s}};
    for (auto term = wanted.begin(); term != wanted.end(); ++term)
        QCOMPARE(terms.value(term.key()).toString(), term.value());
    QCOMPARE(made.titles.added.at(0).ratings, (QMap<QString, int> {{u"DE"_s, 12}, {u"US"_s, 13}}));
    QCOMPARE(notKept(made), u"OurOwnTerm"_s);
    QCOMPARE(made.rules.added.at(0).provenance->licensor, u"Lantern Pictures"_s);
}

void XmlTermsTest::whatIsKeptComesBack()
{
    const RuleSet rules = applied(plan(file("v2.9", "v2.13")), {});
    const ImportPlan again = plan(exportXml(rules), rules);
    QCOMPARE(again.accepted, 1);
    QVERIFY(again.rules.added.empty() && again.rules.removed.empty() && again.titles.changed.empty());
    for (const Rule& rule : again.rules.changed) {
        for (const QString& term : rules.rules[0].terms.keys())
            QCOMPARE(rule.terms.value(term), rules.rules[0].terms.value(term));
    }
    QVERIFY(again.rules.changed.empty());
    QCOMPARE(notKept(again), QString());
}

void XmlTermsTest::aRowHasNoRatingOfItsSiblings()
{
    RuleSet rules = applied(plan(file("v2.9", "v2.13")), {});
    QVERIFY(rules.rules[0].terms.contains(u"ratings"_s) && rules.rules[0].terms.contains(u"release_year"_s));
    Rule plain = rules.rules[0];
    plain.id = WindowId(u"plain"_s);
    plain.terms.remove(u"ratings"_s);
    plain.terms.remove(u"release_year"_s);
    Rule own = plain;
    own.id = WindowId(u"own"_s);
    own.terms[u"rating_system"_s] = u"FSK"_s;
    own.terms[u"rating_value"_s] = u"16"_s;
    rules.rules.insert(rules.rules.end(), {plain, own});
    const RuleSet read = applied(plan(exportXml(rules)), {});
    QCOMPARE(read.rules.size(), 3U);
    for (const Rule& rule : read.rules) {
        const auto stood = std::ranges::find(rules.rules, rule.id, &Rule::id);
        QVERIFY(stood != rules.rules.end());
        for (const QString& term : {u"ratings"_s, u"rating_value"_s, u"release_year"_s})
            QCOMPARE(rule.terms.value(term).toString(), stood->terms.value(term).toString());
    }
}

void XmlTermsTest::bundlesAndPeople()
{
    QByteArray body = kBody;
    body.replace("<a:WorkType>Movie</a:WorkType>",
        "<a:WorkType>Collection</a:WorkType><a:BundledAsset contentID=\"cid:1\"/><a:BundledAsset "
        "contentID=\"cid:2\"/>");
    body.replace("Director</md:JobFunction>", "Actor</md:JobFunction>");
    const ImportPlan made = plan(file("v2.9", "v2.13", body));
    QCOMPARE(made.accepted, 1);
    QCOMPARE(made.rules.added[0].terms.value(u"bundle_alids").toString(), u"cid:1, cid:2"_s);
    QVERIFY(notKept(made).contains(u"People"_s)); // nobody holds actors
}

QTEST_GUILESS_MAIN(XmlTermsTest)
#include "tst_xml_terms.moc"
