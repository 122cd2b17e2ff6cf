#include "core/avails/sheet_import.h"
#include "core/avails/xlsx_reader.h"
#include "core/avails/xlsx_writer.h"

#include <QElapsedTimer>
#include <QTest>
#include <zip.h>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::avails;

namespace {

using Parts = std::vector<std::pair<QByteArray, QByteArray>>;

/// A zip of parts as they are given, right or wrong.
QByteArray zipOf(const Parts& parts)
{
    zip_error_t problem;
    zip_error_init(&problem);
    zip_source_t* source = zip_source_buffer_create(nullptr, 0, 0, &problem);
    zip_source_keep(source);
    zip_t* archive = zip_open_from_source(source, ZIP_TRUNCATE, &problem);
    for (const auto& [name, bytes] : parts)
        zip_file_add(archive, name.constData(),
            zip_source_buffer(archive, bytes.constData(), static_cast<zip_uint64_t>(bytes.size()), 0), 0);
    if (zip_close(archive) != 0)
        qFatal("%s", zip_strerror(archive));
    zip_source_open(source);
    QByteArray bytes(1 << 26, Qt::Uninitialized);
    bytes.truncate(zip_source_read(source, bytes.data(), static_cast<zip_uint64_t>(bytes.size())));
    zip_source_close(source);
    zip_source_free(source);
    return bytes;
}

constexpr auto kRelations = R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId7" Type="worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="rId8" Type="worksheet" Target="/xl/worksheets/sheet2.xml"/></Relationships>)";
constexpr auto kWorkbook = R"(<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">%1<sheets>
<sheet name="Movies" sheetId="1" r:id="rId7"/></sheets></workbook>)";

Parts workbook(const QByteArray& rows, const QByteArray& properties = {})
{
    return {{"xl/_rels/workbook.xml.rels", kRelations},
        {"xl/workbook.xml", QByteArray(kWorkbook).replace("%1", properties)},
        {"xl/worksheets/sheet1.xml",
            "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>" + rows
                + "</sheetData></worksheet>"}};
}

SheetTable sheetOf(const Parts& parts)
{
    const auto sheets = readXlsx(zipOf(parts));
    if (!sheets || sheets->size() != 1)
        qFatal("%s", sheets ? "not one sheet" : qPrintable(sheets.error().detail));
    return sheets->front();
}

} // namespace

/// Workbooks as spreadsheet programs write them, and as nobody should.
class XlsxTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrittenIsReadAgain();
    void sameWorkbookGivesSameBytes();
    void writtenTextIsNeverAFormula();
    void readsEveryKindOfCell();
    void readsDatesByTheirFormat_data();
    void readsDatesByTheirFormat();
    void countsDaysFrom1904WhereTheWorkbookDoes();
    void keepsRowNumbersAcrossEmptyRows();
    void leavesHiddenSheetsOut();
    void importsLikeTheSameCsv();
    void refusesWhatIsNoWorkbook_data();
    void refusesWhatIsNoWorkbook();
    void refusesDocumentTypes();
    void stopsWhereAnArchiveSwells();
    void boundsPaddedRows();
    void refusesTooManyColumns();
    void everyTruncationIsAnErrorOrTheSame();
    void stopsWhenCancelled();
};

void XlsxTest::whatIsWrittenIsReadAgain()
{
    OutSheet sheet {.name = u"Avails"_s};
    sheet.rows = {{u"ALID"_s, u"Territory"_s, QString(), u"Start"_s},
        {u" =1+1"_s, u"<&\"'>\n"_s, u"–\U0001F3AC"_s, u"2026-01-01"_s}, {}, {u"x"_s}};
    const auto bytes = writeXlsx({sheet, {.name = u"a/b:c"_s}});
    QVERIFY(bytes);
    const auto read = readXlsx(*bytes);
    QVERIFY2(read, read ? "" : qPrintable(read.error().detail));
    QCOMPARE(read->size(), 2U);
    QCOMPARE(read->at(0).name, u"Avails"_s);
    QCOMPARE(read->at(1).name, u"a_b_c"_s);
    const auto& rows = read->at(0).rows;
    QCOMPARE(rows.size(), 3U);
    QCOMPARE(rows[0].cells, sheet.rows[0]);
    QCOMPARE(rows[1].cells, (QStringList {u"=1+1"_s, u"<&\"'>"_s, u"–\U0001F3AC"_s, u"2026-01-01"_s}));
    QCOMPARE(rows[2].number, 4);
}

void XlsxTest::sameWorkbookGivesSameBytes()
{
    const std::vector<OutSheet> sheets {{.name = u"A"_s, .rows = {{u"a"_s, u"b"_s}}}};
    QCOMPARE(writeXlsx(sheets).value(), writeXlsx(sheets).value());
}

