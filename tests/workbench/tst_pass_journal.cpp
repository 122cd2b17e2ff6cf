#include "core/workbench/pass_journal.h"

#include "core/base/durable_file.h"
#include "core/workbench/check_profiles.h"
#include "core/workbench/open_input.h"
#include "core/worker/worker_pool.h"
#include "support/generated_clip.h"
#include "workbench_room.h"

#include <QDir>
#include <QFileInfo>
#include <QTest>
#include <array>
#include <unistd.h>

using namespace vidimus;
using namespace vidimus::workbench;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

namespace {

/// Gets a state after every picture, and keeps one and stops the pass after some of them.
class HastyJournal : public PassJournal {
public:
    using PassJournal::PassJournal;
    [[nodiscard]] std::chrono::milliseconds interval() const override { return std::chrono::milliseconds(0); }
    void save(const worker::PassState& state) override
    {
        if (++saves >= stopAt)
            PassJournal::save(state);
        if (saves == stopAt)
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
    void whatAPassGathersIsKeptWithItsState();
    void onlyOnePassGathersAtATime();
    void aStoppedPassGoesOnInAnotherProcess();
    void aLongPassGoesOnFromWhatItGathered_data();
    void aLongPassGoesOnFromWhatItGathered();

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
    QVERIFY(writeFileDurably(stale.fileName() + u".gathered"_s, "x"));
    QVERIFY(stale.open(QIODevice::ReadWrite));
    QVERIFY(stale.setFileTime(QDateTime::currentDateTime().addDays(-8), QFileDevice::FileModificationTime));
    stale.close();
    const PassJournal later(folder(), input->get(), checks::defaultProfile(), PassJournal::Kind::Checks);
    QCOMPARE(QDir(folder()).entryList({u"*.state"_s}).size(), 31);
    QVERIFY(!QFile::exists(stale.fileName() + u".gathered"_s));
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

void TestPassJournal::whatAPassGathersIsKeptWithItsState()
{
    const auto input = openInput(clipPath("talking_head_mono.mp4"));
    QVERIFY(input);
    const checks::Profile profile = checks::defaultProfile();
    const QStringList gathered {u"*.gathered"_s};
    {
        PassJournal journal(folder(), input->get(), profile, PassJournal::Kind::Checks);
        const int file = journal.scratch(false);
        QVERIFY(file >= 0);
        QCOMPARE(::write(file, "numbers", 7), 7);
        journal.save(someState());
    }
    {
        PassJournal journal(folder(), input->get(), profile, PassJournal::Kind::Checks);
        QCOMPARE(journal.load(), someState());
        std::array<char, 8> bytes {};
        QCOMPARE(::pread(journal.scratch(true), bytes.data(), bytes.size(), 0), 7);
        QCOMPARE(bytes.data(), "numbers");
    }
    {
        PassJournal other(folder(), input->get(), profile, PassJournal::Kind::ChecksAndFingerprint);
        QVERIFY(other.scratch(false) >= 0);
        QCOMPARE(QDir(folder()).entryList(gathered).size(), 2);
    }
    QCOMPARE(QDir(folder()).entryList(gathered).size(), 1); // no state needs the other one's
    PassJournal journal(folder(), input->get(), profile, PassJournal::Kind::Checks);
    char byte = 0;
    QCOMPARE(::pread(journal.scratch(false), &byte, 1, 0), 0); // begun anew
    QCOMPARE(QDir(folder()).entryList(gathered).size(), 1);
    journal.clear();
    QCOMPARE(QDir(folder()).entryList(gathered).size(), 0);
}

void TestPassJournal::onlyOnePassGathersAtATime()
{
    const auto input = openInput(clipPath("talking_head_mono.mp4"));
    QVERIFY(input);
    const checks::Profile profile = checks::defaultProfile();
    PassJournal first(folder(), input->get(), profile, PassJournal::Kind::Checks);
    const int file = first.scratch(false);
    QCOMPARE(::write(file, "numbers", 7), 7);
    PassJournal second(folder(), input->get(), profile, PassJournal::Kind::Checks);
    QCOMPARE(second.scratch(false), -1);
    char byte = 0;
    QCOMPARE(::pread(file, &byte, 1, 0), 1);
    // A worker in place of one that crashed gets it again, as it is or empty.
    QCOMPARE(::pread(first.scratch(true), &byte, 1, 0), 1);
    QCOMPARE(::pread(first.scratch(false), &byte, 1, 0), 0);
    first.clear();
    QVERIFY(second.scratch(false) >= 0);
}

void TestPassJournal::aLongPassGoesOnFromWhatItGathered_data()
{
    QTest::addColumn<bool>("isLost");
    QTest::newRow("there") << false;
    QTest::newRow("lost") << true;
}

void TestPassJournal::aLongPassGoesOnFromWhatItGathered()
{
    QFETCH(bool, isLost);
    const QString path = m_folder->filePath(u"long.mp4"_s);
    GeneratedClip clip;
    clip.frames = 1500;
    clip.width = 96;
    clip.height = 54;
    clip.gop = 12;
    clip.painter = [](const Canvas& canvas, int frame) { canvas.fill(40 + frame * frame % 97); };
    clip.audioTracks = 1;
    QVERIFY(clip.write(path));
    const auto input = openInput(path);
    QVERIFY(input);
    // Few, because a state is made after each picture.
    const auto few = checks::onlyChecks(checks::defaultProfile(), {u"freeze"_s, u"duplicate_frames"_s});
    QVERIFY(few);
    const checks::Profile& profile = *few;
    const auto kind = PassJournal::Kind::Checks;
    worker::WorkerPool workers;
    const auto whole = workers.check(input->get(), profile);
    QVERIFY2(whole, whole ? "" : qPrintable(whole.error().detail));
    QString gathered;
    {
        HastyJournal stopped(folder(), input->get(), profile, kind);
        stopped.stopAt = 1200;
        const auto nothing = workers.check(input->get(), profile, stopped.cancel.token(), {}, &stopped);
        QVERIFY(!nothing);
        QVERIFY(stopped.hasState());
        gathered = stopped.path() + u".gathered"_s;
    }
    QVERIFY(QFileInfo(gathered).size() >= 1024);
    QVERIFY(!isLost || QFile::resize(gathered, 10));
    PassJournal journal(folder(), input->get(), profile, kind);
    const auto rest = workers.check(input->get(), profile, {}, {}, &journal);
    QVERIFY2(rest, rest ? "" : qPrintable(rest.error().detail));
    QVERIFY2((rest->resumedAt >= 1024) == !isLost, qPrintable(QString::number(rest->resumedAt)));
    QCOMPARE(rest->report, whole->report);
    QVERIFY(rest->measurements == whole->measurements);
    QVERIFY(!journal.hasState());
    QVERIFY(!QFile::exists(gathered));
}

QTEST_GUILESS_MAIN(TestPassJournal)
#include "tst_pass_journal.moc"
