#include "core/avails/avail_sheet.h"
#include "core/avails/csv_export.h"
#include "core/avails/csv_table.h"
#include "core/avails/sheet_import.h"
#include "core/avails/sheet_template.h"
#include "core/avails/xlsx_export.h"
#include "core/avails/xlsx_reader.h"

#include <QTest>
#include <algorithm>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::avails;

/// What leaves as a sheet stands as the templates of Avails have it: row 1 categories, row 2 names, row 3 notes, data
/// from row 4 on (reference "Rights and availability", section 1), so that other readers find it.
class SheetTemplateTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void threeRowsStandAboveTheData();
    void everyColumnHasItsCategory_data();
    void everyColumnHasItsCategory();
    void csvAndWorkbookHaveTheLayout();
    void whatLeftIsReadAgain();
    void aSheetWithoutRowsStaysEmpty();
};

namespace {

rights::RuleSet oneGrant()
{
    rights::RuleSet rules;
    rules.titles = {rights::Title {.id = TitleId(u"film"_s), .name = u"Film"_s}};
    rights::Rule rule;
    rule.id = WindowId(u"w1"_s);
    rule.scope = TitleId(u"film"_s);
    rule.territory.include = {u"FR"_s};
    rule.sites.all = true;
    rule.offers.names = {u"svod"_s};
    rule.terms = {{u"license_type"_s, u"SVOD"_s}, {u"format"_s, u"HD"_s}};
    rules.rules = {rule};
    return rules;
}

void checkLayout(const SheetTable& sheet)
{
    QCOMPARE(sheet.rows.size(), 4U);
    QVERIFY(sheet.rows[0].cells.contains(u"AvailTrans"_s));
    const QStringList& names = sheet.rows[1].cells;
    QCOMPARE(names.first(), u"DisplayName"_s);
    QCOMPARE(sheet.rows[2].cells.first(), u"v1.9"_s);
    QCOMPARE(sheet.rows[2].cells[names.indexOf(u"Territory"_s)], u"REQ"_s);
    QCOMPARE(sheet.rows[2].cells[names.indexOf(u"Exclusive"_s)], u"Opt"_s);
    QCOMPARE(sheet.rows[2].cells.value(names.indexOf(u"EntryType"_s)), QString());
    QCOMPARE(sheet.rows[3].cells[names.indexOf(u"Territory"_s)], u"FR"_s);
}

} // namespace

void SheetTemplateTest::threeRowsStandAboveTheData()
{
    const SheetTable sheet = inTemplate(availSheet(oneGrant()));
    checkLayout(sheet);
    for (std::size_t i = 0; i < sheet.rows.size(); ++i)
        QCOMPARE(sheet.rows[i].number, static_cast<int>(i) + 1);
}

void SheetTemplateTest::everyColumnHasItsCategory_data()
{
    QTest::addColumn<QString>("column");
    QTest::addColumn<QString>("category");
    const auto row = [](const char* column, const char* category) {
        QTest::newRow(column) << QString::fromLatin1(column) << QString::fromLatin1(category);
    };
    row("DisplayName", "Avail");
    row("ALID", "Avail");
    row("Territory", "AvailTrans");
    row("Start", "AvailTrans");
    row("EntryType", "Disposition");
    row("WorkType", "AvailAsset");
    row("ContentID", "AvailAsset");
    row("EpisodeContentID", "AvailAsset");
    row("SeriesTitleInternalAlias", "AvailMetadata");
    row("RatingValue", "AvailMetadata");
    row("SeasonNumber", "AvailMetadata");
}

void SheetTemplateTest::everyColumnHasItsCategory()
{
    QFETCH(QString, column);
    QFETCH(QString, category);
    const SheetTable sheet = inTemplate({.name = {}, .rows = {{1, {column}}}});
    QCOMPARE(sheet.rows[0].cells, QStringList {category});
    QCOMPARE(sheet.rows[1].cells, QStringList {column});
}

void SheetTemplateTest::csvAndWorkbookHaveTheLayout()
{
    const auto csv = readCsv(exportCsv(oneGrant()), 100);
    QVERIFY(csv);
    checkLayout({.name = {}, .rows = *csv});
    const auto bytes = exportXlsx(oneGrant());
    QVERIFY(bytes);
    const auto workbook = readXlsx(*bytes);
    QVERIFY(workbook);
    checkLayout(workbook->front());
}

void SheetTemplateTest::whatLeftIsReadAgain()
{
    const rights::RuleSet rules = oneGrant();
    const auto made = planCsvImport(exportCsv(rules), {}, rules);
    QVERIFY(made);
    QCOMPARE(made->rows, 1);
    QCOMPARE(made->accepted, 1);
    QVERIFY(made->rules.added.empty() && made->rules.changed.empty());
    // Nobody's licence: that is the one thing to say of the row.
    QVERIFY(std::ranges::none_of(made->notes, [](const CellMessage& note) {
        return (note.row > 3 && note.column != u"DisplayName") || note.code == u"UNUSED_COLUMN";
    }));
}

void SheetTemplateTest::aSheetWithoutRowsStaysEmpty()
{
    QVERIFY(inTemplate({}).rows.empty());
}

QTEST_GUILESS_MAIN(SheetTemplateTest)
#include "tst_sheet_template.moc"
