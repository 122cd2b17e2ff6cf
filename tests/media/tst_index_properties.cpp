#include "core/media/frame_index.h"

#include <QTest>
#include <random>

using namespace vidimus;
using namespace vidimus::media;
using namespace Qt::StringLiterals;

namespace {

FrameIndex randomIndex(unsigned seed)
{
    std::mt19937_64 random(seed);
    constexpr std::array<Rational, 6> kBases {
        {{1, 90'000}, {1, 1000}, {1001, 30'000}, {1, 25}, {1, 1'000'000}, {1, 2'147'483'647}}};
    const Rational base = kBases[random() % kBases.size()];
    const qint64 first = qint64(random() % 2'000'001) - 1'000'000;
    std::vector<FrameIndexEntry> entries;
    qint64 pts = first;
    const std::size_t count = random() % 200;
    for (std::size_t n = 0; n < count; ++n) {
        const qint64 step = 1 + qint64(random() % (seed % 3 == 0 ? 3 : 100'000));
        entries.push_back({.pts = pts, .duration = random() % 7 == 0 ? 0 : step, .key = random() % 5 == 0});
        pts += step;
    }
    return FrameIndex(base, {qint64(random() % 100'000) - 50'000, 1 + qint64(random() % 90'000)}, std::move(entries));
}

void putNumber(QByteArray& out, quint64 value)
{
    for (; value >= 0x80; value >>= 7)
        out.append(char(value | 0x80));
    out.append(char(value));
}

quint64 zigzag(qint64 value)
{
    return (quint64(value) << 1) ^ quint64(value >> 63);
}

struct Header {
    quint64 magic = 0x31495856;
    qint64 baseNum = 1;
    qint64 baseDen = 25;
    qint64 originNum = 0;
    qint64 originDen = 1;
    quint64 count = 0;
};

/// The message as somebody else would write it: each frame is (step with key bit, change of duration).
QByteArray bytesOf(const Header& header, const std::vector<std::pair<quint64, qint64>>& frames)
{
    QByteArray out;
    putNumber(out, header.magic);
    for (const qint64 value : {header.baseNum, header.baseDen, header.originNum, header.originDen})
        putNumber(out, zigzag(value));
    putNumber(out, header.count);
    for (const auto& [step, duration] : frames) {
        putNumber(out, step);
        putNumber(out, zigzag(duration));
    }
    return out;
}

quint64 step(qint64 pts, bool key = false)
{
    return (zigzag(pts) << 1) | (key ? 1 : 0);
}

} // namespace

class TestIndexProperties : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyIndexComesBackFromItsBytes();
    void everyTimeFindsItsFrame();
    void keysAreTheNearestOnes();
    void aDayAtSixtyFitsTheMessage();
    void refusesHandMadeBytes_data();
    void refusesHandMadeBytes();
    void readsHandMadeBytes();
    void randomBytesAreNeverBelievedBlindly();
};

void TestIndexProperties::everyIndexComesBackFromItsBytes()
{
    for (unsigned seed = 0; seed < 400; ++seed) {
        const FrameIndex index = randomIndex(seed);
        const auto back = FrameIndex::fromBytes(index.toBytes());
        QVERIFY2(back && *back == index, QByteArray::number(seed));
        QCOMPARE(back->origin(), index.origin());
    }
}

void TestIndexProperties::everyTimeFindsItsFrame()
{
    for (unsigned seed = 0; seed < 200; ++seed) {
        const FrameIndex index = randomIndex(seed);
        if (index.timeBase().den >= 1'000'000)
            continue; // its frames are nearer to each other than the microsecond that frameAt() forgives
        for (qint64 n = 0; n < index.count(); ++n) {
            QCOMPARE(index.frameAt(index.timeOf(n)), n);
            QCOMPARE(index.frameWithPts(index.at(n).pts), n);
            if (n > 0 && index.timeBase().den < 500'000) {
                const double before = index.timeOf(n).toDouble() - 3e-6;
                QCOMPARE(index.frameAt(before), n - 1);
            }
        }
    }
}

void TestIndexProperties::keysAreTheNearestOnes()
{
    for (unsigned seed = 0; seed < 200; ++seed) {
        const FrameIndex index = randomIndex(seed);
        qint64 before = 0;
        for (qint64 n = 0; n < index.count(); ++n) {
            if (index.at(n).key)
                before = n;
            QCOMPARE(index.keyBefore(n), before);
            const qint64 after = index.keyAfter(n);
            QVERIFY(after == -1 || (after > n && index.at(after).key));
            for (qint64 between = n + 1; between < (after < 0 ? index.count() : after); ++between)
                QVERIFY(!index.at(between).key);
        }
    }
}

void TestIndexProperties::aDayAtSixtyFitsTheMessage()
{
    std::vector<FrameIndexEntry> entries;
    constexpr int kFrames = 24 * 3600 * 60;
    entries.reserve(kFrames);
    for (qint64 n = 0; n < kFrames; ++n)
        entries.push_back({.pts = n * 1500, .duration = 1500, .key = n % 120 == 0});
    const FrameIndex index({1, 90'000}, {0, 1}, std::move(entries));
    const QByteArray bytes = index.toBytes();
    QVERIFY2(bytes.size() < qsizetype(kFrames) * 7 / 2, QByteArray::number(bytes.size()));
    const auto back = FrameIndex::fromBytes(bytes);
    QVERIFY(back && back->count() == kFrames && back->isConstantRate());
    QCOMPARE(back->endTime(), (Rational {86'400, 1}));
}

void TestIndexProperties::refusesHandMadeBytes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    constexpr qint64 kFar = qint64(1) << 55;
    QTest::newRow("another magic") << bytesOf({.magic = 1}, {});
    QTest::newRow("no time base") << bytesOf({.baseNum = 0}, {});
    QTest::newRow("negative time base") << bytesOf({.baseNum = -1}, {});
    QTest::newRow("base over zero") << bytesOf({.baseDen = 0}, {});
    QTest::newRow("huge denominator") << bytesOf({.baseDen = qint64(1) << 40}, {});
    QTest::newRow("origin over zero") << bytesOf({.originDen = 0}, {});
    QTest::newRow("negative origin denominator") << bytesOf({.originDen = -5}, {});
    QTest::newRow("origin beyond all time") << bytesOf({.originNum = kFar}, {});
    QTest::newRow("frames announced, none there") << bytesOf({.count = 1}, {});
    QTest::newRow("a frame too many") << bytesOf({.count = 1}, {{step(0), 1}, {step(1), 0}});
    QTest::newRow("more frames than memory") << bytesOf({.count = quint64(1) << 60}, {});
    QTest::newRow("time stands still") << bytesOf({.count = 2}, {{step(0), 1}, {step(0), 0}});
    QTest::newRow("time runs back") << bytesOf({.count = 2}, {{step(9), 1}, {step(-1), 0}});
    QTest::newRow("negative duration") << bytesOf({.count = 1}, {{step(0), -1}});
    QTest::newRow("pts beyond all time") << bytesOf({.count = 1}, {{step(kFar), 1}});
    QTest::newRow("pts before all time") << bytesOf({.count = 1}, {{step(-kFar), 1}});
    QTest::newRow("duration beyond all time") << bytesOf({.count = 1}, {{step(0), kFar}});
    QTest::newRow("steps that add up beyond all time")
        << bytesOf({.count = 3}, {{step(kFar - 1), 1}, {step(kFar - 1), 0}, {step(kFar - 1), 0}});
    QTest::newRow("number of eleven bytes") << QByteArray(11, '\xff');
}

void TestIndexProperties::refusesHandMadeBytes()
{
    QFETCH(QByteArray, bytes);
    const auto index = FrameIndex::fromBytes(bytes);
    QVERIFY(!index);
    QVERIFY(index.error().code == ErrorCode::Invalid || index.error().code == ErrorCode::LimitExceeded);
    QVERIFY(!index.error().reason.isEmpty());
}

void TestIndexProperties::readsHandMadeBytes()
{
    const auto index = FrameIndex::fromBytes(
        bytesOf({.originNum = -1, .originDen = 5, .count = 3}, {{step(-10, true), 2}, {step(2), 0}, {step(2), 3}}));
    QVERIFY2(index, index ? "" : qPrintable(index.error().detail));
    QCOMPARE(index->count(), 3);
    QCOMPARE(index->timeOf(0), (Rational {-1, 5})); // -10/25 - -1/5
    QCOMPARE(index->durationOf(2), (Rational {1, 5}));
    QVERIFY(index->at(0).key && !index->at(1).key);
}

void TestIndexProperties::randomBytesAreNeverBelievedBlindly()
{
    for (unsigned seed = 0; seed < 5'000; ++seed) {
        std::mt19937 random(seed);
        QByteArray bytes = seed % 2 == 0 ? QByteArray("\xd6\xb0\xa5\x8a\x03", 5) : randomIndex(seed % 50).toBytes();
        for (unsigned n = random() % 12; n > 0; --n)
            bytes.insert(qsizetype(random() % std::size_t(bytes.size() + 1)), char(random()));
        const auto index = FrameIndex::fromBytes(bytes);
        for (qint64 n = 0; index && n < index->count(); ++n) {
            QVERIFY(n == 0 || index->at(n).pts > index->at(n - 1).pts);
            QVERIFY(index->at(n).duration >= 0);
            QVERIFY(index->timeOf(n).den > 0 && index->durationOf(n).den > 0);
        }
        if (index)
            QVERIFY(*FrameIndex::fromBytes(index->toBytes()) == *index);
    }
}

QTEST_GUILESS_MAIN(TestIndexProperties)
#include "tst_index_properties.moc"
