#include "core/base/json.h"
#include "core/transcode/fix_plan.h"
#include "core/transcode/fix_result.h"

#include <QJsonArray>
#include <QTest>

using namespace vidimus;
using namespace vidimus::transcode;
using namespace Qt::StringLiterals;

/// Plans and results cross a process border: what is not exactly right is refused.
class TestFixPlan : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void survivesTheWay();
    void refusesWhatIsWrong_data();
    void refusesWhatIsWrong();
    void resultsSurviveTheWay();
    void refusesWrongResults_data();
    void refusesWrongResults();
};

namespace {

FixPlan fullPlan()
{
    return {.sound = SoundFix {.gainDb = -3.5, .limits = true, .ceilingDbtp = -1.6, .loudnessLufs = -23},
        .flash = FlashFix {{{10, 20}, {40, 41}}, 2, 0.35},
        .red = RedFix {{{1, 2}, {4, 9}}},
        .levels = LevelsFix {{{0, 0}}},
        .trim = TrimFix {{5, 99}, 0.2, 4},
        .crop = checks::Region {0, 44, 640, 272}};
}

FixedFile fullFile()
{
    return {.container = u"mp4"_s,
        .bytes = 1234,
        .frames = 7,
        .gainDb = 2.5,
        .streams = {{0, u"copied"_s, u"h264"_s, {}}, {1, u"dropped"_s, u"bin_data"_s, u"why"_s}}};
}

QJsonObject parsed(const char* text)
{
    const auto object = parseJsonObject(text);
    return object ? *object : QJsonObject();
}

} // namespace

void TestFixPlan::survivesTheWay()
{
    QCOMPARE(*fixPlanFromJson(toJson(fullPlan())), fullPlan());
    QCOMPARE(*fixPlanFromJson({}), FixPlan {});
    QVERIFY(FixPlan {}.isEmpty());
    QVERIFY(fullPlan().touchesPicture());
    QVERIFY(!(FixPlan {.sound = SoundFix {.gainDb = 1}}.touchesPicture()));
}

void TestFixPlan::refusesWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char* name, const char* text) { QTest::newRow(name) << QByteArray(text); };
    row("unknown part", R"({"magic": {}})");
    row("wrong type", R"({"sound": 3})");
    row("gain beyond reason", R"({"sound": {"gain_db": 1000, "limits": false}})");
    row("ceiling missing", R"({"sound": {"gain_db": 0, "limits": true}})");
    row("unknown member", R"({"sound": {"gain_db": 0, "limits": false, "x": 1}})");
    row("no spans", R"({"levels": {"spans": []}})");
    row("span backwards", R"({"levels": {"spans": [[5, 4]]}})");
    row("spans overlap", R"({"levels": {"spans": [[1, 5], [5, 9]]}})");
    row("negative span", R"({"levels": {"spans": [[-1, 5]]}})");
    row("half a pair", R"({"levels": {"spans": [[1]]}})");
    row("not a pair", R"({"levels": {"spans": ["a"]}})");
    row("span beyond reason", R"({"levels": {"spans": [[0, 99999999999]]}})");
    row("step above one", R"({"flash": {"spans": [[0, 1]], "standard": 1, "step": 1.5}})");
    row("odd crop", R"({"crop": {"x": 1, "y": 0, "w": 2, "h": 2}})");
    row("empty crop", R"({"crop": {"x": 0, "y": 0, "w": 0, "h": 2}})");
    row("trim backwards", R"({"trim": {"first_frame": 5, "last_frame": 2, "start": 0, "end": 1}})");
    row("trim ends before it starts", R"({"trim": {"first_frame": 1, "last_frame": 2, "start": 2, "end": 1}})");
}

void TestFixPlan::refusesWhatIsWrong()
{
    QFETCH(QByteArray, text);
    const QJsonObject object = parsed(text.constData());
    QVERIFY(!object.isEmpty());
    QVERIFY(!fixPlanFromJson(object));
}

void TestFixPlan::resultsSurviveTheWay()
{
    QCOMPARE(*fixedFileFromJson(toJson(fullFile())), fullFile());
}

void TestFixPlan::refusesWrongResults_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<QJsonValue>("value");
    QTest::newRow("negative size") << u"bytes"_s << QJsonValue(-1);
    QTest::newRow("size is text") << u"bytes"_s << QJsonValue(u"5"_s);
    QTest::newRow("streams are no list") << u"streams"_s << QJsonValue(5);
    QTest::newRow("unknown treatment") << u"streams"_s
                                       << QJsonValue(QJsonArray {parsed(
                                              R"({"index": 0, "treatment": "eaten", "codec": "", "detail": ""})")});
    QTest::newRow("unknown member") << u"more"_s << QJsonValue(5);
}

void TestFixPlan::refusesWrongResults()
{
    QFETCH(QString, member);
    QFETCH(QJsonValue, value);
    QJsonObject object = toJson(fullFile());
    object.insert(member, value);
    QVERIFY(!fixedFileFromJson(object));
}

QTEST_GUILESS_MAIN(TestFixPlan)
#include "tst_fix_plan.moc"
