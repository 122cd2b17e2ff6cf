#include "core/base/json.h"
#include "core/media/facts.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <random>

using namespace vidimus;
using namespace vidimus::media;
using namespace Qt::StringLiterals;

namespace {

class Maker {
public:
    explicit Maker(unsigned seed)
        : m_random(seed)
    {
    }
    MediaFacts facts()
    {
        MediaFacts facts;
        facts.container = word();
        facts.containerName = word();
        facts.durationSeconds = number(100'000);
        facts.startSeconds = number(10) - 5;
        facts.bitRate = qint64(number(1e9));
        facts.bytes = qint64(number(1e12));
        int index = 0;
        for (int n = below(3); n > 0; --n)
            facts.video.push_back(video(index++));
        for (int n = below(4); n > 0; --n) {
            AudioStream stream;
            common(stream, index++);
            stream.channels = 1 + below(16);
            stream.layout = word();
            stream.sampleRate = 8000 * (1 + below(24));
            facts.audio.push_back(stream);
        }
        for (int n = below(3); n > 0; --n) {
            SubtitleStream stream;
            common(stream, index++);
            stream.forced = coin();
            stream.hearingImpaired = coin();
            facts.subtitles.push_back(stream);
        }
        for (int n = below(2); n > 0; --n) {
            OtherStream stream;
            common(stream, index++);
            stream.kind = u"data"_s;
            facts.others.push_back(stream);
        }
        facts.bestVideo = facts.video.empty() ? -1 : below(int(facts.video.size()));
        facts.bestAudio = facts.audio.empty() ? -1 : below(int(facts.audio.size()));
        for (int n = below(4); n > 0; --n)
            facts.problems.push_back({"problem_" + QByteArray::number(n), word()});
        return facts;
    }
    int below(int end) { return int(m_random() % unsigned(end)); }
    bool coin() { return below(2) == 0; }

private:
    double number(double end) { return std::floor(end * (double(m_random()) / 4294967296.0) * 1000) / 1000; }
    QString word()
    {
        static const QStringList words {u""_s, u"h264"_s, u"ひらがな"_s, u"\"quoted\\\""_s, u"a/b\nc"_s, u"ünï 🎬"_s};
        return words[below(int(words.size()))];
    }
    void common(StreamFacts& stream, int index)
    {
        stream.index = index;
        stream.codec = word();
        stream.profile = word();
        stream.language = coin() ? u"deu"_s : QString();
        stream.title = word();
        stream.isDefault = coin();
        stream.startSeconds = number(4) - 2;
        stream.durationSeconds = number(5000);
        stream.bitRate = qint64(number(1e8));
    }
    VideoStream video(int index)
    {
        VideoStream stream;
        common(stream, index);
        stream.width = 1 + below(8192);
        stream.height = 1 + below(8192);
        stream.displayWidth = 1 + below(8192);
        stream.displayHeight = 1 + below(8192);
        stream.orientation = {90 * below(4), coin()};
        stream.sampleAspect = {1 + below(100), 1 + below(100)};
        stream.displayAspect = {below(100), 1 + below(100)};
        stream.pixelFormat = word();
        stream.bitDepth = 8 + 2 * below(3);
        stream.fieldOrder = FieldOrder(below(4));
        stream.averageRate = {below(60'001), 1 + below(1001)};
        stream.realRate = {below(60'001), 1 + below(1001)};
        stream.rateKind = RateKind(below(3));
        stream.frameCount = below(1'000'000);
        stream.color = {ColorRange(below(3)), below(20), below(20), below(15)};
        stream.hdr = HdrKind(below(3));
        if (coin())
            stream.hdrValues = {number(1), number(10'000), below(10'000), below(4'000)};
        stream.coverArt = coin();
        return stream;
    }
    std::mt19937 m_random;
};

const QList<QJsonValue> kNastyValues {QJsonValue::Null, true, -1, 1e300, -1e300, 0.5, 4294967296.0, 9007199254740993.0,
    u""_s, u"1/0"_s, u"-5/7"_s, u"9999999999999999999/1"_s, QJsonArray(), QJsonObject(), QJsonArray {1, 2},
    QString(5000, u'x'), u"pq"_s, 45};

/// Changes one member somewhere in the document: other value, gone, or a new one.
QJsonValue spoil(const QJsonValue& value, Maker& maker)
{
    if (value.isObject() && !value.toObject().isEmpty() && maker.below(8) != 0) {
        QJsonObject object = value.toObject();
        const QString name = object.keys()[maker.below(int(object.size()))];
        switch (maker.below(6)) {
        case 0:
            object.remove(name);
            break;
        case 1:
            object.insert(u"surprise"_s, object.value(name));
            break;
        default:
            object.insert(name, spoil(object.value(name), maker));
        }
        return object;
    }
    if (value.isArray() && !value.toArray().isEmpty() && maker.below(8) != 0) {
        QJsonArray array = value.toArray();
        const int place = maker.below(int(array.size()));
        if (maker.below(6) == 0)
            array.append(array.at(place));
        else
            array[place] = spoil(array.at(place), maker);
        return array;
    }
    return kNastyValues[maker.below(int(kNastyValues.size()))];
}

void verifySane(const MediaFacts& facts)
{
    QVERIFY(facts.bestVideo >= -1 && facts.bestVideo < int(facts.video.size()));
    QVERIFY(facts.bestAudio >= -1 && facts.bestAudio < int(facts.audio.size()));
    QVERIFY(std::isfinite(facts.durationSeconds) && facts.durationSeconds >= 0);
    QVERIFY(facts.bytes >= 0 && facts.bitRate >= 0);
    for (const VideoStream& stream : facts.video) {
        QVERIFY(stream.width >= 0 && stream.width <= 65'536 && stream.height >= 0 && stream.height <= 65'536);
        QVERIFY(stream.displayWidth >= 0 && stream.displayHeight >= 0);
        QVERIFY(stream.orientation.clockwiseDegrees % 90 == 0 && stream.orientation.clockwiseDegrees < 360);
        QVERIFY(stream.sampleAspect.num > 0 && stream.sampleAspect.den > 0 && stream.displayAspect.den > 0);
        QVERIFY(stream.averageRate.den > 0 && stream.realRate.den > 0 && stream.frameCount >= 0);
    }
    for (const AudioStream& stream : facts.audio)
        QVERIFY(stream.channels >= 0 && stream.channels <= 1024 && stream.sampleRate >= 0);
}

} // namespace

/// What a worker says about a file is read strictly: whatever gets through keeps its promises.
class TestFactsFuzz : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void allFactsComeBackThroughText();
    void spoiledFactsAreRefusedOrSane();
    void moreStreamsThanAnyFileAreRefused();
};

void TestFactsFuzz::allFactsComeBackThroughText()
{
    for (unsigned seed = 0; seed < 500; ++seed) {
        const QJsonObject json = toJson(Maker(seed).facts());
        const auto text = QJsonDocument::fromJson(QJsonDocument(json).toJson()).object();
        const auto back = factsFromJson(text);
        QVERIFY2(back, qPrintable(u"seed %1: %2"_s.arg(seed).arg(back ? QString() : back.error().detail)));
        QCOMPARE(toJson(*back), json);
        verifySane(*back);
    }
}

void TestFactsFuzz::spoiledFactsAreRefusedOrSane()
{
    int refused = 0;
    for (unsigned seed = 0; seed < 6'000; ++seed) {
        Maker maker(seed);
        const QJsonObject spoiled = spoil(toJson(maker.facts()), maker).toObject();
        const auto facts = factsFromJson(spoiled);
        if (!facts) {
            QCOMPARE(facts.error().code, ErrorCode::Invalid);
            QVERIFY(!facts.error().detail.isEmpty() && facts.error().detail.size() < 1000);
            ++refused;
            continue;
        }
        verifySane(*facts);
        if (QTest::currentTestFailed())
            QFAIL(qPrintable(u"seed %1"_s.arg(seed)));
        QCOMPARE(toJson(*factsFromJson(toJson(*facts))), toJson(*facts));
    }
    QVERIFY2(refused > 3'000, QByteArray::number(refused)); // the changes do hit what is checked
}

void TestFactsFuzz::moreStreamsThanAnyFileAreRefused()
{
    MediaFacts facts;
    for (int n = 0; n < 10'000; ++n) {
        AudioStream stream;
        stream.index = n;
        facts.audio.push_back(stream);
    }
    QVERIFY(!factsFromJson(toJson(facts)));
    MediaFacts troubled;
    troubled.problems.resize(100'000);
    QVERIFY(!factsFromJson(toJson(troubled)));
}

QTEST_GUILESS_MAIN(TestFactsFuzz)
#include "tst_facts_fuzz.moc"
