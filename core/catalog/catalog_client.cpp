#include "core/catalog/catalog_client.h"

#include "core/base/json.h"
#include "core/base/random.h"
#include "core/catalog/retry_policy.h"

#include <QUrlQuery>

namespace vidimus::catalog {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMaxReplyBytes = 64LL << 20; // the windows of a title come back as they were sent, of at most 32 MiB

constexpr int kQuestionAttempts = 3;
constexpr RetryPolicy kQuestionRetry {.base = Milliseconds {100}, .cap = Milliseconds {1'000}};

std::uint64_t systemRandom()
{
    std::uint64_t value = 0;
    randomBytes(std::as_writable_bytes(std::span(&value, 1)));
    return value;
}

bool isWorthAsking(const Result<HttpResponse>& response)
{
    if (!response)
        return response.error().code == ErrorCode::Unavailable || response.error().code == ErrorCode::TimedOut;
    return response->status == 429 || response->status >= 500;
}

std::optional<Milliseconds> retryAfterOf(const HttpResponse& response)
{
    bool isNumber = false;
    const qint64 seconds = response.header("Retry-After").toLongLong(&isNumber);
    if (!isNumber || seconds < 0)
        return std::nullopt;
    return std::chrono::seconds(std::min<qint64>(seconds, 86'400));
}

QByteArray segment(const QString& id)
{
    return QUrl::toPercentEncoding(id);
}

QByteArray queryOf(const AvailabilityQuery& query)
{
    QByteArray text = "title=" + segment(query.title.toString()) + "&country=" + segment(query.country)
        + "&site=" + segment(query.site) + "&offer=" + segment(query.offer);
    if (query.at)
        text += "&at=" + segment(toRfc3339(*query.at));
    return text;
}

} // namespace

Error errorFromReply(int status, const QJsonObject& problem)
{
    const QString type = problem.value("type"_L1).toString();
    const QByteArray token = type.mid(type.lastIndexOf(u':') + 1).toLatin1();
    Error error {ErrorCode::Invalid, problem.value("detail"_L1).toString(u"HTTP %1"_s.arg(status)), token};
    if (status == 401)
        error = {ErrorCode::Denied, error.detail, "unauthorized"};
    else if (status == 403)
        error = {ErrorCode::Denied, error.detail, "forbidden"};
    else if (status == 404 || status == 410)
        error.code = ErrorCode::NotFound;
    else if (status == 409 || status == 412)
        error.code = ErrorCode::Conflict;
    else if (status == 408 || status == 425 || status == 429 || status >= 500)
        error.code = ErrorCode::Unavailable;
    else if (status == 413)
        error.code = ErrorCode::LimitExceeded;
    if (error.reason.isEmpty())
        error.reason = "http_" + QByteArray::number(status);
    return error;
}

CatalogClient::CatalogClient(HttpTransport& transport, CatalogAddress address)
    : m_transport(transport)
    , m_address(std::move(address))
{
}

HttpRequest CatalogClient::request(const QByteArray& method, const QByteArray& path) const
{
    HttpRequest request;
    request.method = method;
    request.url = m_address.url + path;
    request.maxBodyBytes = kMaxReplyBytes;
    if (!m_address.token.isEmpty())
        request.headers.emplace_back("Authorization", "Bearer " + m_address.token);
    return request;
}

Result<HttpResponse> CatalogClient::fetch(const QByteArray& pathOrUrl, qint64 maxBytes)
{
    const bool isOurs = pathOrUrl.startsWith(m_address.url + '/');
    if (!isOurs && !pathOrUrl.startsWith('/'))
        return Error {ErrorCode::Invalid, u"not an address of this catalog"_s, "other_host"};
    HttpRequest asked = request("GET", isOurs ? pathOrUrl.mid(m_address.url.size()) : pathOrUrl);
    asked.maxBodyBytes = maxBytes;
    for (int attempt = 1;; ++attempt) {
        auto response = m_transport.perform(asked);
        if (attempt == kQuestionAttempts || !isWorthAsking(response))
            return response;
        const auto wait = response ? retryAfterOf(*response) : std::nullopt;
        std::this_thread::sleep_for(
            std::min(backOff(kQuestionRetry, attempt, systemRandom(), wait), Milliseconds {5'000}));
    }
}

Result<QJsonObject> CatalogClient::get(const QByteArray& path)
{
    const auto response = fetch(path, kMaxReplyBytes);
    if (!response)
        return response.error();
    auto body = parseJsonObject(response->body);
    if (response->status != 200)
        return errorFromReply(response->status, body.value_or(QJsonObject()));
    if (!response->header("Content-Type").startsWith("application/json") || !body)
        return Error {ErrorCode::Corrupt, u"the answer is not JSON"_s, "wrong_schema"};
    return body;
}

Result<QJsonObject> CatalogClient::version()
{
    return get("/version");
}

Result<TitleRecord> CatalogClient::title(const TitleId& id)
{
    const auto body = get("/v1/titles/" + segment(id.toString()));
    return body ? titleRecordFromJson(*body) : Result<TitleRecord>(body.error());
}

Result<QJsonObject> CatalogClient::rights()
{
    return get("/v1/rights");
}

Result<PublicationRecord> CatalogClient::publication(const PublicationId& id)
{
    const auto body = get("/v1/publications/" + segment(id.toString()));
    return body ? publicationRecordFromJson(*body, m_address.url) : Result<PublicationRecord>(body.error());
}

Result<AvailabilityAnswer> CatalogClient::ask(const QByteArray& path, const AvailabilityQuery& query)
{
    const auto body = get(path + '?' + queryOf(query));
    return body ? availabilityAnswerFromJson(*body, m_address.url) : Result<AvailabilityAnswer>(body.error());
}

Result<AvailabilityAnswer> CatalogClient::availability(const AvailabilityQuery& query)
{
    return ask("/v1/availability", query);
}

Result<AvailabilityAnswer> CatalogClient::explain(const AvailabilityQuery& query)
{
    return ask("/v1/availability:explain", query);
}

Result<AuditHead> CatalogClient::auditHead()
{
    const auto body = get("/v1/audit/head");
    return body ? auditHeadFromJson(*body) : Result<AuditHead>(body.error());
}

Result<QJsonArray> CatalogClient::auditEntries(qint64 from, int count)
{
    const auto body = get("/v1/audit?from=" + QByteArray::number(from) + "&limit=" + QByteArray::number(count));
    if (!body)
        return body.error();
    if (!body->value("items"_L1).isArray())
        return Error {ErrorCode::Corrupt, u"items is missing"_s, "wrong_schema"};
    return body->value("items"_L1).toArray();
}

Result<CatalogReply> CatalogClient::change(const QByteArray& method, const QByteArray& path, const QJsonObject& body,
    const QByteArray& idempotencyKey, const HttpHeaders& extra, const CancelToken& cancel)
{
    HttpRequest asked = request(method, path);
    asked.cancel = cancel;
    asked.body = vidimus::toJson(body);
    asked.headers.emplace_back("Content-Type", method == "PATCH" ? "application/merge-patch+json" : "application/json");
    asked.headers.emplace_back("Idempotency-Key", idempotencyKey);
    asked.headers.insert(asked.headers.end(), extra.begin(), extra.end());
    const auto response = m_transport.perform(asked);
    if (!response)
        return response.error();
    auto parsed = parseJsonObject(response->body);
    CatalogReply reply {response->status, parsed.value_or(QJsonObject()), 0, retryAfterOf(*response)};
    const bool mustHaveBody = reply.isSuccess() && response->status != 204;
    if (mustHaveBody && (!parsed || !response->header("Content-Type").startsWith("application/json")))
        return Error {ErrorCode::Corrupt, u"HTTP %1 without a JSON answer"_s.arg(reply.status), "wrong_schema"};
    QByteArray tag = response->header("ETag");
    reply.version = tag.replace('"', "").toLongLong();
    return reply;
}

} // namespace vidimus::catalog
