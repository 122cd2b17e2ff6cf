#pragma once

#include "core/base/ids.h"
#include "core/base/instant.h"
#include "core/catalog_server/compiled_availability.h"

#include <QHash>
#include <memory>
#include <mutex>

namespace vidimus::catalog_server {

/// The rules as they are compiled for questions, with the number of the rights they were made from.
struct RightsView {
    std::shared_ptr<CompiledAvailability> compiled; // shared by the pictures before and after a delta
    QStringList sites;
    QStringList offers;
    QStringList countries; ///< that a visitor may pick: those the rules reach, else all
    qint64 version = 0;
    QString stamp; ///< of the rules, see rights_log_p.h
    std::shared_ptr<const PinnedAvailability> pinned; // shared by the pictures while the pin stands
    qint64 pinnedVersion = 0;

    /// What visitors are answered from.
    [[nodiscard]] CompiledAvailability::State state() const { return pinned ? pinned->state() : compiled->state(); }
    [[nodiscard]] qint64 answeredVersion() const { return pinned ? pinnedVersion : version; }
};

struct MediaFile {
    QByteArray sha256;
    qint64 bytes = 0;
};

/// A publication that is not withdrawn.
struct LivePublication {
    PublicationId id;
    TitleId title;
    QString titleName;
    QString master;
    QString poster; ///< empty: none
    std::optional<Instant> liveFrom;
    QHash<QString, MediaFile> files;

    [[nodiscard]] bool isLiveAt(Instant at) const { return !liveFrom || *liveFrom <= at; }
};

struct Publications {
    QHash<PublicationId, std::shared_ptr<const LivePublication>> byId;
    QHash<TitleId, std::shared_ptr<const LivePublication>> byTitle;
};

/// What visitors are answered from: whole pictures in memory, swapped by pointer, so that a question waits for no
/// write and no disk. Any thread.
class LiveCatalog {
public:
    // Pictures are shared with answers that are still being made from them.
    [[nodiscard]] std::shared_ptr<const RightsView> rights() const;
    [[nodiscard]] std::shared_ptr<const Publications> publications() const;
    void setRights(std::shared_ptr<const RightsView> view);
    void setPublications(std::shared_ptr<const Publications> publications);
    /// The rights changed; the picture is renewed by the next question, so that a hundred edits cost one compilation.
    void markStale();
    [[nodiscard]] bool isStale() const;

private:
    mutable std::mutex m_mutex;
    std::shared_ptr<const RightsView> m_rights;
    std::shared_ptr<const Publications> m_publications;
    bool m_stale = true;
};

} // namespace vidimus::catalog_server
