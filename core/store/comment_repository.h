#pragma once

#include "core/sql/connection.h"

#include <QString>
#include <optional>

namespace vidimus::store {

using CommentId = Id<struct CommentTag>;

/// What a person said about a version of an asset: about the bytes it was written for, never about others.
struct Comment {
    CommentId id;
    AssetId asset;
    QByteArray sha256; ///< of the version
    PersonId author;
    std::optional<qint64> frame; ///< 0-based in presentation order; none: the whole item
    QString text;
    Instant at {};
    friend bool operator==(const Comment&, const Comment&) = default;
};

/// Comments by content hash. Part of a transaction; const functions only read.
class CommentRepository {
public:
    explicit CommentRepository(sql::Connection& connection)
        : m_connection(&connection)
    {
    }
    [[nodiscard]] Result<void> add(const Comment& comment);
    /// Errors: NotFound.
    [[nodiscard]] Result<void> remove(const CommentId& id);
    [[nodiscard]] Result<Comment> find(const CommentId& id) const; ///< Errors: NotFound
    /// By time, oldest first.
    [[nodiscard]] Result<std::vector<Comment>> of(const QByteArray& sha256) const;

private:
    sql::Connection* m_connection;
};

} // namespace vidimus::store
