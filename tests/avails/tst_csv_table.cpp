#include "core/avails/csv_table.h"

#include <QTest>
#include <random>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::avails;

class CsvTableTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsCells_data();
    void readsCells();
    void numbersRowsAsASpreadsheetDoes();
    void refuses_data();
    void refuses();
    void keepsToTheLimits();
    void guardsFormulas_data();
    void guardsFormulas();
    void whatIsWrittenIsReadAgain();
};

void CsvTableTest::readsCells_data()
{
    QTest::addColumn<QByteArray>("csv");
    QTest::addColumn<QString>("cells"); // rows by |, cells by /
    QTest::newRow("nothing") << QByteArray() << QString();
    QTest::newRow("one cell") << QByteArray("a") << u"a"_s;
    QTest::newRow("LF") << QByteArray("a,b\nc,d\n") << u"a/b|c/d"_s;
    QTest::newRow("CR LF") << QByteArray("a,b\r\nc,d\r\n") << u"a/b|c/d"_s;
    QTest::newRow("CR alone, as old Macs write") << QByteArray("a,b\rc,d\r") << u"a/b|c/d"_s;
    QTest::newRow("no end at the end") << QByteArray("a,b\nc,d") << u"a/b|c/d"_s;
    QTest::newRow("empty cells") << QByteArray(",\n,,\n") << u"/|//"_s;
    QTest::newRow("last cell empty") << QByteArray("a,") << u"a/"_s;
    QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF"
                                                   "a,b")
                                     << u"a/b"_s;
    QTest::newRow("semicolons") << QByteArray("a;b,c;d\n1;2,5;3\n") << u"a/b,c/d|1/2,5/3"_s;
    QTest::newRow("tabs") << QByteArray("a\tb, c\td\n") << u"a/b, c/d"_s;
    QTest::newRow("separator of the first line with text")
        << QByteArray("\n\na;b;c\nx,y,z;2;3") << u"||a/b/c|x,y,z/2/3"_s;
    QTest::newRow("separator inside quotes does not count") << QByteArray("\"a,b,c\";d\n") << u"a,b,c/d"_s;
    QTest::newRow("quotes") << QByteArray("\"a\",\"b \"\"c\"\"\",\"\"\n") << u"a/b \"c\"/"_s;
    QTest::newRow("line end in quotes") << QByteArray("\"a\nb\",c\n") << u"a\nb/c"_s;
    QTest::newRow("quote in the middle stays") << QByteArray("6\" disc,b\n") << u"6\" disc/b"_s;
    QTest::newRow("text after a quote") << QByteArray("\"a\"b,c\n") << u"ab/c"_s;
    QTest::newRow("blanks around") << QByteArray(" a , b\t\n") << u"a/b"_s;
    QTest::newRow("UTF-16 LE") << QByteArray("\xFF\xFE"
                                             "a\0\t\0b\0\r\0\n\0\x11\x04\t\0",
        16) << u"a/b|Б/"_s;
    QTest::newRow("UTF-16 BE") << QByteArray("\xFE\xFF\0a\0,\0b", 8) << u"a/b"_s;
    QTest::newRow("other scripts") << QByteArray("Амели,天空の城\n") << u"Амели/天空の城"_s;
}

void CsvTableTest::readsCells()
{
    QFETCH(QByteArray, csv);
    const auto rows = readCsv(csv, 100);
    QVERIFY(rows);
    QStringList lines;
    for (const SheetRow& row : *rows)
        lines.append(row.cells.join(u'/'));
    QTEST(lines.join(u'|'), "cells");
}

void CsvTableTest::numbersRowsAsASpreadsheetDoes()
{
    const auto rows = readCsv("head\n\n\"two\nlines\"\nlast", 100);
    QVERIFY(rows);
    QCOMPARE(rows->size(), 4U);
    for (std::size_t i = 0; i < rows->size(); ++i)
        QCOMPARE((*rows)[i].number, static_cast<int>(i) + 1); // a cell of two lines is one row
}

