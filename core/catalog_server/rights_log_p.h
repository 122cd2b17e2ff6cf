#pragma once

#include "core/sql/connection.h"

#include <QJsonObject>
#include <QStringList>
#include <optional>

/// What changes of rights reach, written down with them, so that compiled rights follow by what they missed. Database's
/// thread.
namespace vidimus::catalog_server {

struct TouchedRights {
    bool all = false; ///< it may concern any title
    QStringList titles; ///< with all that is a part of them
    QStringList wholes; ///< series and seasons that have other parts now

    [[nodiscard]] bool isEmpty() const { return !all && titles.isEmpty() && wholes.isEmpty(); }
};

/// In the transaction of the change. Older entries than the last kKeptRightsChanges go. The new stamp.
[[nodiscard]] Result<QString> logRightsChange(sql::Connection& connection, const TouchedRights& touched);
/// The stamp of the rules as they are stored; empty where nothing was logged yet.
[[nodiscard]] Result<QString> rightsStamp(sql::Connection& connection);
/// What was touched since; nothing where the log does not know the stamp (any more).
[[nodiscard]] Result<std::optional<TouchedRights>> touchedSince(sql::Connection& connection, const QString& stamp);

inline constexpr qint64 kKeptRightsChanges = 5000;

/// What a title is a part of as its facts say it; nothing for a supplement.
[[nodiscard]] std::optional<QString> partOf(const QJsonObject& facts);
/// The titles and everything that is a part of them, also where what they were a part of is deleted.
[[nodiscard]] Result<QStringList> partsBelow(sql::Connection& connection, const QStringList& titles);
/// What a title is a part of, the nearest first.
[[nodiscard]] Result<QStringList> wholesAbove(sql::Connection& connection, const QString& title);
/// Titles with a rule that names one of these deals or territory groups.
[[nodiscard]] Result<QStringList> titlesNaming(sql::Connection& connection, const QStringList& names);

} // namespace vidimus::catalog_server
