#include "core/avails/avail_sheet.h"
#include "core/avails/csv_export.h"
#include "core/avails/sheet_import.h"
#include "core/rights/validate.h"

#include <QTest>
#include <algorithm>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::avails;
using namespace vidimus::rights;

/// Sheets as wide as those of versions 1.7 to 1.9, filled with what real ones hold (reference "Rights and
/// availability", section 1): every column is read or kept, and what is kept goes out again.
class LayoutsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void movies_data();
    void movies();
    void television_data();
    void television();
    void keptColumnsComeBack();
    void cellsThatNobodyKeepsAreNamedByRow();
    void unwantedColumnsAreNotNamed();
    void eidrWhereAnAlidBelongs_data();
    void eidrWhereAnAlidBelongs();
    void rulesBetweenColumns_data();
    void rulesBetweenColumns();
};

namespace {

using Cells = QMap<QString, QString>;

const QStringList kMovies
    = u"DisplayName Licensee ServiceProvider Territory TerritoryExclusion StoreType AssetLanguage LocalizationType "
      "HoldbackLanguage AllowedLanguages RequiredFulfillmentLanguages WorkType TitleInternalAlias "
      "TitleDisplayUnlimited "
      "CompanyDisplayCredit GroupIdentity Director ReleaseYear ReleaseHistoryOriginal ReleaseHistoryPhysicalHV "
      "TotalRunTime PackageLabel EntryType TitleStatus ExceptionFlag LicenseType LicenseRightsDescription "
      "FormatProfile "
      "HDR WCG HFR NGAudio Download Exclusive ExclusiveAttributes BrandingRights BrandingRightsAttributes ContractID "
      "Start StartLag End EndLag WindowDuration SuppressionLiftDate AnnounceDate SpecialPreOrderFulfillDate "
      "RentalDuration WatchDuration PriceType PriceValue PriceCurrency SRP TitleID EditID AltID ContentID AvailID "
      "UV_ID "
      "DMA_ID ReportingID ALID BundleALIDs RetailerID1 RetailerID2 RetailerID3 RetailerSpare1 RetailerSpare2 "
      "RetailerSpare3 Metadata RatingSystem RatingValue RatingReason CaptionIncluded CaptionExemption Description "
      "OtherTerms OtherInstructions Any"_s.split(u' ');
const QStringList kLater
    = u"Licensee RequiredFulfillmentLanguages GroupIdentity PackageLabel HDR WCG HFR NGAudio Download "
      "ExclusiveAttributes BrandingRights BrandingRightsAttributes StartLag EndLag RatingReason "
      "RetailerID1 RetailerID2 RetailerID3 RetailerSpare1 RetailerSpare2 RetailerSpare3"_s.split(u' ');
const QStringList kTelevision
    = u"SeriesTitleInternalAlias SeriesTitleDisplayUnlimited SeasonNumber EpisodeNumber EpisodeTitleInternalAlias "
      "EpisodeTitleDisplayUnlimited VolumeNumber VolumeTitleInternalAlias VolumeTitleDisplayUnlimited VolumeContentID "
      "VolumeDistributinoNumber DistributionNumber EpisodeCount SeasonCount SeriesContentID SeasonContentID "
      "EpisodeContentID EpisodeTitleID EpisodeEditID SeriesAltID SeasonAltID EpisodeAltID FixedEndDate"_s.split(u' ');

QStringList without(QStringList columns, qsizetype dropped)
{
    for (qsizetype i = 0; i < dropped; ++i)
        columns.removeOne(kLater[i]);
    return columns;
}

QByteArray line(const QStringList& cells)
{
    QStringList quoted;
    for (QString cell : cells)
        quoted.append(u'"' + cell.replace(u'"', u"\"\""_s) + u'"');
    return quoted.join(u',').toUtf8() + "\r\n";
}

/// Categories, names, notes with the version, a remark, data, and a tail of empty rows.
QByteArray sheet(const QStringList& columns, const QString& version, const QList<Cells>& rows)
{
    QStringList categories(columns.size(), u"AvailTerms"_s), notes(columns.size(), u"Opt"_s), remark(columns.size());
    notes[0] = version;
    notes[columns.indexOf(u"Territory"_s)] = u"REQ"_s;
    remark[0] = u"// second delivery"_s;
    QByteArray csv = line(categories) + line(columns) + line(notes) + line(remark);
    for (const Cells& row : rows) {
        QStringList cells;
        for (const QString& column : columns)
            cells.append(row.value(column));
        csv += line(cells);
    }
    return csv + line(QStringList(columns.size())).repeated(200);
}

Cells movie()
{
    return {{u"DisplayName"_s, u"Lantern Pictures"_s}, {u"Territory"_s, u"US"_s}, {u"AssetLanguage"_s, u"EN"_s},
        {u"WorkType"_s, u"Movie"_s}, {u"TitleInternalAlias"_s, u"Harbour Light, The"_s}, {u"ReleaseYear"_s, u"1917"_s},
        {u"TotalRunTime"_s, u"0.0625"_s}, {u"EntryType"_s, u"Full Extract"_s}, {u"TitleStatus"_s, u"approved"_s},
        {u"LicenseType"_s, u"EST"_s}, {u"FormatProfile"_s, u"UHD"_s}, {u"HDR"_s, u"HDR10"_s}, {u"Download"_s, u"1"_s},
        {u"Exclusive"_s, u"T"_s}, {u"Start"_s, u"41439"_s}, {u"End"_s, u"2027-05-28"_s}, {u"PriceType"_s, u"WSP"_s},
        {u"PriceValue"_s, u"4.99"_s}, {u"PriceCurrency"_s, u"USD"_s},
        {u"TitleID"_s, u"10.5240/:ab00-7928-1a3d-3923-b063-q"_s}, {u"ContentID"_s, u"md:cid:film"_s},
        {u"ALID"_s, u"md:alid:film"_s}, {u"AvailID"_s, u"a1"_s}, {u"RatingSystem"_s, u"MPAA"_s},
        {u"RatingValue"_s, u"PG-13"_s}, {u"CaptionIncluded"_s, u"Yes"_s}, {u"ReportingID"_s, u"R-7"_s},
        {u"Director"_s, u"A. Name; B. Name"_s}, {u"RetailerID3"_s, u"x3"_s}};
}

Cells changed(Cells row, std::initializer_list<std::pair<QString, QString>> cells)
{
    for (const auto& [column, value] : cells)
        row[column] = value;
    return row;
}

ImportPlan plan(const QByteArray& csv, const RuleSet& existing = {}, const ImportOptions& options = {})
{
    auto made = planCsvImport(csv, options, existing);
    if (!made)
        qFatal("%s", qPrintable(made.error().detail));
    return *made;
}

qsizetype count(const std::vector<CellMessage>& messages, const QString& code)
{
    return std::ranges::count(messages, code, &CellMessage::code);
}

void tell(const ImportPlan& made)
{
    for (const CellMessage& error : made.errors)
        qWarning("row %d, %s: %s", error.row, qPrintable(error.column), qPrintable(error.message));
}

} // namespace

