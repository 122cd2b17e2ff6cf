#pragma once

#include "core/base/cancel.h"
#include "core/catalog/http_transport.h"
#include "core/catalog_server/compiled_availability.h"

#include <QJsonObject>

namespace vidimus::catalog_server {

/// What a reader process follows.
struct FollowSource {
    QString snapshot; ///< a file as `availability compile` writes it, with its deltas beside it; or empty
    QByteArray url; ///< of a catalog, without a slash at the end; or empty
    QByteArray token; ///< for the catalog, scope feed:read
    QByteArray publicKey; ///< 32 bytes; empty: of a catalog, the first one it announces; of a file, none is asked
    QString cacheFolder; ///< where a catalog's snapshots are put to be mapped
};

/// A reader that follows a publisher. step() on one thread; state() on any, and it never waits.
class AvailabilityFollower {
public:
    /// \a transport must outlive it.
    AvailabilityFollower(FollowSource source, catalog::HttpTransport& transport);
    ~AvailabilityFollower();
    Q_DISABLE_COPY_MOVE(AvailabilityFollower)

    /// Looks for something newer (or pinned) and goes there: by deltas where they lead there, else by a snapshot.
    /// Whether it moved. On any error it stays where it is. Errors: Io, Corrupt (bad signature, digest or layout),
    /// Unavailable, Denied, Invalid.
    [[nodiscard]] Result<bool> step(const CancelToken& cancel = {});

    [[nodiscard]] bool isReady() const { return m_reader.load() != nullptr; }
    /// Only when isReady().
    [[nodiscard]] CompiledAvailability::State state() const { return CompiledAvailability::State(m_reader.load()); }

private:
    [[nodiscard]] Result<bool> stepFile();
    [[nodiscard]] Result<bool> stepCatalog(const CancelToken& cancel);
    [[nodiscard]] Result<void> open(const QString& path);
    [[nodiscard]] Result<QByteArray> fetch(const QJsonObject& part, const CancelToken& cancel);
    [[nodiscard]] QByteArray stateId() const;
    [[nodiscard]] Result<void> checkAnnouncement(QJsonObject json);

    FollowSource m_source;
    catalog::HttpTransport& m_transport;
    std::atomic<vav_reader*> m_reader {nullptr}; // owned; closed by the destructor
    QByteArray m_etag;
    qint64 m_seenAt = 0; // of the file: when it was last changed, ns
    quint64 m_seenInode = 0;
};

/// The deltas of an announcement that lead from one state to another, fewest first found; nothing when there is no way.
[[nodiscard]] std::optional<std::vector<QJsonObject>> deltasBetween(
    const QJsonArray& deltas, const QString& from, const QString& to);

} // namespace vidimus::catalog_server
