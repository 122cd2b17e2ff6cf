#pragma once

#include "core/base/cancel.h"
#include "core/base/ids.h"
#include "core/base/result.h"

#include <QJsonObject>
#include <optional>

namespace vidimus::workbench {

class Workspace;

/// What came of one file.
struct IngestedAsset {
    AssetId id;
    TitleId title;
    QString originalName;
    QByteArray sha256;
    qint64 bytes = 0;
    std::optional<AssetId> duplicateOf; ///< the same bytes were here already; nothing was copied
};

/// Copies the file into the workspace under its hash, probes it in the sandbox, makes a title of its name, or another
/// version of \a title, and queues its checks. A file that is no media is kept out; one that is damaged is kept and
/// says so. The copy is durable before this returns. Blocking. Errors: Denied (role), NotFound, Io, DiskFull,
/// Unsupported or Corrupt from the probe (nothing was kept), Canceled.
[[nodiscard]] Result<IngestedAsset> ingestFile(Workspace& workspace, const QString& path,
    const CancelToken& cancel = {}, const ProgressSink& progress = {}, const TitleId& title = {});

[[nodiscard]] QJsonObject toJson(const IngestedAsset& asset, const QString& path);

} // namespace vidimus::workbench