void XlsxTest::writtenTextIsNeverAFormula()
{
    for (const QString& text : {u"=1+1"_s, u"+1"_s, u"-1"_s, u"@SUM(A1)"_s, u"\t=1"_s, u"\r=1"_s}) {
        const auto bytes = writeXlsx({{.name = u"A"_s, .rows = {{text}}}});
        QVERIFY(bytes);
        const auto sheets = readXlsx(*bytes); // a formula element would give a text that begins with "=="
        QCOMPARE(sheets->at(0).rows.at(0).cells.at(0), text.trimmed());
    }
}

void XlsxTest::readsEveryKindOfCell()
{
    Parts parts
        = workbook(R"(<row r="1"><c r="A1" t="s"><v>1</v></c><c r="C1" t="b"><v>1</v></c><c r="D1" t="b"><v>0</v></c>
<c r="E1"><v>41.5</v></c><c r="F1" t="e"><v>#REF!</v></c><c r="G1" t="str"><f>A1</f><v>x</v></c><c r="H1"><f>NOW()</f></c>
<c r="I1" t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c><c r="J1" t="s"><v>99</v></c><c t="n"><v>7</v></c></row>)");
    parts.push_back({"xl/sharedStrings.xml",
        R"(<sst><si><t>zero</t></si><si><r><t>o</t></r><r><t>ne</t></r><rPh><t>phonetic</t></rPh></si></sst>)"});
    const SheetTable sheet = sheetOf(parts);
    QCOMPARE(sheet.name, u"Movies"_s);
    QCOMPARE(sheet.rows.at(0).cells,
        (QStringList {u"one"_s, QString(), u"TRUE"_s, u"FALSE"_s, u"41.5"_s, u"#REF!"_s, u"=A1"_s, u"=NOW()"_s,
            u"inline"_s, u"7"_s}));
}

void XlsxTest::readsDatesByTheirFormat_data()
{
    QTest::addColumn<QByteArray>("format");
    QTest::addColumn<QByteArray>("serial");
    QTest::addColumn<QString>("text");
    QTest::newRow("built-in date") << QByteArray("14") << QByteArray("41422") << u"2013-05-28"_s;
    QTest::newRow("built-in date and time") << QByteArray("22") << QByteArray("41422.75") << u"2013-05-28T18:00:00"_s;
    QTest::newRow("midnight in a date and time") << QByteArray("22") << QByteArray("41422") << u"2013-05-28T00:00:00"_s;
    QTest::newRow("date with a time of day") << QByteArray("14") << QByteArray("41422.5") << u"2013-05-28T12:00:00"_s;
    QTest::newRow("time") << QByteArray("20") << QByteArray("0.0625") << u"01:30:00"_s;
    QTest::newRow("general number") << QByteArray("0") << QByteArray("41422") << u"41422"_s;
    QTest::newRow("money") << QByteArray("44") << QByteArray("9.99") << u"9.99"_s;
    QTest::newRow("own date") << QByteArray("dd\\-mmm\\-yyyy") << QByteArray("41422") << u"2013-05-28"_s;
    QTest::newRow("own with locale") << QByteArray("[$-409]d/m/yy h:mm AM/PM;@") << QByteArray("41422.25")
                                     << u"2013-05-28T06:00:00"_s;
    QTest::newRow("month alone") << QByteArray("mmm") << QByteArray("41422") << u"2013-05-28"_s;
    QTest::newRow("elapsed") << QByteArray("[h]:mm:ss") << QByteArray("0.5") << u"12:00:00"_s;
    QTest::newRow("a letter in quotes") << QByteArray("0 \"days\"") << QByteArray("41422") << u"41422"_s;
    QTest::newRow("a colour") << QByteArray("[Red]0.00") << QByteArray("41422") << u"41422"_s;
    QTest::newRow("first day") << QByteArray("14") << QByteArray("1") << u"1900-01-01"_s;
    QTest::newRow("day that never was") << QByteArray("14") << QByteArray("60") << u"60"_s;
    QTest::newRow("after it") << QByteArray("14") << QByteArray("61") << u"1900-03-01"_s;
    QTest::newRow("beyond 9999") << QByteArray("14") << QByteArray("2958466") << u"2958466"_s;
    QTest::newRow("no number") << QByteArray("14") << QByteArray("nan") << u"nan"_s;
    QTest::newRow("last second rounds up")
        << QByteArray("22") << QByteArray("41421.999999999") << u"2013-05-28T00:00:00"_s;
}

