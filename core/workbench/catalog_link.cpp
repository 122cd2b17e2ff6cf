#include "core/workbench/catalog_link.h"

#include "core/catalog/curl_transport.h"
#include "core/catalog/embedded_catalog.h"
#include "core/store/stored_outbox.h"
#include "core/store/workspace_store.h"
#include "core/workbench/events.h"
#include "core/workbench/live_watch.h"
#include "core/workbench/sync_effects.h"
#include "core/workbench/workspace.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QRegularExpression>
#include <QUrl>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Q_LOGGING_CATEGORY(lcCatalog, "vidimus.workbench.catalog")

constexpr auto kOfflineRetry = 5s; // how long until a catalog that did not answer is asked again
constexpr auto kLiveRetry = 2s; // how long until what was accepted is looked for again
constexpr auto kIdleLook = 30s; // and how often the outbox is looked at when nobody said anything

QString catalogProgramPath(const QString& given)
{
    if (!given.isEmpty())
        return given;
    const QString named = qEnvironmentVariable("VIDIMUS_CATALOGD");
    return named.isEmpty() ? QCoreApplication::applicationDirPath() + u"/vidimus-catalogd"_s : named;
}

} // namespace

struct CatalogLink::Impl {
    Impl(Workspace& owner, QString catalogProgram)
        : workspace(owner)
        , program(catalogProgramPath(catalogProgram))
        , outbox(owner.store())
    {
    }

    Workspace& workspace;
    QString program;
    store::StoredOutbox outbox;
    catalog::CurlTransport transport;

    std::mutex clientMutex; ///< guards the next three; held while a catalog starts
    std::optional<catalog::EmbeddedCatalog> embedded;
    std::shared_ptr<catalog::CatalogClient> client;
    QByteArray token; ///< of the profile's catalog; guarded by it too

    mutable std::mutex mutex; ///< guards the state; held for an instant, so that the window may ask
    State state;

    std::mutex syncMutex; ///< one drain at a time

    std::mutex wakeMutex;
    std::condition_variable_any wake;
    quint64 pokes = 0;
    CancelSource cancel;
    std::jthread thread;

    void setAddress(const QString& address)
    {
        const std::lock_guard lock(mutex);
        state.address = address;
    }

    void noteOnline(bool online)
    {
        const std::lock_guard lock(mutex);
        if (online) {
            state.offlineSince.reset();
        } else if (!state.offlineSince) {
            state.offlineSince = workspace.clock().now();
        }
        state.online = online;
    }

    void noteSignIn(bool needed)
    {
        const std::lock_guard lock(mutex);
        state.needsSignIn = needed;
    }

    void countOutbox()
    {
        if (const auto counts = outbox.counts()) {
            const std::lock_guard lock(mutex);
            state.waiting = counts->waiting;
            state.needPerson = counts->conflicts + counts->needsPerson;
        }
    }

    void run(CatalogLink& link, const std::stop_token& stop)
    {
        quint64 seen = 0;
        while (!stop.stop_requested()) {
            {
                const std::lock_guard lock(wakeMutex);
                seen = pokes;
            }
            auto pause = std::chrono::milliseconds(kIdleLook);
            const auto report = link.sync(cancel.token());
            if (!report) {
                pause = kOfflineRetry;
            } else if (report->nextReadyAt && !report->signInNeeded) {
                pause = std::clamp<std::chrono::milliseconds>(
                    *report->nextReadyAt - workspace.clock().now(), 50ms, kIdleLook);
            }
            if (report && !stop.stop_requested() && seeAcceptedLive(workspace) > 0)
                pause = std::min<std::chrono::milliseconds>(pause, kLiveRetry);
            std::unique_lock lock(wakeMutex);
            wake.wait_for(lock, stop, pause, [&] { return pokes != seen; });
        }
    }
};

CatalogLink::CatalogLink(Workspace& workspace, QString catalogProgram)
    : m_impl(std::make_unique<Impl>(workspace, std::move(catalogProgram)))
{
}

CatalogLink::~CatalogLink()
{
    stop();
}

Result<std::shared_ptr<catalog::CatalogClient>> CatalogLink::client()
{
    const std::lock_guard lock(m_impl->clientMutex);
    const CatalogProfile& profile = m_impl->workspace.profile();
    if (!profile.url.isEmpty()) {
        if (!m_impl->client)
            m_impl->client = std::make_shared<catalog::CatalogClient>(
                m_impl->transport, catalog::CatalogAddress {profile.url.toUtf8(), m_impl->token});
        m_impl->setAddress(profile.url);
        return m_impl->client;
    }
    if (m_impl->embedded && m_impl->embedded->isAlive())
        return m_impl->client;
    const WorkspacePaths& paths = m_impl->workspace.paths();
    auto embedded = catalog::EmbeddedCatalog::startOrAttach(
        {.program = m_impl->program, .dataFolder = paths.catalogData(), .socketPath = paths.catalogSocket()});
    if (!embedded)
        return std::move(embedded).error();
    m_impl->embedded.emplace(*std::move(embedded));
    m_impl->client = std::make_shared<catalog::CatalogClient>(m_impl->transport, m_impl->embedded->address());
    m_impl->setAddress(QString::fromUtf8(m_impl->embedded->address().url));
    return m_impl->client;
}

