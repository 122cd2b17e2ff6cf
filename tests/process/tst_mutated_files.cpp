#include "core/worker/worker_exit.h"
#include "core/worker/worker_pool.h"
#include "program_room.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::test;

namespace {

/// Overwrites, cuts, repeats or swaps stretches, mostly near the beginning, where containers keep their structure.
QByteArray mutated(QByteArray bytes, QRandomGenerator& random)
{
    const int changes = 1 + random.bounded(40);
    for (int i = 0; i < changes && bytes.size() > 64; ++i) {
        const int size = static_cast<int>(bytes.size());
        const int reach = random.bounded(3) == 0 ? size : std::min(size, 4096);
        const int at = random.bounded(reach);
        const int length = std::min(size - at, 1 + random.bounded(64));
        switch (random.bounded(6)) {
        case 0:
            for (int k = 0; k < length; ++k)
                bytes[at + k] = static_cast<char>(random.bounded(256));
            break;
        case 1:
            bytes[at] = static_cast<char>(bytes[at] ^ (1 << random.bounded(8)));
            break;
        case 2:
            for (int k = 0; k < std::min(length, 8); ++k)
                bytes[at + k] = static_cast<char>(random.bounded(2) == 0 ? 0xff : 0);
            break;
        case 3:
            bytes.remove(at, length);
            break;
        case 4:
            bytes.insert(at, bytes.mid(at, length));
            break;
        default:
            if (random.bounded(20) == 0)
                bytes.truncate(64 + random.bounded(size - 64));
            break;
        }
    }
    return bytes;
}

} // namespace

/// Promise R10: whatever is done to a file, the program that asked about it goes on, and so does the next file.
/// 20,000 files with VIDIMUS_LONG=1, else 500; VIDIMUS_MUTATIONS says another number.
class TestMutatedFiles : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theProgramGoesOn_data();
    void theProgramGoesOn();
};

void TestMutatedFiles::theProgramGoesOn_data()
{
    QTest::addColumn<int>("rounds");
    QTest::addColumn<uint>("part");
    const int wanted = qEnvironmentVariableIntValue("VIDIMUS_MUTATIONS");
    const int rounds = wanted > 0 ? wanted : qEnvironmentVariableIntValue("VIDIMUS_LONG") == 1 ? 20'000 : 500;
    constexpr int kParts = 5; // each with a seed of its own
    for (int part = 0; part < kParts; ++part)
        QTest::addRow("part %d", part + 1) << (rounds + part) / kParts << uint(part);
}

void TestMutatedFiles::theProgramGoesOn()
{
    QFETCH(int, rounds);
    QFETCH(uint, part);
    QRandomGenerator random(announcedSeed() + part);
    worker::WorkerPool pool({.executable = programPath(u"vidimus-mediaworker"_s), .allowBubblewrap = false});
    QList<QByteArray> clips;
    for (const QString& name : {u"talking_head_mono.mp4"_s, u"bbb_480p_vp9_opus.webm"_s, u"noaudio_1080p24.mp4"_s,
             u"nasa_two_video_two_audio_subs.mp4"_s}) {
        clips.append(readBytes(clipPath(name)));
        QVERIFY(!clips.last().isEmpty());
    }
    QTemporaryDir folder;
    const QString path = folder.filePath(u"mutated"_s);
    int read = 0;
    int parked = 0;
    QMap<QByteArray, int> reasons;
    for (int round = 0; round < rounds; ++round) {
        writeBytes(path, mutated(clips.at(random.bounded(static_cast<int>(clips.size()))), random));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto facts = pool.probe(file.handle());
        if (facts) {
            ++read;
        } else {
            QVERIFY2(!facts.error().detail.isEmpty() && !facts.error().reason.isEmpty(), "an error says nothing");
            ++reasons[facts.error().reason];
            if (facts.error().reason == "worker_protocol")
                qWarning("round %d: %s", round, qPrintable(facts.error().detail));
        }
        if (!facts && facts.error().reason == "file_parked")
            ++parked;
        file.close();
        QFile::remove(path);
    }
    QFile sound(clipPath(u"talking_head_mono.mp4"_s));
    QVERIFY(sound.open(QIODevice::ReadOnly));
    QVERIFY(pool.probe(sound.handle()));
    qInfo("%d files, %d read, %d crashed their worker twice and were set aside", rounds, read, parked);
    for (auto it = reasons.cbegin(); it != reasons.cend(); ++it)
        qInfo("  %s: %d", it.key().constData(), it.value());
    QVERIFY(read > 0 && read < rounds);
}

QTEST_GUILESS_MAIN(TestMutatedFiles)
#include "tst_mutated_files.moc"
