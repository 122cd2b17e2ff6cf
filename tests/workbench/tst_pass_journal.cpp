#include "core/workbench/pass_journal.h"

#include "core/base/durable_file.h"
#include "core/workbench/check_profiles.h"
#include "core/workbench/open_input.h"
#include "core/worker/worker_pool.h"
#include "workbench_room.h"

#include <QDir>
#include <QFileInfo>
#include <QTest>

using namespace vidimus;
using namespace vidimus::workbench;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

namespace {

/// Keeps a state after every picture, and stops the pass after some of them.
class HastyJournal : public PassJournal {
public:
    using PassJournal::PassJournal;
    [[nodiscard]] std::chrono::milliseconds interval() const override { return std::chrono::milliseconds(0); }
    void save(const worker::PassState& state) override
    {
        PassJournal::save(state);
        if (++saves == stopAt)
            cancel.cancel();
    }

    int saves = 0;
    int stopAt = -1;
    CancelSource cancel;
};

worker::PassState someState()
{
    return {QByteArray("checks\0of", 9), "fingerprint"};
}

} // namespace

/// States of stopped passes on the disk.
class TestPassJournal : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void givesBackWhatItKept();
    void aStateBelongsToOneFileProfileAndKind();
    void aDamagedStateIsNone_data();
    void aDamagedStateIsNone();
    void oldStatesAreRemoved();
    void withoutAFolderNothingIsKept();
    void aStoppedPassGoesOnInAnotherProcess();

private:
    [[nodiscard]] QString folder() const { return m_folder->filePath(u"passes"_s); }
    [[nodiscard]] QString copyOf(const char* clip, const QString& name) const
    {
        const QString path = m_folder->filePath(name);
        return QFile::copy(clipPath(clip), path) ? path : QString();
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestPassJournal::givesBackWhatItKept()
{
    const auto input = openInput(clipPath("talking_head_mono.mp4"));
    QVERIFY(input);
    const checks::Profile profile = checks::defaultProfile();
    PassJournal journal(folder(), input->get(), profile, PassJournal::Kind::Checks);
    QVERIFY(!journal.hasState());
    QCOMPARE(journal.load(), worker::PassState());
    journal.save(someState());
    PassJournal again(folder(), input->get(), profile, PassJournal::Kind::Checks);
    QVERIFY(again.hasState());
    QCOMPARE(again.load(), someState());
    again.clear();
    QVERIFY(!journal.hasState());
    QCOMPARE(journal.load(), worker::PassState());
}

void TestPassJournal::aStateBelongsToOneFileProfileAndKind()
{
    const QString path = copyOf("talking_head_mono.mp4", u"a.mp4"_s);
    const QString other = copyOf("talking_head_mono.mp4", u"b.mp4"_s);
    const auto input = openInput(path);
    const auto otherInput = openInput(other);
    QVERIFY(input && otherInput);
    const checks::Profile profile = checks::defaultProfile();
    const auto only = checks::onlyChecks(profile, {u"black"_s});
    QVERIFY(only);
    PassJournal journal(folder(), input->get(), profile, PassJournal::Kind::Checks);
    journal.save(someState());
    QVERIFY(PassJournal(folder(), input->get(), profile, PassJournal::Kind::Checks).hasState());
    QVERIFY(!PassJournal(folder(), otherInput->get(), profile, PassJournal::Kind::Checks).hasState());
    QVERIFY(!PassJournal(folder(), input->get(), *only, PassJournal::Kind::Checks).hasState());
    QVERIFY(!PassJournal(folder(), input->get(), profile, PassJournal::Kind::ChecksAndFingerprint).hasState());
    QFile changed(path);
    QVERIFY(changed.open(QIODevice::ReadWrite));
    QVERIFY(changed.seek(100));
    QCOMPARE(changed.write("x"), 1);
    changed.close();
    QVERIFY(!PassJournal(folder(), input->get(), profile, PassJournal::Kind::Checks).hasState());
}

void TestPassJournal::aDamagedStateIsNone_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("short") << QByteArray(39, 'x');
    QTest::newRow("wrong digest") << QByteArray(200, '\0');
}