void LayoutsTest::movies_data()
{
    QTest::addColumn<QStringList>("columns");
    QTest::addColumn<QString>("version");
    QTest::newRow("1.7, 57 columns") << without(kMovies, 21) << u"v1.7"_s;
    QTest::newRow("1.7.2, 62 columns") << without(kMovies, 16) << u"v1.7.2"_s;
    QTest::newRow("1.7.3, 77 columns") << without(kMovies, 1) << u"1.7.3a"_s;
    QTest::newRow("1.9, 78 columns") << kMovies << u"v1.9"_s;
}

void LayoutsTest::movies()
{
    QFETCH(QStringList, columns);
    QFETCH(QString, version);
    const QByteArray csv = sheet(columns, version,
        {movie(),
            changed(movie(), {{u"AvailID"_s, u"a2"_s}, {u"Start"_s, u"2013-06-14"_s}, {u"Exclusive"_s, u"TRUE"_s}}),
            changed(
                movie(), {{u"AvailID"_s, u"a3"_s}, {u"Start"_s, u"2013-06-14T00:00:00"_s}, {u"Exclusive"_s, u"1"_s}}),
            changed(movie(),
                {{u"AvailID"_s, u"a4"_s}, {u"LicenseType"_s, u"SVOD"_s}, {u"Territory"_s, u"ZZ"_s},
                    {u"TerritoryExclusion"_s, u"RU,BY"_s}, {u"AssetLanguage"_s, u"en"_s}, {u"RatingValue"_s, {}}})});
    const ImportPlan made = plan(csv);
    tell(made);
    QCOMPARE(made.rows, 4);
    QCOMPARE(made.accepted, 4);
    QCOMPARE(count(made.notes, u"UNUSED_COLUMN"_s) + count(made.notes, u"NOT_KEPT"_s), 0);
    QCOMPARE(count(made.notes, u"DATE_READ_AS"_s), 2); // the bare numbers
    QCOMPARE(count(made.notes, u"END_INCLUDES_DAY"_s), 4);
    for (const Rule& rule : made.rules.added) {
        if (rule.id != WindowId(u"a4"_s))
            QCOMPARE(toRfc3339(*rule.window.start),
                rule.id == WindowId(u"a1"_s) ? u"2013-06-14T00:00:00Z"_s : u"2013-06-14T00:00:00Z"_s);
        QVERIFY(rule.exclusive);
        QCOMPARE(rule.terms.value(u"release_year"_s).toString(), u"1917"_s);
        QCOMPARE(rule.terms.value(u"asset_language"_s).toString(), u"en"_s);
        QCOMPARE(rule.terms.contains(u"hdr"_s), columns.contains(u"HDR"_s));
    }
    QCOMPARE(made.titles.added.size(), 1U);
    QCOMPARE(made.titles.added[0].ids.value(u"title_id"_s), u"10.5240/AB00-7928-1A3D-3923-B063-Q"_s);
    QCOMPARE(made.titles.added[0].ratings.value(u"US"_s), 13);
    QVERIFY(validate(applied(made, {})));
}

