#include "core/catalog_server/follow_service.h"

#include "core/availability_reader/availability_reader.h"
#include "core/base/json.h"
#include "core/catalog_server/problem.h"
#include "core/catalog_server/request_fields.h"
#include "core/rights/names.h"

#include <QJsonArray>

namespace vidimus::catalog_server {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kMaxListed = 500;

vav_text textOf(const QByteArray& bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

QString idOf(const vav_state* state, std::uint32_t title)
{
    QByteArray id(1024, 0);
    const auto length = vav_title_id(state, title, id.data(), static_cast<std::size_t>(id.size()));
    return QString::fromUtf8(id.first(std::min(static_cast<qsizetype>(length), id.size())));
}

QString stateName(const vav_state* state)
{
    return QString::fromLatin1(
        QByteArray(reinterpret_cast<const char*>(vav_state_id(state)), VAV_STATE_ID_BYTES).toHex());
}

} // namespace

FollowService::FollowService(FollowOptions options, const Clock& clock)
    : m_options(std::move(options))
    , m_clock(clock)
    , m_follower(m_options.source, m_transport)
{
    m_router.add({.method = "GET",
        .pattern = "/v1/availability",
        .scope = {},
        .place = Place::Inline,
        .handler = [this](const ApiRequest& request) { return answer(request); }});
    m_router.add({.method = "GET",
        .pattern = "/v1/status",
        .scope = {},
        .place = Place::Inline,
        .handler = [this](const ApiRequest&) { return status(); }});
}

FollowService::~FollowService()
{
    m_cancel.cancel();
    m_thread.request_stop();
    if (m_thread.joinable())
        m_thread.join();
}

Result<std::unique_ptr<FollowService>> FollowService::start(FollowOptions options, const Clock& clock)
{
    std::unique_ptr<FollowService> service(new FollowService(std::move(options), clock));
    if (auto first = service->m_follower.step(); !first)
        return std::move(first).error();
    service->m_lookedAt = clock.now();
    service->m_server = std::make_unique<HttpServer>(service->m_router, service->m_tokens, HttpLimits {});
    if (auto listening = service->m_server->start(service->m_options.listenAddress, service->m_options.port);
        !listening)
        return std::move(listening).error();
    service->m_thread = std::jthread([raw = service.get()](const std::stop_token& stop) { raw->follow(stop); });
    return service;
}

void FollowService::follow(const std::stop_token& stop)
{
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
        wake.wait_for(lock, stop, m_options.every, [] { return false; });
        if (stop.stop_requested())
            return;
        const auto moved = m_follower.step(m_cancel.token());
        const std::scoped_lock noted(m_mutex);
        m_lastError = moved ? QString() : moved.error().detail;
        if (moved)
            m_lookedAt = m_clock.now();
    }
}

ApiResponse FollowService::answer(const ApiRequest& request) const
{
    const auto country = queryCountry(request);
    const auto site = queryText(request, "site"_L1);
    const auto offer = queryText(request, "offer"_L1);
    const auto at = queryInstant(request, "at"_L1, m_clock.now());
    for (const auto* field : {&country, &site, &offer}) {
        if (!*field)
            return problemFrom(field->error());
    }
    if (!at)
        return problemFrom(at.error());
    const CompiledAvailability::State held = m_follower.state();
    const vav_state* state = held.get();
    const QByteArray countryName = country->toUtf8(), siteName = site->toUtf8(), offerName = offer->toUtf8(),
                     region = request.queryValue("subdivision"_L1).value_or(QString()).toUtf8();
    const vav_cell cell = vav_make_cell(state, textOf(countryName), textOf(region), textOf(siteName), textOf(offerName),
        at->time_since_epoch().count());
    QJsonObject json {{u"version"_s, static_cast<qint64>(vav_version(state))},
        {u"question"_s, rights::nameOf(static_cast<rights::Question>(vav_question_of(state)))},
        {u"at"_s, toRfc3339(*at)}};
    if (const auto title = request.queryValue("title"_L1)) {
        const QByteArray id = title->toUtf8();
        const vav_answer said = vav_ask(state, vav_find_title(state, textOf(id)), &cell);
        const QString terms = QString::fromUtf8(said.terms_from.data, static_cast<qsizetype>(said.terms_from.length));
        json[u"title"_s] = *title;
        json[u"available"_s] = said.available;
        json[u"terms_from"_s] = terms.isEmpty() ? QJsonValue() : QJsonValue(terms);
    } else {
        std::vector<std::uint32_t> found(kMaxListed);
        std::uint32_t cursor = 0;
        found.resize(vav_list_from(state, &cell, &cursor, found.data(), found.size()));
        QJsonArray titles;
        for (const std::uint32_t one : found)
            titles.append(idOf(state, one));
        json[u"count"_s] = static_cast<qint64>(vav_count(state, &cell));
        json[u"titles"_s] = titles;
    }
    ApiResponse response = jsonResponse(200, json);
    response.with("Access-Control-Allow-Origin", "*");
    return response;
}

ApiResponse FollowService::status() const
{
    const CompiledAvailability::State held = m_follower.state();
    const std::scoped_lock lock(m_mutex);
    return jsonResponse(200,
        {{u"version"_s, static_cast<qint64>(vav_version(held.get()))}, {u"state"_s, stateName(held.get())},
            {u"titles"_s, held.titleCount()}, {u"looked_at"_s, toRfc3339(m_lookedAt)},
            {u"last_error"_s, m_lastError.isEmpty() ? QJsonValue() : QJsonValue(m_lastError)}});
}

} // namespace vidimus::catalog_server
