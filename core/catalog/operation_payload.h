#pragma once

#include "core/base/ids.h"
#include "core/base/instant.h"
#include "core/base/result.h"
#include "core/catalog/operation.h"

#include <QJsonArray>
#include <QJsonObject>
#include <optional>
#include <vector>

namespace vidimus::catalog {

/// Creates a title or changes its fields. The catalog's version of a title grows by one with each change, so a studio
/// can tell offline which version its next edit is based on.
struct UpsertTitle {
    TitleId id;
    QString name;
    QJsonObject rights; ///< kind, parent, link, allow_mode, ratings: a title as in the rights rule set
    std::optional<qint64> baseVersion; ///< 0: must not exist yet; n: was edited from version n; none: whatever is there
};

/// One uploaded version of a title's media: its facts, not its bytes.
struct RegisterAsset {
    AssetId id;
    TitleId title;
    QByteArray sha256; ///< of the source, 64 hex digits
    qint64 bytes = 0;
    QString fileName; ///< as the uploader called it; shown, never used as a path
    QJsonObject facts; ///< media::MediaFacts as JSON
};

/// A moderation decision on exactly the bytes named. The catalog keeps one per asset version and refuses a second.
struct AppendDecision {
    DecisionId id;
    AssetId asset;
    TitleId title;
    QByteArray assetSha256;
    QByteArray verdict; ///< "pass", "reject", "escalate", "duplicate", "clear"
    QJsonObject decision; ///< the whole moderation::Decision as JSON: person, reasons, evidence, policy version
    Instant decidedAt {};
    DecisionId supersedes; ///< the standing decision that this one replaces, knowingly; empty: there must be none
};

/// All rules (grants and restrictions) whose scope is this title, replacing those the catalog has; and what they refer
/// to. Formats of rights-cases.json: rules as in "rules", deals as in "deals", context as in "context" without titles.
struct PutWindows {
    TitleId title;
    QJsonArray rules;
    QJsonObject deals; ///< added or replaced by id
    QJsonObject context; ///< groups, sites, offers, …: members given replace the catalog's
    std::optional<qint64> baseVersion; ///< of the title's windows, 0: none were set; none: whatever is there
};

/// A file of a rendition package. \a path is where its bytes lie on this machine, absolute or below the workspace.
struct PackageFile {
    QString name; ///< as players ask for it: "master.m3u8", "video/720p/seg_00001.m4s"; at most three
    ///< folders deep
    QString path;
    QByteArray sha256;
    qint64 bytes = 0;

    friend bool operator==(const PackageFile&, const PackageFile&) = default;
};

/// Uploads what the catalog lacks of a package and registers it as the renditions of an asset.
struct UploadPackage {
    QString packageId; ///< UUIDv7
    AssetId asset;
    TitleId title;
    QByteArray sourceSha256; ///< of the version it was made from
    QString master; ///< name of the HLS master playlist among the files
    QString poster; ///< name of the poster among the files; empty: none
    int renditionCount = 0;
    std::vector<PackageFile> files;
};

/// Puts a package live. The catalog looks at its own gates first and refuses with 409 and the gates.
struct Publish {
    PublicationId id;
    TitleId title;
    AssetId asset;
    QString packageId;
    std::optional<Instant> liveFrom; ///< none: at once
};

struct Withdraw {
    PublicationId id;
    TitleId title;
    QString reason;
};

[[nodiscard]] QJsonObject toJson(const UpsertTitle& payload);
[[nodiscard]] QJsonObject toJson(const RegisterAsset& payload);
[[nodiscard]] QJsonObject toJson(const AppendDecision& payload);
[[nodiscard]] QJsonObject toJson(const PutWindows& payload);
[[nodiscard]] QJsonObject toJson(const UploadPackage& payload);
[[nodiscard]] QJsonObject toJson(const Publish& payload);
[[nodiscard]] QJsonObject toJson(const Withdraw& payload);

/// Strict. Errors: Invalid.
[[nodiscard]] Result<UpsertTitle> upsertTitleFromJson(const QJsonObject& json);
[[nodiscard]] Result<RegisterAsset> registerAssetFromJson(const QJsonObject& json);
[[nodiscard]] Result<AppendDecision> appendDecisionFromJson(const QJsonObject& json);
[[nodiscard]] Result<PutWindows> putWindowsFromJson(const QJsonObject& json);
[[nodiscard]] Result<UploadPackage> uploadPackageFromJson(const QJsonObject& json);
[[nodiscard]] Result<Publish> publishFromJson(const QJsonObject& json);
[[nodiscard]] Result<Withdraw> withdrawFromJson(const QJsonObject& json);

/// A new operation for a payload, ready to be put into the outbox: a fresh id, the title's order, waiting.
template<class Payload>
[[nodiscard]] Operation makeOperation(const Payload& payload, Instant now, Milliseconds hold = Milliseconds {0});

extern template Operation makeOperation(const UpsertTitle&, Instant, Milliseconds);
extern template Operation makeOperation(const RegisterAsset&, Instant, Milliseconds);
extern template Operation makeOperation(const AppendDecision&, Instant, Milliseconds);
extern template Operation makeOperation(const PutWindows&, Instant, Milliseconds);
extern template Operation makeOperation(const UploadPackage&, Instant, Milliseconds);
extern template Operation makeOperation(const Publish&, Instant, Milliseconds);
extern template Operation makeOperation(const Withdraw&, Instant, Milliseconds);

} // namespace vidimus::catalog