void LayoutsTest::television_data()
{
    QTest::addColumn<QStringList>("columns");
    QStringList wide = kMovies;
    wide.removeOne(u"TitleInternalAlias"_s);
    wide.removeOne(u"TitleDisplayUnlimited"_s);
    QTest::newRow("1.7.2") << without(wide, 21) + kTelevision;
    QTest::newRow("1.7.3") << without(wide, 7) + kTelevision;
    QTest::newRow("1.9") << wide + kTelevision;
    QTest::newRow("combined sheet") << kMovies + kTelevision;
}

void LayoutsTest::television()
{
    QFETCH(QStringList, columns);
    Cells episode = changed(movie(),
        {{u"WorkType"_s, u"Episode"_s}, {u"TitleInternalAlias"_s, {}}, {u"ContentID"_s, {}},
            {u"LicenseType"_s, u"SVOD"_s}, {u"TitleID"_s, {}}, {u"SeriesTitleInternalAlias"_s, u"Harbour Nights"_s},
            {u"SeasonNumber"_s, u"2.0"_s}, {u"EpisodeNumber"_s, u"7"_s},
            {u"EpisodeTitleInternalAlias"_s, u"The Pier"_s}, {u"EpisodeCount"_s, u"10"_s}, {u"SeasonCount"_s, u"3"_s},
            {u"SeriesContentID"_s, u"cid:s"_s}, {u"SeasonContentID"_s, u"cid:s2"_s},
            {u"EpisodeContentID"_s, u"cid:s2e7"_s}, {u"ALID"_s, u"alid:s2e7"_s}, {u"VolumeNumber"_s, u"1"_s},
            {u"VolumeDistributinoNumber"_s, u"4"_s}});
    const Cells season = changed(episode,
        {{u"WorkType"_s, u"Season"_s}, {u"EpisodeNumber"_s, {}}, {u"EpisodeTitleInternalAlias"_s, {}},
            {u"EpisodeContentID"_s, {}}, {u"ALID"_s, u"alid:s2"_s}, {u"AvailID"_s, u"a2"_s}});
    const Cells otherVolume = changed(episode, {{u"AvailID"_s, u"a3"_s}, {u"VolumeNumber"_s, u"2"_s}});
    const ImportPlan made = plan(sheet(columns, u"v1.9"_s, {episode, season, otherVolume}));
    tell(made);
    QCOMPARE(made.accepted, 3);
    QCOMPARE(count(made.notes, u"NOT_KEPT"_s), 0);
    QCOMPARE(count(made.notes, u"VOLUME_TWICE"_s), 1);
    const Rule& rule = made.rules.added.at(0);
    QCOMPARE(rule.terms.value(u"episode_count"_s).toString(), u"10"_s);
    QCOMPARE(rule.terms.value(u"volume_distribution_number"_s).toString(), u"4"_s);
    const RuleSet rules = applied(made, {});
    QVERIFY(validate(rules));
    const auto title = std::ranges::find(rules.titles, TitleId(u"alid:s2e7"_s), &Title::id);
    QVERIFY(title != rules.titles.end());
    QCOMPARE(title->number, 7);
    QVERIFY(!title->parent.isEmpty());
}

