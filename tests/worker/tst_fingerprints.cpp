#include "core/checks/profile.h"
#include "core/matching/engine/run_fingerprint.h"
#include "core/worker/worker_pool.h"

#include <QFile>
#include <QTest>

using namespace vidimus;
using namespace vidimus::worker;
using namespace Qt::StringLiterals;

namespace {

bool openMedia(QFile& file, const char* name)
{
    file.setFileName(QStringLiteral(VIDIMUS_SOURCE_DIR "/tests/media/") + QLatin1StringView(name));
    return file.open(QIODevice::ReadOnly);
}

} // namespace

/// Fingerprints through the real worker, on the highest rung of this machine.
class TestFingerprints : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void equalThoseMadeHere_data();
    void equalThoseMadeHere();
    void oneDecodeGivesChecksAndFingerprint();
    void refuseWhatIsNoMedia();
    void canBeCancelled();

private:
    WorkerPool m_pool {{.executable = QStringLiteral(VIDIMUS_BIN_DIR "/vidimus-mediaworker")}};
};

void TestFingerprints::equalThoseMadeHere_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("H.264") << QByteArray("bbb_720p25_5.1.mp4");
    QTest::newRow("VP9") << QByteArray("bbb_480p_vp9_opus.webm");
    QTest::newRow("AV1, 10 bits, turned") << QByteArray("hdr10_pq_av1_vertical.mp4");
}

void TestFingerprints::equalThoseMadeHere()
{
    QFETCH(QByteArray, name);
    QFile file;
    QVERIFY(openMedia(file, name.constData()));
    auto input = media::engine::Input::open(file.handle());
    QVERIFY(input);
    const auto here = matching::engine::fingerprintOf(**input);
    QVERIFY(here && !here->frames.empty());
    const auto there = m_pool.fingerprint(file.handle());
    QVERIFY2(there, there ? "" : qPrintable(there.error().detail));
    QVERIFY(*there == *here);
}

void TestFingerprints::oneDecodeGivesChecksAndFingerprint()
{
    QFile file;
    QVERIFY(openMedia(file, "talking_head_mono.mp4"));
    const checks::Profile profile = checks::defaultProfile();
    const auto both = m_pool.checkAndFingerprint(file.handle(), profile);
    QVERIFY2(both, both ? "" : qPrintable(both.error().detail));
    const auto checked = m_pool.check(file.handle(), profile);
    const auto fingerprint = m_pool.fingerprint(file.handle());
    QVERIFY(checked && fingerprint);
    QCOMPARE(both->report, checked->report);
    QVERIFY(both->fingerprint == *fingerprint);
    QVERIFY(!fingerprint->frames.empty());
}

void TestFingerprints::refuseWhatIsNoMedia()
{
    QFile file(QStringLiteral(VIDIMUS_SOURCE_DIR "/README.md"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(m_pool.fingerprint(file.handle()).error().reason, "not_media");
    QCOMPARE(m_pool.checkAndFingerprint(file.handle(), checks::defaultProfile()).error().reason, "not_media");
}

void TestFingerprints::canBeCancelled()
{
    QFile file;
    QVERIFY(openMedia(file, "bbb_720p25_5.1.mp4"));
    CancelSource source;
    source.cancel();
    QCOMPARE(m_pool.fingerprint(file.handle(), source.token()).error().code, ErrorCode::Canceled);
}

QTEST_GUILESS_MAIN(TestFingerprints)
#include "tst_fingerprints.moc"
