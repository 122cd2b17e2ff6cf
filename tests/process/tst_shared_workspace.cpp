#include "core/workbench/workspace.h"
#include "program_room.h"

#include <QFile>
#include <QJsonArray>
#include <QTest>
#include <csignal>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::test;

/// Several commands on one workspace at once: one holds it, the others are answered by it, or are told who has it.
class TestSharedWorkspace : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aLongCommandAnswersOthers();
    void itsPersonIsNotTheirs();
    void whoHoldsItIsNamed();
    void aFileIsNoWorkspace_data();
    void aFileIsNoWorkspace();
};

void TestSharedWorkspace::aLongCommandAnswersOthers()
{
    ProgramRoom room;
    const QString clip = clipPath(u"bbb_720p25_5.1.mp4"_s);
    QCOMPARE(room.run({u"ingest"_s, clip}).exitCode, 0);
    const auto long_ = room.start({u"transcode"_s, clip, u"--ladder"_s, u"demo"_s, u"--out"_s, room.path(u"out"_s)});
    QTRY_VERIFY_WITH_TIMEOUT(
        QFile::exists(room.workspace() + u"/studio.sock"_s) || long_->state() == QProcess::NotRunning, 120'000);
    for (int i = 0; i < 3; ++i) {
        const Ended queue = room.run({u"queue"_s});
        QVERIFY2(queue.exitCode == 0, (queue.out + queue.err).constData());
        QCOMPARE(queue.json()[u"total"_s].toInt(), 1);
    }
    QVERIFY(long_->waitForFinished(300'000));
    QCOMPARE(long_->exitCode(), 0);
    QVERIFY(!QFile::exists(room.workspace() + u"/studio.sock"_s));
    QCOMPARE(room.run({u"audit"_s, u"verify"_s}).exitCode, 0);
}

/// A command that was started for another person works for her alone: who names nobody acts as the workspace's own.
void TestSharedWorkspace::itsPersonIsNotTheirs()
{
    ProgramRoom room;
    const QString clip = clipPath(u"bbb_720p25_5.1.mp4"_s);
    const QString asset = room.run({u"ingest"_s, clip}).json()[u"assets"_s][0][u"id"_s].toString();
    room.addProfile(u"editor"_s, {moderation::Role::Editor});
    const auto held = room.start(
        {u"--profile"_s, u"editor"_s, u"transcode"_s, clip, u"--ladder"_s, u"demo"_s, u"--out"_s, room.path(u"out"_s)});
    QTRY_VERIFY_WITH_TIMEOUT(
        QFile::exists(room.workspace() + u"/studio.sock"_s) || held->state() == QProcess::NotRunning, 120'000);
    const Ended decided = room.run({u"decide"_s, asset, u"pass"_s}); // editors may not
    QVERIFY2(decided.exitCode == 0, (decided.out + decided.err).constData());
    QCOMPARE(room.run({u"--profile"_s, u"editor"_s, u"decide"_s, asset, u"pass"_s}).exitCode, 3);
    QVERIFY(held->waitForFinished(300'000));
    QCOMPARE(held->exitCode(), 0);
}

void TestSharedWorkspace::whoHoldsItIsNamed()
{
    ProgramRoom room;
    const auto held = workbench::Workspace::open({.folder = room.workspace()});
    QVERIFY(held);
    const Ended queue = room.run({u"queue"_s});
    QVERIFY2(queue.exitCode == 4, queue.out.constData());
    const QJsonObject error = queue.json()[u"error"_s].toObject();
    QCOMPARE(error[u"reason"_s].toString(), u"locked"_s);
    QVERIFY(error[u"detail"_s].toString().contains(u"process_tst_shared_workspace"_s));
    QVERIFY(error[u"detail"_s].toString().contains(u"(process %1)"_s.arg(getpid())));
    QVERIFY2(queue.err.contains("Waiting for"), queue.err.constData());
    // A check answers about the file; it says that it could not be stored.
    const Ended checked = room.run({u"check"_s, clipPath(u"talking_head_mono.mp4"_s)});
    QCOMPARE(checked.exitCode, 0);
    QVERIFY(checked.json()[u"not_stored"_s].toString().contains(u"in use"_s));
}

void TestSharedWorkspace::aFileIsNoWorkspace_data()
{
    QTest::addColumn<QStringList>("words");
    const QString clip = clipPath(u"talking_head_mono.mp4"_s);
    QTest::newRow("queue") << QStringList {u"queue"_s};
    QTest::newRow("ingest") << QStringList {u"ingest"_s, clip};
    QTest::newRow("transcode") << QStringList {u"transcode"_s, clip, u"--ladder"_s, u"demo"_s, u"--out"_s, u"out"_s};
    QTest::newRow("doctor") << QStringList {u"doctor"_s};
    QTest::newRow("demo") << QStringList {u"demo"_s, u"--headless"_s, u"--exit"_s};
}

void TestSharedWorkspace::aFileIsNoWorkspace()
{
    QFETCH(QStringList, words);
    ProgramRoom room;
    writeBytes(room.workspace(), "no folder");
    const Ended ended = room.run(words);
    QVERIFY2(ended.exitCode == 6, (ended.out + ended.err).constData());
    const QJsonObject error = ended.json()[u"error"_s].toObject();
    QCOMPARE(error[u"reason"_s].toString(), u"not_a_folder"_s);
    QVERIFY(error[u"detail"_s].toString().contains(room.workspace()));
    QCOMPARE(readBytes(room.workspace()), QByteArray("no folder"));
}

QTEST_GUILESS_MAIN(TestSharedWorkspace)
#include "tst_shared_workspace.moc"
