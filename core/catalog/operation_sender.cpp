#include "core/catalog/operation_sender.h"

#include <QDir>
#include <QUrl>

namespace vidimus::catalog {

using namespace Qt::StringLiterals;

namespace {

constexpr int kConflictStatus = 409;

QByteArray segment(const QString& id)
{
    return QUrl::toPercentEncoding(id);
}

template<class IdType>
QByteArray segment(const IdType& id)
{
    return segment(id.toString());
}

SendOutcome failed(const Error& error)
{
    SendOutcome outcome {.error = error};
    switch (error.code) {
    case ErrorCode::Unavailable:
    case ErrorCode::TimedOut:
    case ErrorCode::Corrupt: // a captive portal or proxy answered in the catalog's place
        outcome.kind = error.reason == "file_changed" ? SendOutcome::Kind::NeedsPerson : SendOutcome::Kind::Retry;
        break;
    case ErrorCode::Canceled:
        outcome.kind = SendOutcome::Kind::Canceled;
        break;
    case ErrorCode::Denied:
        outcome.kind = error.reason == "unauthorized" ? SendOutcome::Kind::SignIn : SendOutcome::Kind::NeedsPerson;
        break;
    case ErrorCode::Conflict:
        outcome.kind = SendOutcome::Kind::Conflict;
        break;
    default:
        outcome.kind = SendOutcome::Kind::NeedsPerson;
    }
    return outcome;
}

SendOutcome judged(const Result<CatalogReply>& reply)
{
    if (!reply)
        return failed(reply.error());
    if (reply->isSuccess())
        return {SendOutcome::Kind::Done, {}, std::nullopt, reply->body};
    SendOutcome outcome = failed(errorFromReply(reply->status, reply->body));
    outcome.retryAfter = reply->retryAfter;
    outcome.body = reply->body.value("current"_L1).toObject();
    if (outcome.error.reason == "idempotency_in_flight")
        outcome.kind = SendOutcome::Kind::Retry;
    else if (outcome.error.reason == "gates_closed")
        outcome.kind = SendOutcome::Kind::NeedsPerson; // nothing to merge: a gate must be opened first
    if (outcome.error.reason == "gates_closed")
        outcome.body = reply->body;
    return outcome;
}

template<class Payload>
QJsonObject without(const Payload& payload, std::initializer_list<QLatin1StringView> members)
{
    QJsonObject json = toJson(payload);
    for (const QLatin1StringView member : members)
        json.remove(member);
    return json;
}

HttpHeaders ifMatch(qint64 version)
{
    return {{"If-Match", '"' + QByteArray::number(version) + '"'}};
}

} // namespace

CatalogOperationSender::CatalogOperationSender(CatalogClient& client, QString fileRoot)
    : m_client(client)
    , m_fileRoot(std::move(fileRoot))
{
}

SendOutcome CatalogOperationSender::sendTitle(const Operation& operation, const CancelToken& cancel)
{
    const auto payload = upsertTitleFromJson(operation.payload);
    if (!payload)
        return failed(payload.error());
    const QByteArray key = operation.id.toString().toLatin1();
    const auto change = [&](qint64 base) {
        return m_client.change("PATCH", "/v1/titles/" + segment(payload->id),
            without(*payload, {"base_version"_L1, "id"_L1}), key, ifMatch(base), cancel);
    };
    if (payload->baseVersion.value_or(0) != 0)
        return judged(change(*payload->baseVersion));
    // Asking first whether it is there would choose the other request after an answer that was lost on its way, and
    // make the change twice: a key holds for one request. Made anew each time, both requests are replayed.
    const auto created = m_client.change("POST", "/v1/titles", without(*payload, {"base_version"_L1}), key, {}, cancel);
    if (payload->baseVersion || !created || created->status != kConflictStatus)
        return judged(created);
    auto outcome = judged(change(static_cast<qint64>(created->body.value("version"_L1).toDouble())));
    if (outcome.kind == SendOutcome::Kind::Conflict) // somebody was quicker, and any version will do
        outcome.kind = SendOutcome::Kind::Retry;
    return outcome;
}

SendOutcome CatalogOperationSender::sendWindows(const Operation& operation, const CancelToken& cancel)
{
    const auto payload = putWindowsFromJson(operation.payload);
    if (!payload)
        return failed(payload.error());
    const QByteArray path = "/v1/titles/" + segment(payload->title) + "/windows";
    std::optional<qint64> base = payload->baseVersion;
    if (!base) {
        const auto current = m_client.get(path);
        if (!current)
            return failed(current.error());
        base = static_cast<qint64>(current->value("version"_L1).toDouble());
    }
    return judged(m_client.change("PUT", path, without(*payload, {"base_version"_L1, "title"_L1}),
        operation.id.toString().toLatin1(), ifMatch(*base), cancel));
}

SendOutcome CatalogOperationSender::sendPackage(const Operation& operation, const CancelToken& cancel)
{
    const auto payload = uploadPackageFromJson(operation.payload);
    if (!payload)
        return failed(payload.error());
    QJsonArray files;
    for (const PackageFile& file : payload->files) {
        const QString path = QDir(m_fileRoot).filePath(file.path);
        if (auto sent = m_client.uploadObject(path, file.sha256, file.bytes, {}, cancel); !sent)
            return failed(sent.error());
        files.append(QJsonObject {
            {u"name"_s, file.name}, {u"sha256"_s, QString::fromLatin1(file.sha256)}, {u"bytes"_s, file.bytes}});
    }
    QJsonObject body = without(*payload, {"asset"_L1, "title"_L1});
    body[u"files"_s] = files;
    return judged(m_client.change("POST", "/v1/assets/" + segment(payload->asset) + "/renditions", body,
        operation.id.toString().toLatin1(), {}, cancel));
}

SendOutcome CatalogOperationSender::send(const Operation& operation, const CancelToken& cancel)
{
    const QByteArray key = operation.id.toString().toLatin1();
    switch (operation.kind) {
    case OperationKind::UpsertTitle:
        return sendTitle(operation, cancel);
    case OperationKind::PutWindows:
        return sendWindows(operation, cancel);
    case OperationKind::UploadPackage:
        return sendPackage(operation, cancel);
    case OperationKind::RegisterAsset: {
        const auto payload = registerAssetFromJson(operation.payload);
        if (!payload)
            return failed(payload.error());
        return judged(m_client.change("POST", "/v1/titles/" + segment(payload->title) + "/assets",
            without(*payload, {"title"_L1}), key, {}, cancel));
    }
    case OperationKind::AppendDecision: {
        const auto payload = appendDecisionFromJson(operation.payload);
        if (!payload)
            return failed(payload.error());
        return judged(m_client.change("POST", "/v1/titles/" + segment(payload->title) + "/decisions",
            without(*payload, {"title"_L1}), key, {}, cancel));
    }
    case OperationKind::Publish: {
        const auto payload = publishFromJson(operation.payload);
        if (!payload)
            return failed(payload.error());
        return judged(m_client.change("POST", "/v1/publications", toJson(*payload), key, {}, cancel));
    }
    case OperationKind::Withdraw: {
        const auto payload = withdrawFromJson(operation.payload);
        if (!payload)
            return failed(payload.error());
        return judged(m_client.change("POST", "/v1/publications/" + segment(payload->id) + ":withdraw",
            without(*payload, {"id"_L1, "title"_L1}), key, {}, cancel));
    }
    }
    return failed({ErrorCode::Internal, u"unknown kind of operation"_s, "unknown_kind"});
}

} // namespace vidimus::catalog
