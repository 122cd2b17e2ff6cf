#include "core/base/json.h"
#include "core/transcode/ladder.h"

#include <QJsonArray>
#include <QTemporaryDir>
#include <QtTest>

using namespace vidimus;
using namespace vidimus::transcode;
using namespace Qt::StringLiterals;

class TestLadder : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void shippedLaddersAreReadAndSurviveARoundTrip();
    void defaultsAreFilledIn();
    void refusesWrongLadders_data();
    void refusesWrongLadders();
    void loadsByNameAndByPath();
    void refusesAHugeOrMissingFile();
};

namespace {

QJsonObject goodRung()
{
    return {{u"name"_s, u"720p"_s}, {u"short_side"_s, 720}, {u"codec"_s, u"h264"_s}, {u"crf"_s, 23},
        {u"maxrate"_s, 3'000'000}, {u"bufsize"_s, 3'000'000}};
}

QJsonObject goodLadder()
{
    return {{u"name"_s, u"mine"_s}, {u"segment_seconds"_s, 4}, {u"renditions"_s, QJsonArray {goodRung()}},
        {u"audio"_s, QJsonObject {{u"codec"_s, u"aac"_s}, {u"bitrate"_s, 96'000}, {u"channels"_s, 2}}}};
}

QJsonObject withRung(const QString& member, const QJsonValue& value)
{
    QJsonObject rung = goodRung();
    if (value.isUndefined())
        rung.remove(member);
    else
        rung.insert(member, value);
    QJsonObject ladder = goodLadder();
    ladder.insert(u"renditions"_s, QJsonArray {rung});
    return ladder;
}

QJsonObject with(const QString& member, const QJsonValue& value)
{
    QJsonObject ladder = goodLadder();
    ladder.insert(member, value);
    return ladder;
}

} // namespace

void TestLadder::shippedLaddersAreReadAndSurviveARoundTrip()
{
    const QStringList names = shippedLadderNames();
    QVERIFY(names.contains(u"web-two"_s));
    QVERIFY(names.contains(u"demo"_s));
    for (const QString& name : names) {
        const auto ladder = shippedLadder(name);
        QVERIFY2(ladder, ladder ? "" : qPrintable(ladder.error().detail));
        QCOMPARE(ladder->name, name);
        const auto again = ladderFromJson(toJson(*ladder));
        QVERIFY(again);
        QVERIFY(*again == *ladder);
    }
}

void TestLadder::defaultsAreFilledIn()
{
    const auto ladder = ladderFromJson(goodLadder());
    QVERIFY(ladder);
    QCOMPARE(ladder->preset, u"veryfast"_s);
    QCOMPARE(ladder->renditions.front().profile, H264Profile::High);
    QVERIFY(!ladder->renditions.front().level);
    auto silent = goodLadder();
    silent.remove(u"audio"_s);
    const auto quiet = ladderFromJson(silent);
    QVERIFY(quiet);
    QVERIFY(!quiet->audio);
}

void TestLadder::refusesWrongLadders_data()
{
    QTest::addColumn<QJsonObject>("object");
    QTest::newRow("empty") << QJsonObject();
    QTest::newRow("no rungs") << with(u"renditions"_s, QJsonArray {});
    QTest::newRow("a rung that is no object") << with(u"renditions"_s, QJsonArray {3});
    QTest::newRow("nine rungs") << with(u"renditions"_s,
        QJsonArray {goodRung(), goodRung(), goodRung(), goodRung(), goodRung(), goodRung(), goodRung(), goodRung(),
            goodRung()});
    QTest::newRow("one name twice") << with(u"renditions"_s, QJsonArray {goodRung(), goodRung()});
    QTest::newRow("unknown member") << with(u"colour"_s, u"blue"_s);
    QTest::newRow("segments too short") << with(u"segment_seconds"_s, 0.5);
    QTest::newRow("segments too long") << with(u"segment_seconds"_s, 11);
    QTest::newRow("unknown preset") << with(u"preset"_s, u"warp"_s);
    QTest::newRow("empty name") << with(u"name"_s, QString());
    QTest::newRow("a path as a rung's name") << withRung(u"name"_s, u"../../etc"_s);
    QTest::newRow("odd size") << withRung(u"short_side"_s, 721);
    QTest::newRow("size as text") << withRung(u"short_side"_s, u"720"_s);
    QTest::newRow("negative size") << withRung(u"short_side"_s, -2);
    QTest::newRow("codec we do not make") << withRung(u"codec"_s, u"vp9"_s);
    QTest::newRow("crf out of range") << withRung(u"crf"_s, 52);
    QTest::newRow("no cap") << withRung(u"maxrate"_s, QJsonValue(QJsonValue::Undefined));
    QTest::newRow("cap far out of range") << withRung(u"maxrate"_s, 1e15);
    QTest::newRow("level that is none") << withRung(u"level"_s, u"7.1"_s);
    QTest::newRow("profile that is none") << withRung(u"profile"_s, u"high10"_s);
    auto larger = goodRung();
    larger.insert(u"name"_s, u"1080p"_s);
    larger.insert(u"short_side"_s, 1080);
    QTest::newRow("smallest first") << with(u"renditions"_s, QJsonArray {goodRung(), larger});
    QTest::newRow("six channels") << with(
        u"audio"_s, QJsonObject {{u"codec"_s, u"aac"_s}, {u"bitrate"_s, 96'000}, {u"channels"_s, 6}});
}

void TestLadder::refusesWrongLadders()
{
    QFETCH(QJsonObject, object);
    const auto ladder = ladderFromJson(object);
    QVERIFY(!ladder);
    QCOMPARE(ladder.error().code, ErrorCode::Invalid);
}

void TestLadder::loadsByNameAndByPath()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"mine.json"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(vidimus::toJson(goodLadder()));
    file.close();
    const auto mine = loadLadder(path);
    QVERIFY(mine);
    QCOMPARE(mine->name, u"mine"_s);
    const auto shipped = loadLadder(u"demo"_s);
    QVERIFY(shipped);
    QCOMPARE(shipped->name, u"demo"_s);
}

void TestLadder::refusesAHugeOrMissingFile()
{
    QTemporaryDir folder;
    const auto missing = loadLadder(folder.filePath(u"none.json"_s));
    QVERIFY(!missing);
    QCOMPARE(missing.error().code, ErrorCode::NotFound);
    QFile file(folder.filePath(u"huge.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(100'000, ' '));
    file.close();
    const auto huge = loadLadder(file.fileName());
    QVERIFY(!huge);
    QCOMPARE(huge.error().code, ErrorCode::LimitExceeded);
    const auto misspelt = loadLadder(u"web-too"_s);
    QVERIFY(!misspelt);
    QCOMPARE(misspelt.error().reason, QByteArray("ladder_unknown"));
    QVERIFY(misspelt.error().detail.contains(u"web-two"_s)); // what there is instead
    QFile rubbish(folder.filePath(u"rubbish.json"_s));
    QVERIFY(rubbish.open(QIODevice::WriteOnly) && rubbish.write("root:x:0") > 0);
    rubbish.close();
    const auto none = loadLadder(rubbish.fileName());
    QVERIFY(!none && none.error().detail.contains(u"rubbish.json"_s));
    const auto unknown = shippedLadder(u"../demo"_s);
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().code, ErrorCode::NotFound);
}

QTEST_GUILESS_MAIN(TestLadder)
#include "tst_ladder.moc"
