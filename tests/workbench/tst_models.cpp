#include "core/workbench/models.h"

#include "core/base/durable_file.h"
#include "core/base/json.h"
#include "core/base/sha256.h"
#include "core/store/workspace_store.h"
#include "core/workbench/check_profiles.h"
#include "core/workbench/model_pass.h"
#include "core/workbench/open_input.h"
#include "core/workbench/review.h"
#include "core/worker/worker_pool.h"
#include "support/onnx_writer.h"
#include "workbench_room.h"

#include <QDir>
#include <QTest>
#include <limits>

using namespace vidimus;
using namespace vidimus::workbench;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int kSide = 16;

QByteArray model()
{
    return meanColourModel(kSide, {{1, 1, 1}}, {0.5});
}

checks::ModelManifest manifest(const QByteArray& onnx = model())
{
    return {.name = u"anything"_s,
        .check = u"classifier"_s,
        .file = u"any.onnx"_s,
        .sha256 = QString::fromLatin1(sha256Hex(onnx)),
        .licence = u"CC0-1.0"_s,
        .source = {},
        .width = kSide,
        .height = kSide,
        .classes = {{u"picture"_s, 0}}};
}

/// A folder with a manifest and its model, as somebody would hand them over.
struct Parcel {
    QTemporaryDir folder;
    QString path = folder.filePath(u"manifest.json"_s);

    explicit Parcel(const checks::ModelManifest& what = manifest(), const QByteArray& onnx = model())
    {
        kept = writeFileDurably(folder.filePath(what.file), onnx)
            && writeFileDurably(path, vidimus::toJson(checks::toJson(what)));
    }
    bool kept = false;
};

const checks::CheckResult& classifierOf(const worker::CheckedFile& checked)
{
    return *std::ranges::find(checked.report.checks, u"classifier"_s, &checks::CheckResult::id);
}

} // namespace

/// Models of a user: added, listed, run in the sandboxed worker, removed.
class TestModels : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aModelIsAddedListedAndRemoved();
    void aWrongHashIsRefused();
    void badManifestsAreRefused_data();
    void badManifestsAreRefused();
    void aHalfInstalledModelIsNone();
    void unknownNamesAreRefused();
    void aModelGivesFindings();
    void withoutAModelItIsNotEvaluated();
    void aModelThatCannotRunLeavesTheOtherChecksAlone();
    void aModelThatAnswersNoNumberIsNotEvaluated();
    void aManifestThatSaysTheSameTwiceIsRefused();
    void aScoreOrdersTheQueueAndDecidesNothing();
    void aModelThatFailsLeavesTheReport();
    void facesChooseThePicture();

private:
    Result<worker::CheckedFile> checked(const QString& models)
    {
        const auto input = openInput(clipPath("talking_head_mono.mp4"));
        const auto profile = checks::onlyChecks(checks::defaultProfile(), {u"classifier"_s, u"black"_s});
        auto file = m_workers.check(input->get(), *profile);
        if (!file)
            return file;
        if (auto added = addModelChecks(m_workers, input->get(), *profile, *file, {}, models); !added)
            return std::move(added).error();
        return file;
    }
    worker::WorkerPool m_workers {{.executable = QStringLiteral(VIDIMUS_BIN_DIR "/vidimus-mediaworker")}};
};

void TestModels::aModelIsAddedListedAndRemoved()
{
    const Parcel parcel;
    QVERIFY(parcel.kept);
    const QTemporaryDir models;
    QVERIFY(installedModels(models.path()).empty());
    const auto added = addModelFile(parcel.path, models.path());
    QVERIFY2(added, added ? "" : qPrintable(added.error().detail));
    QCOMPARE(installedModels(models.path()).size(), std::size_t(1));
    QCOMPARE(installedModels(models.path()).front().manifest, manifest());
    const auto again = addModelFile(parcel.path, models.path());
    QVERIFY(!again);
    QCOMPARE(again.error().code, ErrorCode::Conflict);
    QVERIFY(removeModel(u"anything"_s, models.path()));
    QVERIFY(QDir(models.path()).isEmpty());
}

void TestModels::aWrongHashIsRefused()
{
    QByteArray changed = model();
    changed.back() = static_cast<char>(changed.back() ^ 1);
    const Parcel parcel(manifest(), changed);
    const QTemporaryDir models;
    const auto added = addModelFile(parcel.path, models.path());
    QVERIFY(!added);
    QCOMPARE(added.error().reason, QByteArray("wrong_hash"));
    QVERIFY(installedModels(models.path()).empty());
}

void TestModels::badManifestsAreRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("model");
    QTest::newRow("another thing") << QByteArray(R"({"schema":"vidimus.check/1"})");
    QTest::newRow("huge") << QByteArray(2 << 20, ' ');
}