void LayoutsTest::keptColumnsComeBack()
{
    Cells all = movie();
    for (const QString& column : kMovies) {
        if (!all.contains(column) && !column.contains(u"Lag") && !column.contains(u"Date")
            && column != u"WindowDuration" && column != u"BundleALIDs" && column != u"ExceptionFlag"
            && column != u"TerritoryExclusion" && column != u"EditID")
            all[column] = u"Text of "_s + column;
    }
    const RuleSet rules = applied(plan(sheet(kMovies, u"v1.9"_s, {all})), {});
    QCOMPARE(rules.rules.size(), 1U);
    const SheetTable out = availSheet(rules);
    for (auto cell = all.begin(); cell != all.end(); ++cell) {
        const qsizetype place = out.rows[0].cells.indexOf(cell.key());
        QVERIFY2(place >= 0, qPrintable(cell.key()));
        if (cell.key().startsWith(u"Text"))
            QCOMPARE(out.rows[1].cells[place].toLower(), cell.value().toLower());
    }
    const ImportPlan again = plan(exportCsv(rules), rules);
    QCOMPARE(again.accepted, 1);
    QVERIFY(again.rules.added.empty() && again.rules.changed.empty() && again.rules.removed.empty());
    const ImportPlan elsewhere = plan(exportCsv(rules));
    QCOMPARE(elsewhere.rules.added[0].terms, rules.rules[0].terms);
    QVERIFY(exportCsv(rules, Extent::Part).contains("Update"));
    QVERIFY(!exportCsv(rules, Extent::Part).contains("Full Extract"));
}

void LayoutsTest::cellsThatNobodyKeepsAreNamedByRow()
{
    const ImportPlan made
        = plan("ALID,Territory,LicenseType,Start,End,Our Remark,Shelf\nA1,FR,EST,2026-01-01,Open,hello,\n"
               "A1,DE,EST,2026-01-01,Open,,,beyond\nA1,ES,EST,2026-01-01,Open,,\n");
    QCOMPARE(made.accepted, 3);
    QCOMPARE(count(made.notes, u"UNUSED_COLUMN"_s), 2);
    QStringList told;
    for (const CellMessage& note : made.notes) {
        if (note.code == u"NOT_KEPT")
            told.append(u"%1 %2"_s.arg(note.row).arg(note.value));
    }
    QCOMPARE(told, (QStringList {u"2 Our Remark"_s, u"3 H"_s}));
}