void TestPassJournal::aDamagedStateIsNone()
{
    QFETCH(QByteArray, bytes);
    const auto input = openInput(clipPath("talking_head_mono.mp4"));
    QVERIFY(input);
    PassJournal journal(folder(), input->get(), checks::defaultProfile(), PassJournal::Kind::Checks);
    QVERIFY(writeFileDurably(journal.path(), bytes));
    QCOMPARE(journal.load(), worker::PassState());
}

void TestPassJournal::oldStatesAreRemoved()
{
    QVERIFY(makeFolderDurably(folder()));
    for (int n = 0; n < 40; ++n)
        QVERIFY(writeFileDurably(folder() + u"/%1.state"_s.arg(n), "x"));
    const auto input = openInput(clipPath("talking_head_mono.mp4"));
    QVERIFY(input);
    const PassJournal journal(folder(), input->get(), checks::defaultProfile(), PassJournal::Kind::Checks);
    QCOMPARE(QDir(folder()).entryList({u"*.state"_s}).size(), 32);
    QFile stale(folder() + u'/' + QDir(folder()).entryList({u"*.state"_s}).first());
    QVERIFY(stale.open(QIODevice::ReadWrite));
    QVERIFY(stale.setFileTime(QDateTime::currentDateTime().addDays(-8), QFileDevice::FileModificationTime));
    stale.close();
    const PassJournal later(folder(), input->get(), checks::defaultProfile(), PassJournal::Kind::Checks);
    QCOMPARE(QDir(folder()).entryList({u"*.state"_s}).size(), 31);
}

void TestPassJournal::withoutAFolderNothingIsKept()
{
    QVERIFY(writeFileDurably(folder(), "a file stands here"));
    const auto input = openInput(clipPath("talking_head_mono.mp4"));
    QVERIFY(input);
    PassJournal journal(folder(), input->get(), checks::defaultProfile(), PassJournal::Kind::Checks);
    journal.save(someState());
    QVERIFY(!journal.hasState());
    QCOMPARE(journal.load(), worker::PassState());
    journal.clear();
}

void TestPassJournal::aStoppedPassGoesOnInAnotherProcess()
{
    const auto input = openInput(clipPath("bbb_480p_vp9_opus.webm"));
    QVERIFY(input);
    const checks::Profile profile = checks::defaultProfile();
    const auto kind = PassJournal::Kind::ChecksAndFingerprint;
    worker::WorkerPool workers;
    const auto whole = workers.checkAndFingerprint(input->get(), profile);
    QVERIFY2(whole, whole ? "" : qPrintable(whole.error().detail));
    HastyJournal stopped(folder(), input->get(), profile, kind);
    stopped.stopAt = 10;
    const auto nothing = workers.checkAndFingerprint(input->get(), profile, stopped.cancel.token(), {}, &stopped);
    QVERIFY(!nothing);
    QCOMPARE(nothing.error().code, ErrorCode::Canceled);
    QVERIFY(stopped.hasState());
    double firstShare = -1;
    const auto progress = [&](const Progress& now) {
        if (firstShare < 0 && now.total > 0)
            firstShare = now.done / now.total;
    };
    PassJournal journal(folder(), input->get(), profile, kind);
    const auto rest = workers.checkAndFingerprint(input->get(), profile, {}, progress, &journal);
    QVERIFY2(rest, rest ? "" : qPrintable(rest.error().detail));
    QVERIFY2(rest->resumedAt > 0, qPrintable(QString::number(rest->resumedAt)));
    QVERIFY(firstShare >= double(rest->resumedAt) / double(whole->report.frames));
    QCOMPARE(rest->report, whole->report);
    QVERIFY(rest->measurements == whole->measurements);
    QVERIFY(rest->fingerprint == whole->fingerprint);
    QVERIFY(!journal.hasState());
}

QTEST_GUILESS_MAIN(TestPassJournal)
#include "tst_pass_journal.moc"
