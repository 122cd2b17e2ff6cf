#include "core/catalog_server/access_tokens.h"

#include "core/base/sha256.h"

namespace vidimus::catalog_server {

using namespace Qt::StringLiterals;

QStringList allScopes()
{
    return {u"assets:read"_s, u"assets:write"_s, u"audit:read"_s, u"availability:read"_s, u"changes:read"_s,
        u"feed:announce"_s, u"feed:read"_s, u"moderation:decide"_s, u"moderation:read"_s, u"publish:read"_s,
        u"publish:write"_s, u"rights:read"_s, u"rights:write"_s, u"titles:read"_s, u"titles:write"_s, u"tokens:admin"_s,
        u"uploads:write"_s};
}

void AccessTokens::replaceAll(std::vector<AccessToken> tokens)
{
    auto list = std::make_shared<const std::vector<AccessToken>>(std::move(tokens));
    const std::scoped_lock lock(m_mutex);
    m_tokens = std::move(list);
}

AccessTokens::List AccessTokens::current() const
{
    const std::scoped_lock lock(m_mutex);
    return m_tokens;
}

std::optional<Principal> AccessTokens::find(const QByteArray& authorization, Instant now) const
{
    constexpr QByteArrayView kScheme = "bearer ";
    if (authorization.size() <= kScheme.size() || authorization.first(kScheme.size()).toLower() != kScheme)
        return std::nullopt;
    const QByteArray digest = sha256(QByteArrayView(authorization).sliced(kScheme.size()).trimmed());
    std::optional<Principal> found;
    const List tokens = current();
    for (const AccessToken& token : *tokens) {
        const bool isValid = !token.expiresAt || now < *token.expiresAt;
        if (equalConstantTime(token.digest, digest) && isValid)
            found = Principal {token.name, token.scopes};
    }
    return found;
}

} // namespace vidimus::catalog_server