void LayoutsTest::unwantedColumnsAreNotNamed()
{
    ImportOptions options;
    options.mapping.columns = {{u"Our Remark"_s, QString()}};
    const ImportPlan made
        = plan("ALID,Territory,LicenseType,Start,End,Our Remark\nA1,FR,EST,2026-01-01,Open,hello\n", {}, options);
    QCOMPARE(made.accepted, 1);
    QCOMPARE(count(made.notes, u"NOT_KEPT"_s), 0);
}

void LayoutsTest::eidrWhereAnAlidBelongs_data()
{
    QTest::addColumn<QString>("written");
    QTest::addColumn<QString>("read");
    const QString eidr = u"10.5240/AB00-7928-1A3D-3923-B063-Q"_s;
    QTest::newRow("plain") << eidr << eidr;
    QTest::newRow("small letters") << eidr.toLower() << eidr;
    QTest::newRow("stray colon") << u"10.5240/:AB00-7928-1A3D-3923-B063-Q"_s << eidr;
    QTest::newRow("urn") << u"urn:eidr:10.5240:AB00-7928-1A3D-3923-B063-Q"_s << eidr;
    QTest::newRow("address") << u"https://doi.org/10.5240/AB00-7928-1A3D-3923-B063-Q"_s << eidr;
    const QString alid = u"md:alid:eidr-s:AB00-7928-1A3D-3923-B063-Q"_s;
    QTest::newRow("an ALID made of one") << alid << alid;
    QTest::newRow("somebody's own") << u"md:alid:org:lantern.example:10.5240/x"_s
                                    << u"md:alid:org:lantern.example:10.5240/x"_s;
}

void LayoutsTest::eidrWhereAnAlidBelongs()
{
    QFETCH(QString, written);
    QFETCH(QString, read);
    const ImportPlan made
        = plan("ALID,Territory,LicenseType,Start,End\n" + written.toUtf8() + ",FR,EST,2026-01-01,Open\n");
    QCOMPARE(made.accepted, 1);
    QCOMPARE(made.rules.added[0].scope, TitleId(read));
}

