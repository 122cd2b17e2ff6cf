#include "bomb_files.h"
#include "program_room.h"

#include <QFile>
#include <QTest>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace vidimus::test;

namespace {

/// How a command ended and what its workers took, as /proc told while they ran.
struct Spent {
    int exitCode = -1;
    int looks = 0; ///< how often a worker was seen
    qint64 peakBytes = 0; ///< of the largest worker
    qint64 processorSeconds = 0; ///< of the busiest
    QJsonObject json;
};

QByteArray procFile(qint64 id, const char* name)
{
    QFile file(u"/proc/%1/%2"_s.arg(id).arg(QLatin1StringView(name)));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void look(Spent& spent)
{
    for (const Descendant& worker : ProgramRoom::descendants(u"vidimus-mediaworker"_s)) {
        const QByteArray status = procFile(worker.id, "status");
        const qsizetype at = status.indexOf("VmHWM:"); // the peak so far, in KiB
        const QByteArray peak = status.mid(at + 6, status.indexOf("kB", at) - at - 6).trimmed();
        const QByteArray line = procFile(worker.id, "stat");
        const QByteArrayList fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
        if (at < 0 || fields.size() < 13)
            continue;
        ++spent.looks;
        spent.peakBytes = std::max(spent.peakBytes, peak.toLongLong() * 1024);
        const qint64 ticks = fields[11].toLongLong() + fields[12].toLongLong(); // proc(5): utime and stime
        spent.processorSeconds = std::max(spent.processorSeconds, ticks / sysconf(_SC_CLK_TCK));
    }
}

Spent run(ProgramRoom& room, const QStringList& words)
{
    Spent spent;
    const auto process = room.start(words);
    for (int i = 0; i < 60'000 && !process->waitForFinished(1) && process->state() != QProcess::NotRunning; ++i)
        look(spent);
    Ended ended;
    ended.out = process->readAllStandardOutput();
    if (process->state() == QProcess::NotRunning && process->exitStatus() == QProcess::NormalExit)
        spent.exitCode = process->exitCode();
    spent.json = ended.json();
    return spent;
}

constexpr quint32 kBillion = 1'000'000'000;

} // namespace

/// Promise R12: what unpacks to more than there is, is refused or handled inside the limits of a worker, and says why.
class TestBombs : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void staysInsideTheLimits_data();
    void staysInsideTheLimits();
};

void TestBombs::staysInsideTheLimits_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("refusedBecause"); // empty: it may be taken
    QTest::newRow("16,000 × 16,000 pixels") << blackPng(16'000, 16'000) << u"too_many_pixels"_s;
    QTest::newRow("65,535 × 65,535 pixels, cut")
        << blackPng(16'000, 16'000).replace(16, 8, QByteArray("\0\0\xff\xff\0\0\xff\xff", 8)) << u"too_many_pixels"_s;
    QTest::newRow("10,000 streams") << matroskaWithStreams(10'000) << u"too_many_streams"_s;
    QTest::newRow("65 streams") << matroskaWithStreams(65) << u"too_many_streams"_s;
    QTest::newRow("a billion frames of no length") << mp4WithFrames(kBillion, 0) << u"no_frames"_s;
    QTest::newRow("a frame a second for a billion seconds") << mp4WithFrames(kBillion, 1000) << u"too_long"_s;
    QTest::newRow("four billion frames") << mp4WithFrames(0xffffffffU, 1) << u"too_long"_s;
    QTest::newRow("a million frames of no length") << mp4WithFrames(1'000'000, 0) << QString();
}

void TestBombs::staysInsideTheLimits()
{
    constexpr qint64 kMostBytes = qint64 {3} << 29; // 1.5 GiB
    constexpr qint64 kMostSeconds = 60; // of processor time
    QFETCH(QByteArray, bytes);
    QFETCH(QString, refusedBecause);
    ProgramRoom room;
    const QString path = room.path(u"bomb.mp4"_s);
    writeBytes(path, bytes);
    int looks = 0;
    const QList<QStringList> commands {{u"probe"_s, path}, {u"check"_s, path}, {u"ingest"_s, path}};
    for (const QStringList& words : commands) {
        const Spent spent = run(room, words);
        const QString reason = spent.json[u"error"_s][u"reason"_s].toString();
        const QByteArray told = words.first().toUtf8() + ": exit " + QByteArray::number(spent.exitCode) + ", "
            + QByteArray::number(spent.peakBytes >> 20) + " MiB, " + QByteArray::number(spent.processorSeconds) + " s "
            + reason.toUtf8();
        qInfo("%s", told.constData());
        const bool mayBeTaken = refusedBecause.isEmpty();
        QVERIFY2(spent.exitCode == 6 || (mayBeTaken && spent.exitCode >= 0 && spent.exitCode <= 1), told.constData());
        QVERIFY2(spent.exitCode != 6 || !spent.json[u"error"_s][u"detail"_s].toString().isEmpty(), told.constData());
        if (!mayBeTaken && refusedBecause != u"*")
            QCOMPARE(reason, refusedBecause);
        QVERIFY2(spent.peakBytes <= kMostBytes, told.constData());
        QVERIFY2(spent.processorSeconds <= kMostSeconds, told.constData());
        looks += spent.looks;
    }
    QVERIFY(looks > 0);
    QVERIFY(ProgramRoom::descendants(u"vidimus-mediaworker"_s).isEmpty());
}

QTEST_GUILESS_MAIN(TestBombs)
#include "tst_bombs.moc"
