#pragma once

#include "core/catalog_server/access_tokens.h"
#include "core/catalog_server/audit_trail.h"
#include "core/catalog_server/availability_feed.h"
#include "core/catalog_server/dark_guard.h"
#include "core/catalog_server/live_catalog.h"
#include "core/catalog_server/object_folder.h"
#include "core/catalog_server/rights_log_p.h"
#include "core/catalog_server/router.h"
#include "core/sql/connection.h"

namespace vidimus::catalog_server {

/// What the resources stand on: the database with its one connection, the objects, the log, the picture for visitors.
/// Functions are for the database's thread unless they say otherwise.
class Backend {
public:
    /// Opens and migrates "catalog.db" in \a folder. \a clock must outlive it.
    /// Errors: Conflict (reason "locked": another process holds it), those of sql::Migrator, Io.
    [[nodiscard]] static Result<std::unique_ptr<Backend>> open(const QString& folder, const Clock& clock);

    sql::Connection connection;
    ObjectFolder objects; ///< any thread
    AuditTrail audit;
    LiveCatalog live; ///< any thread
    std::unique_ptr<AvailabilityFeed> feed; ///< any thread; changed on the database's
    SigningKey feedKey; ///< any thread
    DarkGuard guard {1};
    AccessTokens tokens; ///< any thread
    const Clock& clock; ///< any thread

    /// Runs a change: the Idempotency-Key's record, the effect and its audit entry in one transaction. Only a success
    /// is recorded; anything else is rolled back and may be tried again under the same key.
    [[nodiscard]] ApiResponse change(const ApiRequest& request, const std::function<Result<ApiResponse>()>& effect);
    /// change() as the handler of a route. A POST without an Idempotency-Key is refused.
    [[nodiscard]] Handler changing(std::function<Result<ApiResponse>(const ApiRequest&)> effect);
    /// A handler that only reads.
    [[nodiscard]] static Handler reading(std::function<Result<ApiResponse>(const ApiRequest&)> read);

    /// Inside change(): what the log and the feed say about it.
    [[nodiscard]] Result<void> record(const ApiRequest& request, const QString& action, const QString& kind,
        const QString& id, const QJsonValue& before, const QJsonValue& after, qint64 version = 0);
    [[nodiscard]] Result<QString> setting(const QString& name);
    [[nodiscard]] Result<void> setSetting(const QString& name, const QString& value);
    /// Inside change(): visitors' pictures are renewed after the commit; what is named is taken over at once, by a
    /// delta.
    void touchRights(const TouchedRights& touched);
    void touchPin() { m_pinTouched = true; }
    void touchPublications() { m_publicationsTouched = true; }
    void touchTokens() { m_tokensTouched = true; }
    /// A token that is never stored: it ends with this process.
    void addSessionToken(AccessToken token) { m_sessionTokens.push_back(std::move(token)); }
    [[nodiscard]] Result<void> reloadTokens();
    [[nodiscard]] Result<void> reloadPublications();
    /// Before a change of rights: what it is held against; null when the guard has no say (off, or few titles).
    [[nodiscard]] Result<std::shared_ptr<const RightsView>> guardedRights();
    /// The current picture; after a start the one that was kept, led on to the rows as they are, and compiled anew only
    /// if that cannot be.
    [[nodiscard]] Result<std::shared_ptr<const RightsView>> freshRights();

    /// Runs work on the database's thread and waits for it; from another thread only. Errors: Unavailable when the
    /// server is stopping, and those of \a work.
    [[nodiscard]] Result<void> onDatabase(const std::function<Result<void>()>& work) const;
    /// How onDatabase() gets there; set before the first request.
    void setDatabasePost(std::function<bool(std::function<void()>)> post) { m_post = std::move(post); }

private:
    Backend(sql::Connection opened, ObjectFolder objectFolder, AuditTrail trail, SigningKey signsFeed,
        std::unique_ptr<AvailabilityFeed> keptFeed, const Clock& theClock);
    /// The pinned version, if there is one, into the picture. Errors: Unavailable when it cannot be read.
    [[nodiscard]] Result<void> attachPin(RightsView& view);
    [[nodiscard]] Result<void> prepareEpoch();
    [[nodiscard]] Result<ApiResponse> attempt(
        const ApiRequest& request, const std::function<Result<ApiResponse>()>& effect);

    /// Takes what was touched into the compiled rights; what cannot be is left to the next question.
    void followTouchedRights();
    /// Led on from the picture there is, or from the one that the feed keeps; else compiled.
    [[nodiscard]] Result<std::shared_ptr<RightsView>> renewedRights();

    TouchedRights m_touched;
    bool m_pinTouched = false;
    bool m_publicationsTouched = false;
    bool m_tokensTouched = false;
    std::vector<AccessToken> m_sessionTokens;
    std::function<bool(std::function<void()>)> m_post;
};

/// If-Match against the version there is: nothing when it fits, else 428, or 412 with \a current.
[[nodiscard]] std::optional<ApiResponse> checkVersion(
    const ApiRequest& request, qint64 version, const QJsonObject& current);
/// The body as a JSON object. Errors: Invalid.
[[nodiscard]] Result<QJsonObject> bodyOf(const ApiRequest& request);

} // namespace vidimus::catalog_server
