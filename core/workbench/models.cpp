#include "core/workbench/models.h"

#include "core/base/durable_file.h"
#include "core/base/json.h"
#include "core/base/sha256.h"
#include "core/checks/check_descriptor.h"
#include "core/checks/judge.h"
#include "core/workbench/open_input.h"
#include "core/worker/worker_pool.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <algorithm>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMostManifestBytes = 1 << 20;
constexpr qint64 kMostModelBytes = qint64 {512} << 20;
constexpr auto kManifestName = "manifest.json"_L1;

Result<InstalledModel> readModel(const QString& folder)
{
    const auto bytes = readFile(QDir(folder).filePath(kManifestName), kMostManifestBytes);
    const auto object = bytes ? parseWrittenJson(*bytes) : Result<QJsonObject>(bytes.error());
    if (!object)
        return object.error();
    auto manifest = checks::modelManifestFromJson(*object);
    if (!manifest)
        return std::move(manifest).error();
    const QFileInfo model(QDir(folder).filePath(manifest->file));
    if (!model.isFile())
        return Error {ErrorCode::NotFound, u"the model of \"%1\" is gone"_s.arg(manifest->name), "model_missing"};
    return InstalledModel {*std::move(manifest), folder, model.size()};
}

} // namespace

QString modelsFolder()
{
    const QString named = qEnvironmentVariable("VIDIMUS_MODELS");
    return named.isEmpty()
        ? QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/vidimus/models"_s
        : named;
}

std::vector<InstalledModel> installedModels(const QString& folder)
{
    std::vector<InstalledModel> models;
    const QStringList names = QDir(folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
    for (const QString& name : names) {
        auto model = readModel(QDir(folder).filePath(name));
        if (model && model->manifest.name == name)
            models.push_back(*std::move(model));
    }
    return models;
}

Result<InstalledModel> addModelFile(const QString& manifestPath, const QString& folder)
{
    const auto bytes = readFile(manifestPath, kMostManifestBytes);
    const auto object = bytes ? parseWrittenJson(*bytes) : Result<QJsonObject>(bytes.error());
    if (!object)
        return object.error();
    const auto manifest = checks::modelManifestFromJson(*object);
    if (!manifest)
        return manifest.error();
    const auto model = readFile(QFileInfo(manifestPath).dir().filePath(manifest->file), kMostModelBytes);
    if (!model)
        return model.error();
    if (sha256Hex(*model) != manifest->sha256.toLatin1())
        return Error {
            ErrorCode::Corrupt, u"\"%1\" has another hash than its manifest says"_s.arg(manifest->file), "wrong_hash"};
    const QString target = QDir(folder).filePath(manifest->name);
    if (QFileInfo::exists(QDir(target).filePath(kManifestName)))
        return Error {ErrorCode::Conflict, u"a model \"%1\" is installed already"_s.arg(manifest->name), "exists"};
    if (auto made = makeFolderDurably(target); !made)
        return std::move(made).error();
    // The manifest comes last: without it there is no model.
    if (auto kept = writeFileDurably(QDir(target).filePath(manifest->file), *model); !kept)
        return std::move(kept).error();
    if (auto kept = writeFileDurably(QDir(target).filePath(kManifestName), vidimus::toJson(toJson(*manifest))); !kept)
        return std::move(kept).error();
    return InstalledModel {*manifest, target, model->size()};
}

Result<void> removeModel(const QString& name, const QString& folder)
{
    const auto models = installedModels(folder);
    const auto found
        = std::ranges::find_if(models, [&name](const InstalledModel& model) { return model.manifest.name == name; });
    if (found == models.end())
        return Error {ErrorCode::NotFound, u"no model \"%1\" is installed"_s.arg(name), "unknown_model"};
    // The manifest goes first: what is left of a half-removed one is no model.
    if (!QFile::remove(QDir(found->folder).filePath(kManifestName)) || !QDir(found->folder).removeRecursively())
        return Error {ErrorCode::Io, u"\"%1\" cannot be removed"_s.arg(found->folder), "cannot_remove"};
    return syncFolder(folder);
}

Result<void> addModelChecks(worker::WorkerPool& workers, int input, const checks::Profile& profile,
    worker::CheckedFile& checked, const CancelToken& cancel, const QString& folder)
{
    bool added = false;
    const auto models = installedModels(folder);
    for (const checks::CheckDescriptor& descriptor : checks::checkDescriptors()) {
        const QString id = QString::fromLatin1(descriptor.id);
        const auto setting = profile.checks.find(id);
        if (!descriptor.needsModel || setting == profile.checks.end() || !setting->second.enabled)
            continue;
        added = true;
        const auto found
            = std::ranges::find_if(models, [&id](const InstalledModel& model) { return model.manifest.check == id; });
        if (found == models.end()) {
            checked.measurements.checks[id].cause = u"no_model"_s;
            continue;
        }
        if (!checked.measurements.facts.hasPicture)
            continue;
        const auto model = openInput(QDir(found->folder).filePath(found->manifest.file));
        if (!model) {
            checked.measurements.checks[id].cause = u"no_model"_s;
            continue;
        }
        auto measured = workers.runModel(input, model->get(), found->manifest, cancel);
        if (!measured) {
            // What a model does wrong says nothing of the file and of its other checks.
            if (measured.error().code == ErrorCode::Canceled || measured.error().code == ErrorCode::Missing)
                return std::move(measured).error();
            checked.measurements.checks[id].cause = u"model_failed"_s;
            continue;
        }
        // Another worker counted these frames.
        std::erase_if(measured->measurement.marks,
            [&](const checks::Mark& mark) { return mark.lastFrame >= checked.measurements.clock.count(); });
        checked.measurements.checks[id] = std::move(measured->measurement);
        checked.costs.push_back({id, measured->cpuSeconds});
    }
    if (added)
        checked.report = checks::judge(checked.measurements, profile);
    return {};
}

} // namespace vidimus::workbench
