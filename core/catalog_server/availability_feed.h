#pragma once

#include "core/base/instant.h"
#include "core/base/result.h"
#include "core/base/unique_fd.h"
#include "core/rights/snapshot_encoder.h"

#include <QJsonArray>
#include <QString>
#include <mutex>
#include <optional>
#include <vector>

namespace vidimus::catalog_server {

/// Bytes of a version as they lie in the feed's folder.
struct FeedFile {
    QString name;
    qint64 bytes = 0;
    QString sha256; ///< 64 hexadecimal digits
};

/// One version of the compiled rights: a snapshot, or the delta that leads there and the one that leads back.
struct FeedVersion {
    qint64 id = 0; ///< rises with each
    qint64 version = 0; ///< the number of the rights; a snapshot may repeat it after a restart
    qint64 from = 0; ///< id that the delta begins at; 0: a snapshot
    QString state; ///< 32 hexadecimal digits; names the content
    FeedFile file; ///< the snapshot, or the delta
    FeedFile reverse; ///< of a delta
    QString stamp; ///< of the rules it was made of (rights_log_p.h)
    QString compiler; ///< that made it
    Instant at {};
};

/// What a version is besides its bytes.
struct FeedState {
    QByteArray state; ///< 16 bytes
    qint64 version = 0;
    QString stamp;
};

/// Where a state of a reader begins and what leads on to it.
struct FeedWay {
    QByteArray snapshot;
    std::vector<QByteArray> deltas;
};

/// Versions kept for other readers and for going back, in files of one folder. What is lost by a crash is made anew, so
/// only snapshots wait for the disk. Any thread; changes from the database's thread.
class AvailabilityFeed {
public:
    /// Files that the list does not name are removed. Errors: Io.
    [[nodiscard]] static Result<std::unique_ptr<AvailabilityFeed>> open(const QString& folder);

    /// Nothing when the last version is this state. Errors: Io, DiskFull.
    [[nodiscard]] Result<void> addSnapshot(const QByteArray& bytes, const FeedState& state, Instant now);
    /// Goes on from the last version. Errors: Io, DiskFull.
    [[nodiscard]] Result<void> addDelta(const rights::DeltaPair& delta, const FeedState& state, Instant now);
    /// The oldest ones go when there are more than kMostSnapshots, but for those that \a keptVersion needs.
    void dropOld(std::optional<qint64> keptVersion);

    [[nodiscard]] std::vector<FeedVersion> versions() const;
    [[nodiscard]] std::optional<FeedVersion> newest() const;
    [[nodiscard]] qint64 oldestId() const; ///< 0: none
    /// Whether so many deltas follow the last snapshot that another one is due: a reader that starts takes no more.
    [[nodiscard]] bool isSnapshotDue() const;
    /// Before the first delta; 250 when nobody says otherwise.
    void setDeltasPerSnapshot(std::size_t count) { m_deltasPerSnapshot = count; }
    /// This program's, as it stands in what it adds: what another one compiled is not taken for its own.
    [[nodiscard]] static QString compiler();
    /// The newest entry of a version. Errors: NotFound.
    [[nodiscard]] Result<FeedVersion> find(qint64 version) const;
    /// What to open and apply to stand at a version. Errors: NotFound, Io, Corrupt.
    [[nodiscard]] Result<FeedWay> wayTo(qint64 version) const;
    /// A file of the list, by its name. Errors: NotFound, Io.
    [[nodiscard]] Result<UniqueFd> read(const FeedFile& file) const;

    static constexpr int kMostSnapshots = 4;
    static constexpr std::size_t kMostVersions = 2000;

private:
    explicit AvailabilityFeed(QString folder);
    [[nodiscard]] FeedVersion next(const FeedState& state, Instant now) const;
    [[nodiscard]] Result<FeedFile> store(const QString& name, const QByteArray& bytes) const;
    [[nodiscard]] Result<QByteArray> load(const FeedFile& file) const;
    [[nodiscard]] Result<void> append(const FeedVersion& version);
    [[nodiscard]] Result<void> writeList();
    [[nodiscard]] QString pathOf(const QString& name) const { return m_folder + u'/' + name; }

    QString m_folder;
    mutable std::mutex m_mutex; // guards the list
    std::vector<FeedVersion> m_versions;
    std::size_t m_deltasPerSnapshot = 250;
};

} // namespace vidimus::catalog_server
