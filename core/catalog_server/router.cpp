#include "core/catalog_server/router.h"

#include "core/catalog_server/http_head.h"

#include <optional>

namespace vidimus::catalog_server {

namespace {

std::optional<QString> decodeSegment(const QByteArray& segment)
{
    auto decoded = percentDecoded(segment);
    if (!decoded || decoded->isEmpty() || decoded->contains(QChar(0)) || *decoded == u"." || *decoded == u"..")
        return std::nullopt;
    return *std::move(decoded);
}

/// Matches one segment against "literal", "{name}" or "{name}:tail".
bool matchSegment(const QByteArray& pattern, const QByteArray& segment, QStringList& parameters)
{
    if (!pattern.startsWith('{'))
        return pattern == segment;
    const QByteArray tail = pattern.mid(pattern.indexOf('}') + 1);
    if (!segment.endsWith(tail) || segment.size() == tail.size())
        return false;
    const auto decoded = decodeSegment(segment.chopped(tail.size()));
    if (!decoded)
        return false;
    parameters.append(*decoded);
    return true;
}

std::optional<QStringList> matchPath(const QByteArray& pattern, const QByteArray& path)
{
    const QByteArrayList patternParts = pattern.split('/');
    const QByteArrayList parts = path.split('/');
    QStringList parameters;
    for (qsizetype i = 0; i < patternParts.size(); ++i) {
        if (patternParts[i].endsWith("*}")) {
            QStringList rest;
            for (qsizetype k = i; k < parts.size(); ++k) {
                const auto decoded = decodeSegment(parts[k]);
                if (!decoded)
                    return std::nullopt;
                rest.append(*decoded);
            }
            if (rest.isEmpty())
                return std::nullopt;
            parameters.append(rest.join(u'/'));
            return parameters;
        }
        if (i >= parts.size() || !matchSegment(patternParts[i], parts[i], parameters))
            return std::nullopt;
    }
    return parts.size() == patternParts.size() ? std::optional(parameters) : std::nullopt;
}

/// A pattern with fewer parameters wins: "/v1/audit/head" over "/v1/audit/{id}", "{id}:withdraw" over "{id}".
qsizetype generality(const QByteArray& pattern)
{
    return pattern.count('{') * 1000 - pattern.size();
}

} // namespace

void Router::add(Route route)
{
    m_routes.push_back(std::move(route));
}

Router::Match Router::match(const QByteArray& method, const QByteArray& path) const
{
    Match best;
    Match getOfHead;
    QByteArrayList allowed;
    for (const Route& route : m_routes) {
        auto parameters = matchPath(route.pattern, path);
        if (!parameters)
            continue;
        allowed.append(route.method);
        Match* const slot = route.method == method      ? &best
            : method == "HEAD" && route.method == "GET" ? &getOfHead
                                                        : nullptr;
        if (slot && (!slot->route || generality(route.pattern) < generality(slot->route->pattern)))
            *slot = Match {&route, std::move(*parameters), {}};
    }
    if (!best.route)
        best = getOfHead;
    if (!best.route)
        best.allowed = allowed;
    return best;
}

} // namespace vidimus::catalog_server