void TestModels::badManifestsAreRefused()
{
    QFETCH(QByteArray, text);
    const QTemporaryDir folder;
    QVERIFY(writeFileDurably(folder.filePath(u"m.json"_s), text));
    QVERIFY(!addModelFile(folder.filePath(u"m.json"_s), folder.filePath(u"models"_s)));
}

void TestModels::aHalfInstalledModelIsNone()
{
    const Parcel parcel;
    const QTemporaryDir models;
    QVERIFY(addModelFile(parcel.path, models.path()));
    QVERIFY(QFile::remove(models.filePath(u"anything/any.onnx"_s)));
    QVERIFY(installedModels(models.path()).empty());
    QVERIFY(QDir(models.path()).mkdir(u"empty"_s));
    QVERIFY(installedModels(models.path()).empty());
}

void TestModels::unknownNamesAreRefused()
{
    const QTemporaryDir models;
    QCOMPARE(addPackagedModel(u"nosuch"_s, models.path()).error().reason, QByteArray("unknown_model"));
    QCOMPARE(removeModel(u"nosuch"_s, models.path()).error().reason, QByteArray("unknown_model"));
    QCOMPARE(removeModel(u"../x"_s, models.path()).error().reason, QByteArray("unknown_model"));
}

void TestModels::aModelGivesFindings()
{
    const Parcel parcel;
    const QTemporaryDir models;
    QVERIFY(addModelFile(parcel.path, models.path()));
    const auto file = checked(models.path());
    QVERIFY2(file, file ? "" : qPrintable(file.error().detail));
    QVERIFY(!classifierOf(*file).findings.empty());
    QVERIFY(classifierOf(*file).findings.front().measured.contains(u"picture"_s));
    QVERIFY(std::ranges::find(file->costs, u"classifier"_s, &checks::CheckCost::id) != file->costs.end());
}

void TestModels::withoutAModelItIsNotEvaluated()
{
    const QTemporaryDir models;
    const auto file = checked(models.path());
    QVERIFY(file);
    QCOMPARE(classifierOf(*file).outcome, checks::CheckOutcome::NotEvaluated);
    QCOMPARE(classifierOf(*file).cause, u"no_model"_s);
}

void TestModels::aModelThatCannotRunLeavesTheOtherChecksAlone()
{
    const QByteArray garbage(5000, '\x7f');
    const Parcel parcel(manifest(garbage), garbage);
    const QTemporaryDir models;
    QVERIFY(addModelFile(parcel.path, models.path()));
    const auto file = checked(models.path());
    QVERIFY2(file, file ? "" : qPrintable(file.error().detail));
    QCOMPARE(classifierOf(*file).outcome, checks::CheckOutcome::NotEvaluated);
    QCOMPARE(classifierOf(*file).cause, u"model_failed"_s);
}

void TestModels::aModelThatAnswersNoNumberIsNotEvaluated()
{
    const QByteArray mad = meanColourModel(kSide, {{1, 1, 1}}, {std::numeric_limits<float>::quiet_NaN()});
    const Parcel parcel(manifest(mad), mad);
    const QTemporaryDir models;
    QVERIFY(addModelFile(parcel.path, models.path()));
    const auto file = checked(models.path());
    QVERIFY2(file, file ? "" : qPrintable(file.error().detail));
    QCOMPARE(classifierOf(*file).cause, u"model_failed"_s);
}

void TestModels::aManifestThatSaysTheSameTwiceIsRefused()
{
    const Parcel parcel;
    QByteArray text = *readFile(parcel.path, 1 << 20);
    QVERIFY(text.contains("\"layout\""));
    text.replace("\"layout\"", "\"layout\":\"nhwc\",\n\"layout\"");
    QVERIFY(writeFileDurably(parcel.path, text));
    const QTemporaryDir models;
    const auto added = addModelFile(parcel.path, models.path());
    QVERIFY(!added);
    QVERIFY2(added.error().detail.startsWith(u"line 2: \"layout\""), qPrintable(added.error().detail));
}

/// The workspace's own profile, with the checks that need a model switched on.
QString profileWithModels(Workspace& workspace)
{
    checks::Profile profile = *checks::shippedProfile(u"web"_s);
    profile.id = u"with-models"_s;
    profile.checks[u"classifier"_s].enabled = true;
    return saveCheckProfile(workspace, profile, u"web"_s) ? profile.id : QString();
}

checks::Report storedReport(Workspace& workspace, const AssetId& asset)
{
    const auto item = reviewItem(workspace, asset);
    return item && item->report ? *item->report : checks::Report {};
}

