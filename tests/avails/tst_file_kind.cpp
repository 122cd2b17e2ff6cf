#include "core/avails/file_kind.h"

#include <QByteArray>
#include <QTest>

using namespace vidimus::avails;

/// What a licensor sent, whatever it is called.
class TestFileKind : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isToldByTheFirstBytes_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<FileKind>("kind");
        QTest::newRow("workbook") << QByteArray("PK\x03\x04\x14") << FileKind::Workbook;
        QTest::newRow("empty archive") << QByteArray("PK\x05\x06") << FileKind::Workbook;
        QTest::newRow("a heading that begins with PK") << QByteArray("PK,Territory") << FileKind::Text;
        QTest::newRow("xml") << QByteArray("<?xml version") << FileKind::Xml;
        QTest::newRow("xml after blank lines") << QByteArray("\r\n  <AvailList>") << FileKind::Xml;
        QTest::newRow("xml with a mark") << QByteArray("\xEF\xBB\xBF\n<AvailList>") << FileKind::Xml;
        QTest::newRow("UTF-16 LE") << QByteArray("\xFF\xFE<\0", 4) << FileKind::Xml;
        QTest::newRow("UTF-16 BE") << QByteArray("\xFE\xFF\0<", 4) << FileKind::Xml;
        QTest::newRow("UTF-16 after blanks") << QByteArray("\xFF\xFE\r\0\n\0<\0", 8) << FileKind::Xml;
        QTest::newRow("UTF-16 text") << QByteArray("\xFF\xFE"
                                                   "A\0L\0",
            6) << FileKind::Text;
        QTest::newRow("UTF-16 BE text") << QByteArray("\xFE\xFF\0A\0L", 6) << FileKind::Text;
        QTest::newRow("a mark alone") << QByteArray("\xFF\xFE") << FileKind::Text;
        QTest::newRow("old workbook") << QByteArray("\xD0\xCF\x11\xE0\xA1\xB1") << FileKind::OldWorkbook;
        QTest::newRow("csv") << QByteArray("ALID,Territory\n") << FileKind::Text;
        QTest::newRow("csv with a mark") << QByteArray("\xEF\xBB\xBF"
                                                       "ALID,Territory")
                                         << FileKind::Text;
        QTest::newRow("half a mark") << QByteArray("\xEF\xBB") << FileKind::Text;
        QTest::newRow("half a signature") << QByteArray("PK") << FileKind::Text;
        QTest::newRow("nothing") << QByteArray() << FileKind::Text;
        QTest::newRow("blanks") << QByteArray(64, ' ') << FileKind::Text;
    }

    void isToldByTheFirstBytes()
    {
        QFETCH(QByteArray, head);
        QTEST(fileKindOf(head), "kind");
    }
};

QTEST_GUILESS_MAIN(TestFileKind)
#include "tst_file_kind.moc"
