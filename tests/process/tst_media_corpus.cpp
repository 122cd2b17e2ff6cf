#include "program_room.h"
#include "tests/support/patience.h"

#include <QDir>
#include <QDirIterator>
#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vidimus::test;

/// Every file of the corpus beside the checkout, and of the small one in the tree, gives a report or a refusal with its
/// reason; nothing crashes or hangs, and nothing is written.
class TestMediaCorpus : public QObject {
    Q_OBJECT

private:
    static QStringList filesBelow(const QString& folder)
    {
        static const QStringList kNoMedia {u"cpp"_s, u"h"_s, u"txt"_s, u"md"_s, u"json"_s};
        QStringList found;
        QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QFileInfo file(files.next());
            if (!kNoMedia.contains(file.suffix()))
                found.append(file.absoluteFilePath());
        }
        found.sort();
        return found;
    }
    static QString largeCorpus() { return QDir::cleanPath(QStringLiteral(VIDIMUS_SOURCE_DIR) + u"/../shared/media"_s); }
    static void addRows(const QString& folder)
    {
        QTest::addColumn<QString>("path");
        for (const QString& path : filesBelow(folder))
            QTest::newRow(qPrintable(QDir(folder).relativeFilePath(path))) << path;
    }
    static void handle(const QString& path)
    {
        ProgramRoom room;
        const QStringList before = QFileInfo(path).dir().entryList(QDir::Files | QDir::Hidden);
        for (const QString& verb : {u"probe"_s, u"check"_s}) {
            const Ended ended = room.run({verb, path}, true, std::chrono::seconds(300));
            QVERIFY(!ended.timedOut);
            const QJsonObject json = ended.json();
            QCOMPARE(json[u"schema"].toString(), u"vidimus.%1/1"_s.arg(verb));
            if (json.contains(u"error"_s)) {
                QCOMPARE(ended.exitCode, 6);
                QVERIFY(!json[u"error"][u"reason"].toString().isEmpty());
                QVERIFY(!json[u"error"][u"detail"].toString().isEmpty());
            } else if (verb == u"probe") {
                QCOMPARE(ended.exitCode, 0);
                QVERIFY(!json[u"streams"].toArray().isEmpty());
            } else {
                QVERIFY(ended.exitCode == 0 || ended.exitCode == 1);
                QVERIFY(!json[u"checks"].toArray().isEmpty());
            }
        }
        QCOMPARE(QFileInfo(path).dir().entryList(QDir::Files | QDir::Hidden), before);
        QCOMPARE(
            QDir(room.path(u"tmp"_s)).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot), QStringList());
        QTRY_VERIFY_WITH_TIMEOUT(ProgramRoom::descendants().isEmpty(), kPatienceMs);
    }

private Q_SLOTS:
    void handlesTheSmallCorpus_data() { addRows(QStringLiteral(VIDIMUS_SOURCE_DIR) + u"/tests/media"_s); }
    void handlesTheSmallCorpus()
    {
        QFETCH(const QString, path);
        handle(path);
    }
    void handlesTheLargeCorpus_data()
    {
        addRows(largeCorpus());
        if (filesBelow(largeCorpus()).isEmpty())
            QTest::newRow("absent") << QString();
    }
    void handlesTheLargeCorpus()
    {
        QFETCH(const QString, path);
        if (path.isEmpty())
            QSKIP("there is no folder shared/media beside the source tree");
        handle(path);
    }
};

QTEST_GUILESS_MAIN(TestMediaCorpus)
#include "tst_media_corpus.moc"
