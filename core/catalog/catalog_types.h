#pragma once

#include "core/base/ids.h"
#include "core/base/instant.h"
#include "core/base/result.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QUrl>
#include <optional>

namespace vidimus::catalog {

/// What the catalog answers. Unknown members are ignored; a missing or wrong one is an error (Corrupt, "wrong_schema").

struct TitleRecord {
    TitleId id;
    qint64 version = 0; ///< also its ETag
    QString name;
    QJsonObject rights;
};

struct PublicationRecord {
    PublicationId id;
    TitleId title;
    AssetId asset;
    QString packageId;
    QByteArray state; ///< publishing::publicationStateName()
    std::optional<Instant> liveFrom;
    QByteArray liveUrl; ///< absolute; the page on which the title can be watched
    QByteArray masterUrl; ///< absolute; the HLS master playlist
};

/// One cell and moment: may it be watched here, now?
struct AvailabilityQuery {
    TitleId title;
    QString country; ///< ISO 3166-1 alpha-2
    QString site;
    QString offer;
    std::optional<Instant> at; ///< none: the server's now
};

struct AvailabilityAnswer {
    bool available = false;
    QByteArray reason; ///< why not: a rights reason ("TERRITORY", "EXPIRED") or "NOT_PUBLISHED"; empty when available
    QString termsFrom; ///< id of the grant whose terms apply
    QByteArray hlsUrl; ///< absolute master playlist, when available
    QByteArray posterUrl; ///< absolute; empty: none
    qint64 snapshotVersion = 0;
    Instant at {}; ///< the instant that was judged
    QJsonArray trail; ///< explain only: each rule and why it did or did not decide
};

struct AuditHead {
    qint64 size = 0;
    QByteArray rootHash; ///< hex
    QJsonObject signedHead; ///< audit::SignedHead as JSON
};

[[nodiscard]] Result<TitleRecord> titleRecordFromJson(const QJsonObject& json);
[[nodiscard]] Result<PublicationRecord> publicationRecordFromJson(const QJsonObject& json, const QByteArray& baseUrl);
[[nodiscard]] Result<AvailabilityAnswer> availabilityAnswerFromJson(const QJsonObject& json, const QByteArray& baseUrl);
[[nodiscard]] Result<AuditHead> auditHeadFromJson(const QJsonObject& json);

} // namespace vidimus::catalog