void XlsxTest::readsDatesByTheirFormat()
{
    QFETCH(QByteArray, format);
    QFETCH(QByteArray, serial);
    QFETCH(QString, text);
    bool builtIn = false;
    const int id = format.toInt(&builtIn);
    const QByteArray own = builtIn ? QByteArray()
                                   : "<numFmts><numFmt numFmtId=\"170\" formatCode=\""
            + QByteArray(format).replace("\"", "&quot;") + "\"/></numFmts>";
    Parts parts = workbook("<row r=\"1\"><c r=\"A1\" s=\"1\"><v>" + serial + "</v></c></row>");
    // The cell style's own list comes first in a file and must not be taken for the cells' formats.
    parts.push_back({"xl/styles.xml",
        "<styleSheet>" + own
            + "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\""
            + QByteArray::number(builtIn ? id : 170) + "\"/></cellXfs></styleSheet>"});
    QCOMPARE(sheetOf(parts).rows.at(0).cells.at(0), text);
}

void XlsxTest::countsDaysFrom1904WhereTheWorkbookDoes()
{
    Parts parts = workbook("<row r=\"1\"><c r=\"A1\" s=\"0\"><v>39960</v></c></row>", "<workbookPr date1904=\"1\"/>");
    parts.push_back({"xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId=\"14\"/></cellXfs></styleSheet>"});
    QCOMPARE(sheetOf(parts).rows.at(0).cells.at(0), u"2013-05-28"_s);
}

void XlsxTest::keepsRowNumbersAcrossEmptyRows()
{
    const SheetTable sheet
        = sheetOf(workbook("<row r=\"2\"><c r=\"B2\"><v>1</v></c></row><row r=\"3\"><c r=\"A3\" s=\"4\"/></row><row "
                           "r=\"900\"><c r=\"A900\"><v>2</v>"
                           "</c></row><row r=\"5\"><c><v>3</v></c></row><row><c><v>4</v></c></row>"));
    QList<int> numbers;
    for (const SheetRow& row : sheet.rows)
        numbers.append(row.number);
    QCOMPARE(numbers, (QList<int> {2, 900, 901, 902})); // a number that goes back cannot be meant
    QCOMPARE(sheet.skippedRows, 1);
}

void XlsxTest::leavesHiddenSheetsOut()
{
    Parts parts = workbook("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>");
    parts[1].second.replace("<sheet name=\"Movies\"",
        "<sheet name=\"Old\" sheetId=\"2\" state=\"hidden\" r:id=\"rId8\"/><sheet name=\"Movies\"");
    QCOMPARE(sheetOf(parts).name, u"Movies"_s);
}

void XlsxTest::importsLikeTheSameCsv()
{
    // The layout of the samples: categories, names, notes, data; dates native and as text in one column.
    Parts parts = workbook(R"(<row r="1"><c r="A1" t="str"><v>Avail</v></c><c r="C1" t="str"><v>AvailTerms</v></c></row>
<row r="2"><c r="A2" t="str"><v>Territory</v></c><c r="B2" t="str"><v>ALID</v></c><c r="C2" t="str"><v>LicenseType</v></c>
<c r="D2" t="str"><v>Start</v></c><c r="E2" t="str"><v>End</v></c></row>
<row r="3"><c r="A3" t="str"><v>REQ</v></c></row>
<row r="4"><c r="A4" t="str"><v>FR</v></c><c r="B4" t="str"><v>A1</v></c><c r="C4" t="str"><v>EST</v></c><c r="D4" s="1"><v>41422</v></c><c r="E4" t="str"><v>Open</v></c></row>
<row r="5"><c r="A5" t="str"><v>DE</v></c><c r="B5" t="str"><v>A1</v></c><c r="C5" t="str"><v>EST</v></c><c r="D5" t="str"><v>2013-05-28</v></c><c r="E5"><f>TODAY()</f><v>41500</v></c></row>)");
    parts.push_back(
        {"xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"});
    const std::vector<SheetTable> sheets {sheetOf(parts)};
    const auto plan = planImport(sheets, {.fileName = u"a.xlsx"_s}, {});
    QVERIFY(plan);
    QCOMPARE(plan->rows, 2);
    QCOMPARE(plan->accepted, 1);
    QCOMPARE(toRfc3339(plan->rules.added.at(0).window.start.value()), u"2013-05-28T00:00:00Z"_s);
    QCOMPARE(plan->rules.added.at(0).provenance->sheet, u"Movies"_s);
    QCOMPARE(plan->rules.added.at(0).provenance->row, 4);
    QCOMPARE(plan->errors.at(0).code, u"FORMULA"_s);
    QCOMPARE(plan->errors.at(0).row, 5);
    QCOMPARE(plan->errors.at(0).column, u"End"_s);
    QCOMPARE(plan->errors.at(0).value, u"=TODAY()"_s); // and not what it gave some day
}