void TestModels::aScoreOrdersTheQueueAndDecidesNothing()
{
    const QTemporaryDir models;
    qputenv("VIDIMUS_MODELS", models.path().toUtf8());
    WorkbenchRoom room;
    Workspace& workspace = room.workspace();
    const QString profile = profileWithModels(workspace);
    const AssetId older = room.ingestClip().id;
    const AssetId newer = room.ingestClip("noaudio_1080p24.mp4").id;
    QCOMPARE(*queueIds(workspace, QueueFilter::Waiting, {}, QueueOrder::ModelScore), (std::vector {older, newer}));
    for (const AssetId& asset : {older, newer})
        QVERIFY(checkAsset(workspace, asset, u"web"_s));
    const checks::CheckOutcome before = checks::verdict(storedReport(workspace, newer));

    // Only the newer one is looked at; the model calls everything a hit.
    const QByteArray onnx = meanColourModel(kSide, {{0, 0, 0}}, {0.9F});
    const Parcel parcel(manifest(onnx), onnx);
    QVERIFY(addModelFile(parcel.path, models.path()));
    const auto looked = lookWithModels(workspace, newer, profile);
    QVERIFY2(looked, looked ? "" : qPrintable(looked.error().detail));
    QCOMPARE(*queueIds(workspace, QueueFilter::Waiting, {}, QueueOrder::ModelScore), (std::vector {newer, older}));
    QCOMPARE(*queueIds(workspace, QueueFilter::Waiting, {}), (std::vector {older, newer}));
    const auto rows = queueItems(workspace, std::vector {newer, older});
    QVERIFY(std::abs(rows->at(0).modelScore.value_or(0) - 0.9) < 1e-4 && !rows->at(1).modelScore);

    const checks::Report report = storedReport(workspace, newer);
    const auto classifier = std::ranges::find(report.checks, u"classifier"_s, &checks::CheckResult::id);
    QVERIFY(classifier != report.checks.end() && !classifier->findings.empty());
    QCOMPARE(checks::verdict(report), before);
    QVERIFY(reviewItem(workspace, newer)->decisions.empty());
    qunsetenv("VIDIMUS_MODELS");
}

void TestModels::aModelThatFailsLeavesTheReport()
{
    const QTemporaryDir models;
    qputenv("VIDIMUS_MODELS", models.path().toUtf8());
    WorkbenchRoom room;
    const QString profile = profileWithModels(room.workspace());
    const AssetId asset = room.ingestClip().id;
    QVERIFY(checkAsset(room.workspace(), asset, u"web"_s));
    const auto before = storedReport(room.workspace(), asset);
    const QByteArray garbage(5000, '\x7f');
    const Parcel parcel(manifest(garbage), garbage);
    QVERIFY(addModelFile(parcel.path, models.path()));
    QVERIFY(lookWithModels(room.workspace(), asset, profile));
    const auto after = storedReport(room.workspace(), asset);
    const auto classifier = std::ranges::find(after.checks, u"classifier"_s, &checks::CheckResult::id);
    QVERIFY(classifier != after.checks.end());
    QCOMPARE(classifier->cause, u"model_failed"_s);
    QCOMPARE(checks::verdict(after), checks::verdict(before));
    QVERIFY(!queueItems(room.workspace(), std::vector {asset})->front().modelScore);
    qunsetenv("VIDIMUS_MODELS");
}

/// A report whose faces somebody measured: pictures for lists and posters come from there.
void TestModels::facesChooseThePicture()
{
    WorkbenchRoom room;
    Workspace& workspace = room.workspace();
    const AssetId asset = room.ingestClip().id;
    QVERIFY(checkAsset(workspace, asset, u"web"_s));
    QVERIFY(!posterFrame(workspace, asset));
    QVERIFY(facesOf(workspace, asset).empty());
    const auto stored = workspace.store().write([&](store::UnitOfWork& unit) -> Result<void> {
        store::StoredReport row = unit.reports.findAll(asset)->front();
        auto report = checks::reportFromJson(row.report);
        checks::CheckResult faces {.id = u"faces"_s, .outcome = checks::CheckOutcome::Pass};
        faces.track.push_back({u"face"_s, 0.2, 0.4, 5, 9, {{u"score"_s, 0.9}}, checks::Region {0, 0, 20, 20}});
        faces.track.push_back({u"face"_s, 0.4, 0.6, 10, 14, {{u"score"_s, 0.8}}, checks::Region {0, 0, 60, 60}});
        faces.track.push_back({u"face"_s, 0.8, 1.0, 20, 24, {{u"score"_s, 0.8}}, checks::Region {0, 0, 30, 30}});
        report->checks.push_back(faces);
        row.report = checks::toJson(*report);
        return unit.reports.put(row);
    });
    QVERIFY(stored);
    QCOMPARE(posterFrame(workspace, asset), std::optional<qint64>(10));
    const auto spans = facesOf(workspace, asset);
    QCOMPARE(spans.size(), std::size_t(2));
    QCOMPARE(spans[0], (transcode::TimeSpan {0.2, 0.6}));
    QVERIFY(thumbnail(workspace, asset));
}

QTEST_GUILESS_MAIN(TestModels)
#include "tst_models.moc"