Result<catalog::SyncReport> CatalogLink::sync(const CancelToken& cancel, Milliseconds patience)
{
    const std::lock_guard oneAtATime(m_impl->syncMutex);
    auto reached = client();
    if (!reached) {
        m_impl->noteOnline(false);
        m_impl->countOutbox();
        Q_EMIT m_impl->workspace.events().outboxChanged();
        return std::move(reached).error();
    }
    catalog::CatalogOperationSender sender(**reached, m_impl->workspace.paths().root);
    catalog::Synchronizer synchronizer(m_impl->outbox, sender, m_impl->workspace.clock());
    synchronizer.setListener([this, url = (*reached)->address().url](
                                 const catalog::Operation& operation, const catalog::SendOutcome& outcome) {
        if (auto applied = applySyncEffect(m_impl->workspace, operation, outcome, url); !applied)
            qCWarning(lcCatalog) << "cannot store what the catalog answered:" << applied.error().detail;
        if (outcome.kind == catalog::SendOutcome::Kind::Done) {
            {
                const std::lock_guard lock(m_impl->mutex);
                m_impl->state.lastSentAt = m_impl->workspace.clock().now();
            }
            Q_EMIT m_impl->workspace.events().sent();
        }
    });
    const Instant until = m_impl->workspace.clock().now() + patience;
    catalog::SyncReport total;
    for (;;) {
        auto report = synchronizer.drain(cancel);
        if (!report)
            return report;
        const int sent = total.sent + report->sent;
        total = *report;
        total.sent = sent;
        if (total.signInNeeded || !total.nextReadyAt || *total.nextReadyAt > until || cancel.isCanceled())
            break;
        std::this_thread::sleep_for(
            std::clamp<Milliseconds>(*total.nextReadyAt - m_impl->workspace.clock().now(), 20ms, 200ms));
    }
    m_impl->noteOnline(total.retried == 0);
    m_impl->noteSignIn(total.signInNeeded);
    m_impl->countOutbox();
    Q_EMIT m_impl->workspace.events().outboxChanged();
    if (total.conflicts + total.needPerson > 0)
        Q_EMIT m_impl->workspace.events().attentionChanged();
    return total;
}

void CatalogLink::startBackground()
{
    m_impl->thread = std::jthread([this](const std::stop_token& stop) { m_impl->run(*this, stop); });
}

void CatalogLink::stop()
{
    m_impl->cancel.cancel();
    m_impl->thread.request_stop();
    m_impl->wake.notify_all();
    if (m_impl->thread.joinable())
        m_impl->thread.join();
}

void CatalogLink::poke()
{
    {
        const std::lock_guard lock(m_impl->wakeMutex);
        ++m_impl->pokes;
    }
    m_impl->wake.notify_all();
}

Result<void> CatalogLink::useToken(const QByteArray& token)
{
    const QUrl url(m_impl->workspace.profile().url, QUrl::StrictMode);
    if (url.isEmpty())
        return Error {ErrorCode::Invalid, u"the catalog inside the workspace needs no token"_s, "no_token_needed"};
    static const QRegularExpression kThisMachine(uR"(^(localhost|127(\.\d{1,3}){3}|::1)$)"_s);
    if (url.scheme() != u"https" && !kThisMachine.match(url.host()).hasMatch())
        return Error {
            ErrorCode::Invalid, u"a token is not sent to %1 without https"_s.arg(url.host()), "insecure_address"};
    // RFC 6750, section 2.1: what may stand in the header.
    static const QRegularExpression kBearerToken(u"\\A[A-Za-z0-9._~+/-]{1,4096}=*\\z"_s);
    if (!token.isEmpty() && !kBearerToken.match(QString::fromLatin1(token)).hasMatch())
        return Error {ErrorCode::Invalid, u"this is not a bearer token"_s, "bad_token"};
    {
        const std::lock_guard lock(m_impl->clientMutex);
        m_impl->token = token;
        m_impl->client.reset();
    }
    m_impl->noteSignIn(false);
    poke();
    return {};
}

Result<void> CatalogLink::signIn(const QByteArray& token)
{
    QByteArray before;
    {
        const std::lock_guard lock(m_impl->clientMutex);
        before = m_impl->token;
    }
    if (auto used = useToken(token); !used)
        return used;
    auto reached = client();
    if (!reached)
        return std::move(reached).error();
    // Any question that no visitor may ask; which of them the token's scopes cover does not matter.
    const auto head = (*reached)->auditHead();
    if (head || head.error().reason == "forbidden" || head.error().code == ErrorCode::NotFound)
        return {};
    if (auto restored = useToken(before); !restored)
        return restored;
    return head.error();
}

CatalogLink::State CatalogLink::state() const
{
    const std::lock_guard lock(m_impl->mutex);
    return m_impl->state;
}

} // namespace vidimus::workbench
