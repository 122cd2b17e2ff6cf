#include "core/base/json.h"
#include "core/base/sha256.h"
#include "core/checks/check_descriptor.h"
#include "core/checks/engine/model_sink.h"
#include "core/checks/judge.h"
#include "core/checks/profile.h"
#include "support/generated_clip.h"
#include "support/onnx_writer.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace vidimus;
using namespace vidimus::checks;
using namespace vidimus::checks::engine;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int kSide = 16;

/// "bright": the mean of all colours; "blue": blue less red.
QByteArray model()
{
    return meanColourModel(kSide, {{1.0F / 3, 1.0F / 3, 1.0F / 3}, {-1, 0, 1}}, {0, 0});
}

ModelManifest manifest()
{
    return {.name = u"mean-colour"_s,
        .check = u"classifier"_s,
        .file = u"model.onnx"_s,
        .sha256 = QString::fromLatin1(sha256Hex(model())),
        .licence = u"CC0-1.0"_s,
        .source = {},
        .width = kSide,
        .height = kSide,
        .scale = 1.0 / 255,
        .classes = {{u"bright"_s, 0.6}, {u"blue"_s, 0.5}}};
}

/// A picture of one colour.
struct Picture {
    std::vector<std::uint8_t> bytes;
    media::FrameView view;

    Picture(int width, int height, int red, int green, int blue)
    {
        for (int i = 0; i < width * height; ++i)
            for (const int code : {blue, green, red, 255})
                bytes.push_back(static_cast<std::uint8_t>(code));
        view.format = media::PixelFormat::Bgra;
        view.width = width;
        view.height = height;
        view.planes[0] = {reinterpret_cast<const std::byte*>(bytes.data()), width * 4, width, height};
    }
};

} // namespace

/// Models through OpenCV, with one written in the test.
class DnnModelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void scoresAreTheModels();
    void aSmallerPictureStandsOnBlack();
    void aChangedModelIsRefused();
    void badBytesAreRefused_data();
    void badBytesAreRefused();
    void aWrongOutputIsRefused();
    void overlapsLeaveTheBest();
    void aFileGivesFindings();
    void tiersAreOffUntilAskedFor();
    void manifestsSurviveTheWay();
    void wrongManifestsAreRefused_data();
    void wrongManifestsAreRefused();
};

void DnnModelTest::scoresAreTheModels()
{
    auto dnn = DnnModel::load(model(), manifest());
    QVERIFY2(dnn, dnn ? "" : qPrintable(dnn.error().detail));
    const Picture white(kSide, kSide, 255, 255, 255);
    const Picture blue(kSide, kSide, 0, 0, 204);
    auto scores = dnn->classify(white.view);
    QVERIFY2(scores, scores ? "" : qPrintable(scores.error().detail));
    QCOMPARE(scores->size(), std::size_t(2));
    QVERIFY(std::abs((*scores)[0] - 1) < 1e-4 && std::abs((*scores)[1]) < 1e-4);
    scores = dnn->classify(blue.view);
    QVERIFY(std::abs((*scores)[0] - 0.8 / 3) < 1e-4 && std::abs((*scores)[1] - 0.8) < 1e-4);
    ModelManifest swapped = manifest();
    swapped.bgr = true;
    auto other = DnnModel::load(model(), swapped);
    QVERIFY(std::abs((*other->classify(blue.view))[1] + 0.8) < 1e-4);
}

void DnnModelTest::aSmallerPictureStandsOnBlack()
{
    auto dnn = DnnModel::load(model(), manifest());
    const Picture wide(kSide, kSide / 2, 255, 255, 255);
    QVERIFY(std::abs((*dnn->classify(wide.view))[0] - 0.5) < 1e-4);
}

void DnnModelTest::aChangedModelIsRefused()
{
    QByteArray changed = model();
    changed[changed.size() / 2] = static_cast<char>(changed[changed.size() / 2] ^ 1);
    const auto dnn = DnnModel::load(changed, manifest());
    QVERIFY(!dnn);
    QCOMPARE(dnn.error().reason, QByteArray("model_changed"));
}

void DnnModelTest::badBytesAreRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("text") << QByteArray("this is no model");
    QTest::newRow("cut off") << model().left(model().size() / 2);
    QTest::newRow("zeros") << QByteArray(4096, '\0');
    QTest::newRow("ones") << QByteArray(4096, '\xff');
}

void DnnModelTest::badBytesAreRefused()
{
    QFETCH(QByteArray, bytes);
    ModelManifest wrong = manifest();
    wrong.sha256 = QString::fromLatin1(sha256Hex(bytes));
    auto dnn = DnnModel::load(bytes, wrong);
    const Picture white(kSide, kSide, 255, 255, 255);
    QVERIFY(!dnn || !dnn->classify(white.view));
}

