#pragma once

#include "core/catalog/catalog_client.h"

namespace vidimus::catalog {

/// How sending one operation ended.
struct SendOutcome {
    enum class Kind {
        Done,
        Retry, ///< network, 408, 425, 429, 5xx, or the same operation is in flight
        Conflict, ///< 409, 412: the server holds something else
        NeedsPerson, ///< other 4xx, or a local fault that waiting does not cure
        SignIn, ///< 401: everything pauses
        Canceled,
    };
    Kind kind = Kind::Retry;
    Error error; ///< when not Done
    std::optional<Milliseconds> retryAfter;
    QJsonObject body; ///< the resource, or in Conflict the server's current version
};

/// Sends one operation. The seam at which tests put a catalog that fails.
class OperationSender {
public:
    virtual ~OperationSender() = default;
    [[nodiscard]] virtual SendOutcome send(const Operation& operation, const CancelToken& cancel) = 0;
};

/// Sends operations through a CatalogClient. Blocking; any thread.
class CatalogOperationSender : public OperationSender {
public:
    /// \a client must outlive it. Relative paths of package files are below \a fileRoot.
    CatalogOperationSender(CatalogClient& client, QString fileRoot);
    [[nodiscard]] SendOutcome send(const Operation& operation, const CancelToken& cancel) override;

private:
    [[nodiscard]] SendOutcome sendTitle(const Operation& operation, const CancelToken& cancel);
    [[nodiscard]] SendOutcome sendWindows(const Operation& operation, const CancelToken& cancel);
    [[nodiscard]] SendOutcome sendPackage(const Operation& operation, const CancelToken& cancel);

    CatalogClient& m_client;
    QString m_fileRoot;
};

} // namespace vidimus::catalog
