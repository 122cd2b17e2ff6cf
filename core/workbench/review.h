#pragma once

#include "core/base/ids.h"
#include "core/base/instant.h"
#include "core/base/result.h"
#include "core/checks/report.h"
#include "core/media/facts.h"
#include "core/media/frame_source.h"
#include "core/moderation/decision.h"
#include "core/workbench/stored_matches.h"

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace vidimus::workbench {

class Workspace;

/// Which part of the queue a person looks at.
enum class QueueFilter { Waiting, Escalated, Passed, Rejected, Unreadable, All };

/// What comes first within a priority.
enum class QueueOrder {
    Age, ///< the oldest
    ModelScore, ///< what a classifier scored highest; then the oldest
};

/// One row of the review queue.
struct QueueItem {
    AssetId asset;
    TitleId title;
    QString name;
    QString shortId; ///< for people: the first digits of the content hash
    double duration = 0; ///< seconds
    Instant ingestedAt {};
    QByteArray checkVerdict; ///< "pass", "warn", "fail", "not_evaluated"; empty: not checked yet
    int findingCount = 0;
    QByteArray verdict; ///< of the standing decision; empty: none
    std::optional<double> modelScore; ///< the highest score of a classifier; it orders the queue, nothing more
    bool unreadable = false;
};

/// The queue in its order (priority, then \a order), as ids: a list keeps this order for a session and reads rows as it
/// shows them. \a text filters by name. Errors: Io, Corrupt.
[[nodiscard]] Result<std::vector<AssetId>> queueIds(
    Workspace& workspace, QueueFilter filter, const QString& text, QueueOrder order = QueueOrder::Age);
/// The rows of those that exist, in that order.
[[nodiscard]] Result<std::vector<QueueItem>> queueItems(Workspace& workspace, std::span<const AssetId> ids);

/// Everything the review page shows of one asset.
struct ReviewItem {
    QueueItem row;
    QByteArray sha256;
    qint64 bytes = 0;
    media::MediaFacts facts;
    std::optional<checks::Report> report;
    QByteArray firstVerdict; ///< while the first pass runs, of a few looks: as checkVerdict; empty: none
    std::vector<moderation::Decision> decisions; ///< newest first
    std::vector<KeptMatch> matches; ///< other assets and known content that it shows, the gravest first
    QJsonObject reviewState; ///< position, watched ranges, marks, draft: kept by content hash
};
/// Errors: NotFound, Io, Corrupt.
[[nodiscard]] Result<ReviewItem> reviewItem(Workspace& workspace, const AssetId& asset);

/// Frames and sound of the original, from a sandboxed worker. Errors: as worker::WorkerPool::openFrames.
[[nodiscard]] Result<std::unique_ptr<media::FrameSource>> openOriginal(Workspace& workspace, const AssetId& asset);
/// A small BGRA picture of the asset for lists (made once, then kept). Blocking. Errors: as openOriginal.
[[nodiscard]] Result<media::PictureBuffer> thumbnail(Workspace& workspace, const AssetId& asset);

/// Keeps where a person was in an item, and what was watched; by content hash, so that it survives a re-ingest.
[[nodiscard]] Result<void> saveReviewState(Workspace& workspace, const QByteArray& sha256, const QJsonObject& state);

/// Runs the checks of \a profileId (empty: the workspace's setting, else the default) now and stores report and
/// measurements; the first time also the fingerprint, from the same decode, and what it matches. Blocking.
[[nodiscard]] Result<checks::Report> checkAsset(Workspace& workspace, const AssetId& asset, const QString& profileId,
    const CancelToken& cancel = {}, const ProgressSink& progress = {});

} // namespace vidimus::workbench
