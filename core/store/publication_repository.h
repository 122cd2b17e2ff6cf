#pragma once

#include "core/publishing/publication.h"
#include "core/sql/connection.h"

#include <QJsonObject>
#include <optional>

namespace vidimus::store {

/// One title on one site.
struct Publication {
    PublicationId id;
    TitleId title;
    QString site;
    publishing::PublicationState state = publishing::PublicationState::Planned;
    QJsonObject body; ///< when, which renditions, live address, last error
    int version = 0; ///< counts the changes
    Instant changedAt {};
    friend bool operator==(const Publication&, const Publication&) = default;
};

/// A rendition that was made of an asset; its files are named by the ladder and its own name.
struct Rendition {
    AssetId asset;
    QString ladder;
    QString name;
    QString state; ///< "planned", "made", "failed"
    QJsonObject body;
    Instant changedAt {};
    friend bool operator==(const Rendition&, const Rendition&) = default;
};

/// Renditions and publications. Part of a transaction; const functions only read.
class PublicationRepository {
public:
    explicit PublicationRepository(sql::Connection& connection)
        : m_connection(&connection)
    {
    }
    /// Adds or replaces the publication of the same title and site; counts the version up.
    [[nodiscard]] Result<void> put(const Publication& publication);
    [[nodiscard]] Result<std::optional<Publication>> find(const TitleId& title, const QString& site) const;
    [[nodiscard]] Result<std::vector<Publication>> findByTitle(const TitleId& title) const;
    [[nodiscard]] Result<std::vector<Publication>> list(int limit) const; ///< last changed first

    [[nodiscard]] Result<void> putRendition(const Rendition& rendition);
    [[nodiscard]] Result<std::vector<Rendition>> renditions(const AssetId& asset) const;

private:
    sql::Connection* m_connection;
};

} // namespace vidimus::store