void XlsxTest::refusesWhatIsNoWorkbook_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("text") << QByteArray("ALID,Territory\n");
    QTest::newRow("an empty zip") << QByteArray("PK\5\6").append(QByteArray(18, '\0'));
    QTest::newRow("another zip") << zipOf({{"a.txt", "hello"}});
    QTest::newRow("no sheet part") << zipOf({workbook("")[0], workbook("")[1]});
    Parts broken = workbook("<row r=\"1\"><c r=\"A1\"><v>1</c></row>");
    QTest::newRow("broken XML") << zipOf(broken);
    broken[1].second = "<workbook><sheets>";
    QTest::newRow("cut XML") << zipOf(broken);
}

void XlsxTest::refusesWhatIsNoWorkbook()
{
    QFETCH(QByteArray, bytes);
    const auto sheets = readXlsx(bytes);
    QVERIFY(!sheets);
    QCOMPARE(sheets.error().code, ErrorCode::Invalid);
    QVERIFY(!sheets.error().detail.isEmpty());
}

void XlsxTest::refusesDocumentTypes()
{
    Parts parts = workbook("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>");
    parts[2].second.prepend("<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>");
    parts[2].second.replace("<v>1</v>", "<v>&b;</v>");
    const auto sheets = readXlsx(zipOf(parts));
    QVERIFY(!sheets);
    QVERIFY2(sheets.error().detail.contains("document type"_L1), qPrintable(sheets.error().detail));
}

void XlsxTest::stopsWhereAnArchiveSwells()
{
    // 64 MiB of blanks in a cell's place: a ratio of about 1,000 to 1.
    const QByteArray bytes = zipOf(workbook("<row r=\"1\">" + QByteArray(64 << 20, ' ') + "</row>"));
    QVERIFY(bytes.size() < 1 << 20);
    const auto sheets = readXlsx(bytes);
    QVERIFY(!sheets);
    QCOMPARE(sheets.error().reason, QByteArray("workbook_swells"));
}

void XlsxTest::boundsPaddedRows()
{
    QByteArray rows;
    for (int row = 1; row <= 20'000; ++row) // styled to the bottom, as people leave them; numbers keep the ratio low
        rows += "<row r=\"" + QByteArray::number(row) + "\" ht=\"" + QByteArray::number(row * 7919 % 10'007)
            + "\"><c r=\"A" + QByteArray::number(row) + "\" s=\"" + QByteArray::number(row * 104'729 % 65'521)
            + "\"/></row>";
    const SheetTable sheet = sheetOf(workbook(rows + "<row><c><v>1</v></c></row>"));
    QCOMPARE(sheet.rows.size(), 1U);
    QCOMPARE(sheet.rows[0].number, 20'001);
    QCOMPARE(sheet.skippedRows, 20'000);
}

void XlsxTest::refusesTooManyColumns()
{
    const auto sheets = readXlsx(zipOf(workbook("<row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row>")));
    QVERIFY(!sheets);
    QCOMPARE(sheets.error().code, ErrorCode::LimitExceeded);
    const auto nonsense = readXlsx(zipOf(workbook("<row r=\"1\"><c r=\"AAAAAAAAAAAAAAAAAA1\"><v>1</v></c></row>")));
    QVERIFY(!nonsense);
}

void XlsxTest::everyTruncationIsAnErrorOrTheSame()
{
    const auto whole = writeXlsx({{.name = u"A"_s, .rows = {{u"ALID"_s, u"Territory"_s}, {u"A1"_s, u"FR"_s}}}});
    QVERIFY(whole);
    for (qsizetype length = 0; length < whole->size(); ++length)
        QVERIFY2(!readXlsx(whole->left(length)), qPrintable(QString::number(length)));
    const auto expected = readXlsx(*whole).value();
    quint32 state = 20260101;
    for (int round = 0; round < 2000; ++round) {
        QByteArray flipped = *whole;
        state = state * 1664525U + 1013904223U;
        const auto place = static_cast<qsizetype>(state % static_cast<quint32>(flipped.size()));
        flipped[place] = static_cast<char>(flipped[place] ^ (1 << (state >> 29)));
        const auto sheets = readXlsx(flipped); // bytes that no reader looks at may change; nothing may crash
        QVERIFY(!sheets || sheets->size() <= 1);
    }
    QCOMPARE(expected.at(0).rows.size(), 2U);
}

void XlsxTest::stopsWhenCancelled()
{
    QByteArray rows;
    for (int row = 1; row <= 5000; ++row)
        rows += "<row><c><v>" + QByteArray::number(row * 7919) + "</v></c></row>";
    CancelSource cancel;
    cancel.cancel();
    const auto sheets = readXlsx(zipOf(workbook(rows)), cancel.token());
    QVERIFY(!sheets);
    QCOMPARE(sheets.error().code, ErrorCode::Canceled);
}

QTEST_GUILESS_MAIN(XlsxTest)
#include "tst_xlsx.moc"