void LayoutsTest::rulesBetweenColumns_data()
{
    QTest::addColumn<Cells>("cells");
    QTest::addColumn<QString>("error"); // "CODE column"; empty: accepted
    QTest::addColumn<QString>("note"); // code; empty: none
    const auto row
        = [](const char* name, std::initializer_list<std::pair<QString, QString>> cells, const QString& error,
              const QString& note) { QTest::newRow(name) << changed(movie(), cells) << error << note; };
    row("as it should be", {}, {}, {});
    row("order without a lift date", {{u"LicenseType"_s, u"POEST"_s}}, u"MISSING SuppressionLiftDate"_s, {});
    row("order", {{u"LicenseType"_s, u"POEST"_s}, {u"SuppressionLiftDate"_s, u"2013-07-01"_s}}, {},
        u"PRE_ORDER_ONLY"_s);
    row("fulfilment of what is no order", {{u"SpecialPreOrderFulfillDate"_s, u"2013-07-01"_s}},
        u"NOT_ALLOWED SpecialPreOrderFulfillDate"_s, {});
    row("bundle of a film", {{u"BundleALIDs"_s, u"a,b"_s}}, u"NOT_ALLOWED BundleALIDs"_s, {});
    row("bundle", {{u"BundleALIDs"_s, u"a,b"_s}, {u"WorkType"_s, u"Collection"_s}}, {}, u"BUNDLE_IS_TEXT"_s);
    row("supplement of nothing", {{u"WorkType"_s, u"Supplement"_s}, {u"ALID"_s, {}}}, u"MISSING ALID"_s, {});
    row("promotion of nothing", {{u"WorkType"_s, u"promotion"_s}, {u"ALID"_s, {}}}, u"MISSING ALID"_s, {});
    row("sold for nothing", {{u"PriceType"_s, {}}}, {}, u"PRICE_MISSING"_s);
    row("subscription needs no price", {{u"PriceType"_s, {}}, {u"LicenseType"_s, u"SVOD"_s}}, {}, {});
    row("sold in two languages", {{u"AssetLanguage"_s, u"en, fr"_s}}, {}, u"ONE_LANGUAGE"_s);
    row("no word on captions", {{u"CaptionIncluded"_s, {}}}, {}, u"CAPTION_MISSING"_s);
    row("exempt", {{u"CaptionIncluded"_s, {}}, {u"CaptionExemption"_s, u"6"_s}}, {}, {});
    row("lag of a date", {{u"StartLag"_s, u"P3D"_s}}, u"LAG_WITHOUT_CONDITION StartLag"_s, {});
    row("a rating that is no age", {{u"RatingValue"_s, u"Mature"_s}}, {}, u"RATING_IS_TEXT"_s);
    row("a rating for two countries", {{u"Territory"_s, u"US, CA"_s}}, {}, u"RATING_IS_TEXT"_s);
    row("no work type", {{u"WorkType"_s, {}}}, {}, u"REQUIRED_EMPTY"_s);
    row("no entry type", {{u"EntryType"_s, {}}}, {}, u"REQUIRED_EMPTY"_s);
    row("no format", {{u"FormatProfile"_s, {}}}, {}, u"REQUIRED_EMPTY"_s);
    row("nobody's", {{u"DisplayName"_s, {}}}, {}, u"REQUIRED_EMPTY"_s);
    row("a format nobody knows", {{u"FormatProfile"_s, u"Cinema"_s}}, {}, u"UNUSUAL_VALUE"_s);
    row("a format in three dimensions", {{u"FormatProfile"_s, u"3DUHD"_s}}, {}, {});
    row("hours that are no duration", {{u"RentalDuration"_s, u"48"_s}}, {}, u"UNUSUAL_VALUE"_s);
    row("hours that are one", {{u"RentalDuration"_s, u"PT48H"_s}, {u"WatchDuration"_s, u"P2D"_s}}, {}, {});
    row("a price with a comma", {{u"PriceValue"_s, u"4,99"_s}}, {}, u"UNUSUAL_VALUE"_s);
    row("a tier", {{u"PriceType"_s, u"Tier"_s}, {u"PriceValue"_s, u"A"_s}}, {}, {});
    row("a suggested price alone", {{u"PriceType"_s, {}}, {u"PriceValue"_s, {}}, {u"SRP"_s, u"9.99"_s}}, {}, {});
    row("read by a person", {{u"ExceptionFlag"_s, u"Yes"_s}}, {}, u"READ_BY_A_PERSON"_s);
}

void LayoutsTest::rulesBetweenColumns()
{
    QFETCH(Cells, cells);
    QFETCH(QString, error);
    QFETCH(QString, note);
    const ImportPlan made = plan(sheet(kMovies, u"v1.9"_s, {cells}));
    QCOMPARE(made.accepted, error.isEmpty() ? 1 : 0);
    if (!error.isEmpty())
        QCOMPARE(made.errors.at(0).code + u' ' + made.errors.at(0).column, error);
    for (const auto code :
        {"PRE_ORDER_ONLY"_L1, "BUNDLE_IS_TEXT"_L1, "PRICE_MISSING"_L1, "ONE_LANGUAGE"_L1, "CAPTION_MISSING"_L1,
            "RATING_IS_TEXT"_L1, "READ_BY_A_PERSON"_L1, "REQUIRED_EMPTY"_L1, "UNUSUAL_VALUE"_L1}) {
        if (error.isEmpty())
            QVERIFY2((count(made.notes, code) == 1) == (note == code), code.data());
    }
}

QTEST_GUILESS_MAIN(LayoutsTest)
#include "tst_layouts.moc"