void CsvTableTest::refuses_data()
{
    QTest::addColumn<QByteArray>("csv");
    QTest::addColumn<QByteArray>("reason");
    QTest::newRow("zero byte") << QByteArray("a\0b", 3) << QByteArray("not_utf8");
    QTest::newRow("Latin-1") << QByteArray("Am\xE9lie,1\n") << QByteArray("not_utf8");
    QTest::newRow("cut in a letter") << QByteArray("Am\xC3") << QByteArray("not_utf8");
    QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << QByteArray("not_utf8");
    QTest::newRow("UTF-16 without a mark") << QByteArray("a\0,\0b\0", 6) << QByteArray("not_utf8");
    QTest::newRow("UTF-16 cut in a letter") << QByteArray("\xFF\xFE"
                                                          "a\0,",
        5) << QByteArray("not_utf8");
    QTest::newRow("UTF-16 with half a pair") << QByteArray("\xFF\xFE\x00\xD8,\0", 6) << QByteArray("not_utf8");
    QTest::newRow("workbook") << QByteArray("PK\x03\x04\x14\0\x06\0", 8) << QByteArray("not_utf8");
    QTest::newRow("open quote") << QByteArray("a,b\n\"c,d\n") << QByteArray("open_quote");
    QTest::newRow("quote at the end") << QByteArray("a,\"") << QByteArray("open_quote");
    QTest::newRow("long cell") << QByteArray(kMaxCellLength + 1, 'x') << QByteArray("too_large");
    QTest::newRow("long quoted cell") << '"' + QByteArray(kMaxCellLength + 1, '\n') + '"' << QByteArray("too_large");
    QTest::newRow("wide") << QByteArray(kMaxColumns + 1, ',') << QByteArray("too_large");
}

void CsvTableTest::refuses()
{
    QFETCH(QByteArray, csv);
    const auto rows = readCsv(csv, 100);
    QVERIFY(!rows);
    QTEST(rows.error().reason, "reason");
    if (rows.error().reason == "open_quote")
        QVERIFY2(rows.error().detail.contains(u"row "_s), "names the row that the quote opens in");
}

void CsvTableTest::keepsToTheLimits()
{
    QVERIFY(readCsv(QByteArray(kMaxCellLength, 'x'), 100));
    QVERIFY(readCsv(QByteArray(kMaxColumns - 1, ','), 100));
    QCOMPARE(readCsv(QByteArray("x\n").repeated(100), 100)->size(), 100U);
    QCOMPARE(readCsv(QByteArray("x\n").repeated(101), 100).error().code, ErrorCode::LimitExceeded);
}

void CsvTableTest::guardsFormulas_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("cell");
    QTest::newRow("plain") << u"Amelie"_s << u"Amelie"_s;
    QTest::newRow("equals") << u"=1+1"_s << u"'=1+1"_s;
    QTest::newRow("plus") << u"+49"_s << u"'+49"_s;
    QTest::newRow("minus") << u"-C1"_s << u"'-C1"_s;
    QTest::newRow("at") << u"@SUM(1)"_s << u"'@SUM(1)"_s;
    QTest::newRow("tab") << u"\t=1"_s << u"'\t=1"_s;
    QTest::newRow("with a comma") << u"=A1,B1"_s << u"\"'=A1,B1\""_s;
    QTest::newRow("with quotes") << u"=HYPERLINK(\"x\")"_s << u"\"'=HYPERLINK(\"\"x\"\")\""_s;
    QTest::newRow("its own apostrophe") << u"'=1+1"_s << u"''=1+1"_s;
    QTest::newRow("harmless apostrophe") << u"'Allo 'Allo!"_s << u"'Allo 'Allo!"_s;
    QTest::newRow("equals inside") << u"a=b"_s << u"a=b"_s;
    QTest::newRow("empty") << QString() << QString();
}

void CsvTableTest::guardsFormulas()
{
    QFETCH(QString, text);
    QTEST(csvCell(text), "cell");
    QVERIFY(!startsLikeFormula(csvCell(text)));
}

void CsvTableTest::whatIsWrittenIsReadAgain()
{
    const QString letters = u"=+-@'\",;\n\rab é天"_s;
    std::mt19937 random(7);
    for (int i = 0; i < 2000; ++i) {
        QString text;
        for (auto length = random() % 8; length > 0; --length)
            text += letters[static_cast<qsizetype>(random() % static_cast<quint32>(letters.size()))];
        text = text.trimmed(); // a sheet does not keep blanks around a text
        const auto rows = readCsv((u"head,x\r\n"_s + csvCell(text) + u",x\r\n"_s).toUtf8(), 10);
        QVERIFY(rows);
        QCOMPARE(rows->size(), 2U);
        QCOMPARE(rows->at(1).cells.size(), 2);
        QCOMPARE(withoutFormulaGuard(rows->at(1).cells[0]), text);
    }
}

QTEST_GUILESS_MAIN(CsvTableTest)
#include "tst_csv_table.moc"