void DnnModelTest::aWrongOutputIsRefused()
{
    ModelManifest three = manifest();
    three.classes.push_back({u"more"_s, 0.5});
    auto dnn = DnnModel::load(model(), three);
    QVERIFY(dnn);
    const Picture white(kSide, kSide, 255, 255, 255);
    QCOMPARE(dnn->classify(white.view).error().reason, QByteArray("bad_model"));
    QCOMPARE(dnn->findFaces(white.view).error().reason, QByteArray("bad_model"));
}

void DnnModelTest::overlapsLeaveTheBest()
{
    const FoundFace good {0.9, 0.1, 0.1, 0.2, 0.2};
    const FoundFace nearly {0.8, 0.12, 0.1, 0.2, 0.2};
    const FoundFace apart {0.7, 0.6, 0.6, 0.2, 0.2};
    const auto kept = withoutOverlaps({nearly, apart, good}, 0.3);
    QCOMPARE(kept.size(), std::size_t(2));
    QCOMPARE(kept[0].score, 0.9);
    QCOMPARE(kept[1].score, 0.7);
}

void DnnModelTest::aFileGivesFindings()
{
    const QTemporaryDir folder;
    GeneratedClip clip;
    clip.frames = 100; // 4 s
    clip.painter = [](const Canvas& canvas, int frame) { canvas.fill(frame >= 50 ? 220 : 40); };
    QVERIFY(clip.write(folder.filePath(u"a.mp4"_s)));
    QFile file(folder.filePath(u"a.mp4"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    ModelManifest sixteen = manifest();
    sixteen.sampleSeconds = 0.5;
    sixteen.classes[0].threshold = 0.4; // the picture is 16:9 on black
    auto input = media::engine::Input::open(file.handle());
    const auto run = runModel(**input, model(), sixteen);
    QVERIFY2(run, run ? "" : qPrintable(run.error().detail));
    QCOMPARE(run->clock.count(), 100);
    const CheckMeasurement* measured = &run->checks.at(u"classifier"_s);
    QCOMPARE(measured->scalars.at(u"samples"_s), 8.0);
    QVERIFY(!measured->marks.empty());
    QVERIFY(std::abs(measured->marks.front().firstFrame - 50) <= 13);
    QCOMPARE(measured->marks.back().lastFrame, 99);
    QVERIFY(measured->marks.front().values.contains(u"bright"_s));

    Measurements programme;
    for (qint64 frame = 0; frame < 100; ++frame)
        programme.clock.starts.push_back(frame);
    programme.clock.timeBase = {1, 25};
    programme.clock.end = 100;
    programme.facts.hasPicture = true;
    programme.checks[u"classifier"_s] = *measured;
    const Report report = judge(programme, *onlyChecks(defaultProfile(), {u"classifier"_s}));
    QCOMPARE(report.checks.size(), std::size_t(1));
    QVERIFY(!report.checks.front().findings.empty());
    QVERIFY(report.checks.front().findings.front().measured.contains(u"bright"_s));
}

void DnnModelTest::tiersAreOffUntilAskedFor()
{
    for (const QString& id : shippedProfileIds()) {
        const auto profile = shippedProfile(id);
        QVERIFY(!profile->checks.at(u"faces"_s).enabled && !profile->checks.at(u"classifier"_s).enabled);
    }
    QVERIFY(onlyChecks(defaultProfile(), {u"faces"_s})->checks.at(u"faces"_s).enabled);
}

void DnnModelTest::manifestsSurviveTheWay()
{
    QCOMPARE(*modelManifestFromJson(toJson(manifest())), manifest());
}

void DnnModelTest::wrongManifestsAreRefused_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<QJsonValue>("value");
    const auto row = [](const char* name, const QString& member, const QJsonValue& value) {
        QTest::newRow(name) << member << value;
    };
    row("another schema", u"schema"_s, u"vidimus.model/2"_s);
    row("a path as file", u"file"_s, u"../model.onnx"_s);
    row("a hidden file", u"file"_s, u".model"_s);
    row("a path as name", u"name"_s, u"a/b"_s);
    row("no licence", u"licence"_s, u""_s);
    row("half a hash", u"sha256"_s, u"abcd"_s);
    row("another check", u"check"_s, u"black"_s);
    row("another kind", u"kind"_s, u"magic"_s);
    row("no input", u"input"_s, 5);
    row("no classes", u"classes"_s, QJsonValue(QJsonArray {}));
    const QJsonObject bright {{u"name"_s, u"bright"_s}};
    row("a class twice", u"classes"_s, QJsonArray {bright, bright});
    row("classes that are none", u"classes"_s, QJsonArray {5, 6});
    row("endless samples", u"sample_seconds"_s, 0);
    row("unknown member", u"more"_s, 1);
}

void DnnModelTest::wrongManifestsAreRefused()
{
    QFETCH(QString, member);
    QFETCH(QJsonValue, value);
    QJsonObject object = toJson(manifest());
    object.insert(member, value);
    QVERIFY(!modelManifestFromJson(object));
}

QTEST_GUILESS_MAIN(DnnModelTest)
#include "tst_dnn_model.moc"
