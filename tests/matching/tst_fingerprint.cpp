#include "core/matching/fingerprint.h"

#include <QJsonArray>
#include <QTest>
#include <random>

using namespace vidimus;
using namespace vidimus::matching;
using namespace Qt::StringLiterals;

namespace {

PdqHash randomHash(std::mt19937_64& random)
{
    PdqHash hash;
    for (auto& word : hash.words)
        word = random();
    return hash;
}

Fingerprint madeUp(int frames, bool bars = false, int turned = 0)
{
    std::mt19937_64 random(std::uint64_t(frames) * 31 + (bars ? 7 : 0));
    Fingerprint result;
    result.kind = turned > 0 ? FingerprintKind::Image : FingerprintKind::Video;
    result.duration = Milliseconds(frames * 500);
    for (int n = 0; n < frames; ++n) {
        FingerprintFrame frame {Milliseconds(n * 500), n * 12, randomHash(random), {}, int(random() % 101)};
        frame.content = bars && n % 2 == 0 ? randomHash(random) : frame.hash;
        result.frames.push_back(frame);
    }
    for (int n = 0; n < turned; ++n)
        result.turned.push_back(randomHash(random));
    return result;
}

} // namespace

class TestFingerprint : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void bytesComeBackAsTheyWere_data();
    void bytesComeBackAsTheyWere();
    void refusesCutBytesAtEveryPlace();
    void survivesChangedBytes();
    void refusesMoreFramesThanThereAreBytes();
    void refusesTimesThatGoBack();
    void speaksTheCommandLinesJson();
};

void TestFingerprint::bytesComeBackAsTheyWere_data()
{
    QTest::addColumn<int>("frames");
    QTest::addColumn<bool>("bars");
    QTest::addColumn<int>("turned");
    QTest::newRow("nothing") << 0 << false << 0;
    QTest::newRow("video") << 50 << false << 0;
    QTest::newRow("with bars") << 50 << true << 0;
    QTest::newRow("image") << 1 << true << 7;
}

void TestFingerprint::bytesComeBackAsTheyWere()
{
    QFETCH(int, frames);
    QFETCH(bool, bars);
    QFETCH(int, turned);
    const Fingerprint original = madeUp(frames, bars, turned);
    const auto read = fingerprintFromBytes(toBytes(original));
    QVERIFY(read);
    QVERIFY(*read == original);
}

void TestFingerprint::refusesCutBytesAtEveryPlace()
{
    const QByteArray bytes = toBytes(madeUp(3, true, 2));
    for (qsizetype length = 0; length < bytes.size(); ++length)
        QVERIFY(!fingerprintFromBytes(QByteArrayView(bytes).first(length)));
    QVERIFY(!fingerprintFromBytes(bytes + '\0'));
}

void TestFingerprint::survivesChangedBytes()
{
    const QByteArray good = toBytes(madeUp(4, true));
    std::mt19937 random(3);
    for (int round = 0; round < 2000; ++round) {
        QByteArray bytes = good;
        for (int change = 0; change < 3; ++change)
            bytes[qsizetype(random() % std::size_t(bytes.size()))] = char(random());
        if (const auto read = fingerprintFromBytes(bytes)) // it may be valid; then it is written the same
            QCOMPARE(fingerprintFromBytes(toBytes(*read)).value() == *read, true);
    }
}

void TestFingerprint::refusesMoreFramesThanThereAreBytes()
{
    QByteArray bytes = toBytes(madeUp(2));
    bytes[16] = char(0xff);
    bytes[17] = char(0xff);
    QCOMPARE(fingerprintFromBytes(bytes).error().reason, "bad_fingerprint");
    bytes[19] = char(0x7f);
    QCOMPARE(fingerprintFromBytes(bytes).error().code, ErrorCode::LimitExceeded);
}

void TestFingerprint::refusesTimesThatGoBack()
{
    Fingerprint wrong = madeUp(3);
    std::swap(wrong.frames[0].time, wrong.frames[2].time);
    QVERIFY(!fingerprintFromBytes(toBytes(wrong)));
}

void TestFingerprint::speaksTheCommandLinesJson()
{
    const QJsonObject json = toJson(madeUp(2));
    QCOMPARE(json.value("kind"_L1).toString(), u"video"_s);
    const QJsonObject frame = json.value("frames"_L1).toArray().at(1).toObject();
    QCOMPARE(frame.value("time"_L1).toDouble(), 0.5);
    QCOMPARE(frame.value("frame"_L1).toInt(), 12);
    QCOMPARE(frame.value("pdq"_L1).toString().size(), 64);
    QCOMPARE(frame.keys(), (QStringList {u"frame"_s, u"pdq"_s, u"quality"_s, u"time"_s}));
}

QTEST_GUILESS_MAIN(TestFingerprint)
#include "tst_fingerprint.moc"
