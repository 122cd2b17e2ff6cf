#include "catalog_server/running_catalog.h"

#include "core/base/durable_file.h"
#include "core/base/json.h"
#include "core/base/sha256.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>

namespace vidimus::test {

using namespace Qt::StringLiterals;

RunningCatalog::RunningCatalog(const catalog_server::HttpLimits& limits)
    : m_limits(limits)
{
    start();
}

RunningCatalog::~RunningCatalog() = default;

void RunningCatalog::start()
{
    auto service = catalog_server::Service::start(
        {.dataFolder = m_folder.path(), .limits = m_limits, .sessionToken = kToken}, clock);
    if (!service)
        qFatal("catalog: %s", qPrintable(service.error().detail));
    m_service = std::move(*service);
    m_client
        = std::make_unique<catalog::CatalogClient>(m_transport, catalog::CatalogAddress {m_service->url(), kToken});
}

void RunningCatalog::restart()
{
    m_service.reset();
    start();
}

catalog::HttpResponse RunningCatalog::ask(const QByteArray& method, const QByteArray& path, const QByteArray& body,
    catalog::HttpHeaders headers, const QByteArray& token)
{
    catalog::HttpRequest request;
    request.method = method;
    request.url = m_service->url() + path;
    request.body = body;
    request.headers = std::move(headers);
    if (!token.isEmpty())
        request.headers.emplace_back("Authorization", "Bearer " + token);
    auto response = m_transport.perform(request);
    if (!response) {
        qWarning("%s %s: %s", method.constData(), path.constData(), qPrintable(response.error().detail));
        return {};
    }
    return std::move(*response);
}

catalog::HttpResponse RunningCatalog::change(
    const QByteArray& method, const QByteArray& path, const QJsonObject& body, catalog::HttpHeaders headers)
{
    headers.emplace_back("Content-Type", "application/json");
    const bool hasKey = std::any_of(
        headers.begin(), headers.end(), [](const auto& header) { return header.first == "Idempotency-Key"; });
    if (!hasKey)
        headers.emplace_back("Idempotency-Key", newUuid().toLatin1());
    return ask(method, path, toJson(body), std::move(headers));
}

catalog::PackageFile RunningCatalog::makeFile(const QString& name, const QByteArray& bytes)
{
    const QString path = m_folder.filePath(u"local/"_s + name);
    QDir().mkpath(QFileInfo(path).path());
    if (!writeFileDurably(path, bytes))
        qFatal("cannot write");
    return {name, path, sha256Hex(bytes), bytes.size()};
}

catalog::SendOutcome RunningCatalog::send(const catalog::Operation& operation)
{
    return catalog::CatalogOperationSender(*m_client, m_folder.path()).send(operation, {});
}

bool RunningCatalog::prepareFilm()
{
    using namespace catalog;
    const Instant now = clock.now();
    const QByteArray source = sha256Hex("the source");
    const std::vector<Operation> operations {makeOperation(UpsertTitle {TitleId(u"film"_s), u"A film"_s, {}, 0}, now),
        makeOperation(RegisterAsset {AssetId(u"a1"_s), TitleId(u"film"_s), source, 10, u"film.mov"_s, {}}, now),
        makeOperation(
            AppendDecision {DecisionId(u"d1"_s), AssetId(u"a1"_s), TitleId(u"film"_s), source, "pass", {}, now, {}},
            now),
        makeOperation(frenchWindows(), now),
        makeOperation(
            UploadPackage {u"k1"_s, AssetId(u"a1"_s), TitleId(u"film"_s), source, u"master.m3u8"_s, u"poster.jpg"_s, 2,
                {makeFile(u"master.m3u8"_s, "#EXTM3U\nv0/media.m3u8\n"), makeFile(u"v0/media.m3u8"_s, "#EXTM3U\n"),
                    makeFile(u"v0/seg_0.m4s"_s, "0123456789"), makeFile(u"poster.jpg"_s, "jpeg")}},
            now)};
    for (const Operation& operation : operations) {
        const SendOutcome outcome = send(operation);
        if (outcome.kind != SendOutcome::Kind::Done) {
            qWarning("%s: %s", operationKindName(operation.kind), qPrintable(outcome.error.detail));
            return false;
        }
    }
    return true;
}

catalog::SendOutcome RunningCatalog::publishFilm(std::optional<Instant> liveFrom)
{
    return send(catalog::makeOperation(
        catalog::Publish {PublicationId(u"p1"_s), TitleId(u"film"_s), AssetId(u"a1"_s), u"k1"_s, liveFrom},
        clock.now()));
}

catalog::PutWindows frenchWindows()
{
    const QJsonObject rule {{u"id"_s, u"w1"_s}, {u"effect"_s, u"allow"_s}, {u"scope"_s, u"film"_s},
        {u"territory"_s, QJsonObject {{u"include"_s, QJsonArray {u"FR"_s}}}}, {u"sites"_s, QJsonArray {u"web"_s}},
        {u"offers"_s, QJsonArray {u"svod"_s}}, {u"start"_s, u"2020-01-01T00:00:00Z"_s}};
    return {TitleId(u"film"_s), {rule}, {},
        {{u"sites"_s, QJsonArray {u"web"_s}}, {u"offers"_s, QJsonArray {u"svod"_s}}}, std::nullopt};
}

QJsonObject jsonOf(const QByteArray& bytes)
{
    return QJsonDocument::fromJson(bytes).object();
}

} // namespace vidimus::test
