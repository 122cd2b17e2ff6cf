#pragma once

#include "core/base/instant.h"
#include "core/catalog_server/api_message.h"

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace vidimus::catalog_server {

/// A bearer token as it is kept: its SHA-256 only.
struct AccessToken {
    QString id;
    QString name; ///< of the person or program; the principal of audit entries and Idempotency-Keys
    QByteArray digest; ///< 32 bytes
    QStringList scopes;
    std::optional<Instant> expiresAt;
};

/// All scopes that routes ask for.
[[nodiscard]] QStringList allScopes();

/// The tokens that are valid now, in memory. Any thread; a change swaps the list, a reader never waits for long.
class AccessTokens {
public:
    void replaceAll(std::vector<AccessToken> tokens);
    /// The principal of an "Authorization" header; nullopt when it is missing, wrong or expired. Every token is
    /// compared, each in constant time.
    [[nodiscard]] std::optional<Principal> find(const QByteArray& authorization, Instant now) const;

private:
    using List = std::shared_ptr<const std::vector<AccessToken>>; // shared with readers that still look through it
    [[nodiscard]] List current() const;

    mutable std::mutex m_mutex;
    List m_tokens = std::make_shared<const std::vector<AccessToken>>();
};

} // namespace vidimus::catalog_server
