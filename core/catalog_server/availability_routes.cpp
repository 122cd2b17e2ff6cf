#include "core/availability_reader/availability_reader.h"
#include "core/catalog_server/live_loading_p.h"
#include "core/catalog_server/problem.h"
#include "core/catalog_server/request_fields.h"
#include "core/catalog_server/routes_p.h"
#include "core/rights/explain.h"
#include "core/rights/names.h"

namespace vidimus::catalog_server {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxListed = 500;

ApiResponse open(ApiResponse response)
{
    response.with("Access-Control-Allow-Origin", "*");
    return response;
}

Result<rights::Query> cellOf(const ApiRequest& request, Instant now)
{
    const auto country = queryCountry(request);
    const auto site = queryText(request, "site"_L1);
    const auto offer = queryText(request, "offer"_L1);
    const auto at = queryInstant(request, "at"_L1, now);
    if (!country || !site || !offer)
        return !country ? country.error() : !site ? site.error() : offer.error();
    if (!at)
        return at.error();
    const auto question = rights::fromName<rights::Question>(
        request.queryValue("question"_L1).value_or(rights::nameOf(rights::Question::Playable)));
    if (!question)
        return Error {ErrorCode::Invalid, u"question is playable, pre_order or announced"_s, "bad_field"};
    return rights::Query {.title = {},
        .country = *country,
        .subdivision = request.queryValue("subdivision"_L1).value_or(QString()),
        .site = *site,
        .offer = *offer,
        .at = *at,
        .viewerMaxAge = {},
        .entitlement = {},
        .question = *question};
}

QString mediaPath(const LivePublication& publication, const QString& name)
{
    return u"/media/%1/%2"_s.arg(publication.id.toString(), name);
}

/// "May be watched here, now": the rights say yes and a publication is live, at the same moment. What is only announced
/// or to be ordered needs no publication.
QJsonObject answerJson(
    const rights::Query& query, const rights::Answer& answer, const LivePublication* publication, qint64 version)
{
    const bool isLive = publication && publication->isLiveAt(query.at);
    const bool toPlay = query.question == rights::Question::Playable;
    const bool available = answer.available && (isLive || !toPlay);
    QJsonObject json {{u"title"_s, query.title.toString()}, {u"available"_s, available}, {u"at"_s, toRfc3339(query.at)},
        {u"snapshot"_s, QJsonObject {{u"version"_s, version}}}, {u"reason"_s, QJsonValue::Null},
        {u"terms_from"_s, QJsonValue::Null}};
    if (publication)
        json[u"name"_s] = publication->titleName;
    if (!answer.available) // the rules say yes: an older version is pinned that says no
        json[u"reason"_s] = answer.reason == rights::Reason::None ? u"PINNED"_s : rights::reasonCode(answer.reason);
    else if (!available)
        json[u"reason"_s] = publication ? u"NOT_PUBLISHED_YET"_s : u"NOT_PUBLISHED"_s;
    if (!available)
        return json;
    json[u"terms_from"_s] = answer.termsFrom.toString();
    if (!toPlay || !isLive)
        return json;
    QJsonObject playback {{u"hls"_s, mediaPath(*publication, publication->master)}};
    if (!publication->poster.isEmpty())
        playback[u"poster"_s] = mediaPath(*publication, publication->poster);
    json[u"playback"_s] = playback;
    return json;
}

/// The rules around some titles, for the reason of an answer: what the compiled form does not hold.
Result<rights::Resolver> rulesAround(Backend& backend, const std::vector<TitleId>& titles)
{
    std::optional<rights::Resolver> resolver;
    auto loaded = backend.onDatabase([&]() -> Result<void> {
        QStringList named, above;
        for (const TitleId& title : titles) {
            const auto wholes = wholesAbove(backend.connection, title.toString());
            if (!wholes)
                return wholes.error();
            named.append(title.toString());
            above += *wholes;
        }
        const auto below = partsBelow(backend.connection, named);
        if (!below)
            return below.error();
        QStringList around = *below + above;
        around.removeDuplicates();
        const auto rules = loadRulesOf(backend, around);
        if (!rules)
            return rules.error();
        resolver.emplace(*rules);
        return {};
    });
    if (!loaded)
        return std::move(loaded).error();
    return std::move(*resolver);
}

struct Answers {
    std::vector<rights::Answer> all;
    qint64 version = 0; ///< that gave them: a delta may come between an answer and the view's own number
};

/// Answers from the compiled form; those that say no get their reasons from the rules.
Result<Answers> answersFor(
    Backend& backend, const RightsView& view, rights::Query query, const std::vector<TitleId>& titles)
{
    Answers given {.all = {}, .version = view.answeredVersion()};
    std::vector<rights::Answer>& answers = given.all;
    std::vector<TitleId> refused;
    if (query.question != rights::Question::Playable) { // seldom asked: the compiled form holds one question
        const auto resolver = rulesAround(backend, titles);
        if (!resolver)
            return resolver.error();
        for (const TitleId& title : titles) {
            query.title = title;
            answers.push_back(resolver->resolve(query));
        }
        return given;
    }
    {
        const CompiledAvailability::State state = view.state();
        given.version = view.pinned ? view.pinnedVersion : static_cast<qint64>(vav_version(state.get()));
        for (const TitleId& title : titles) {
            query.title = title;
            answers.push_back(state.answer(query));
            if (answers.back().available)
                continue;
            if (state.knows(title))
                refused.push_back(title);
            else
                answers.back().reason = rights::Reason::UnknownTitle;
        }
    }
    if (refused.empty())
        return given;
    const auto resolver = rulesAround(backend, refused);
    if (!resolver)
        return resolver.error();
    for (std::size_t i = 0; i < titles.size(); ++i) {
        if (answers[i].available || answers[i].reason != rights::Reason::None)
            continue;
        query.title = titles[i];
        answers[i].reason = resolver->resolve(query).reason;
    }
    return given;
}

Result<ApiResponse> ask(Backend& backend, const RightsView& view, const ApiRequest& request)
{
    auto query = cellOf(request, backend.clock.now());
    if (!query)
        return std::move(query).error();
    const auto publications = backend.live.publications();
    const bool isPlayable = query->question == rights::Question::Playable;
    if (!isPlayable && !request.queryValue("title"_L1))
        return Error {ErrorCode::Invalid, u"this question needs title"_s, "bad_field"};
    if (const auto title = request.queryValue("title"_L1)) {
        query->title = TitleId(*title);
        const auto publication = publications->byTitle.value(query->title);
        const auto answers = answersFor(backend, view, *query, {query->title});
        if (!answers)
            return answers.error();
        return open(jsonResponse(200, answerJson(*query, answers->all.front(), publication.get(), answers->version)));
    }
    std::vector<TitleId> titles;
    QJsonArray items;
    bool isCut = false;
    for (const auto& publication : publications->byTitle) {
        if (std::ssize(titles) == kMaxListed) {
            isCut = true;
            break;
        }
        titles.push_back(publication->title);
    }
    const auto answers = answersFor(backend, view, *query, titles);
    if (!answers)
        return answers.error();
    for (std::size_t i = 0; i < titles.size(); ++i) {
        query->title = titles[i];
        items.append(
            answerJson(*query, answers->all[i], publications->byTitle.value(titles[i]).get(), answers->version));
    }
    return open(jsonResponse(200,
        {{u"items"_s, items}, {u"truncated"_s, isCut}, {u"at"_s, toRfc3339(query->at)},
            {u"snapshot"_s, QJsonObject {{u"version"_s, answers->version}}}}));
}

Result<ApiResponse> explainOne(Backend& backend, const RightsView& view, const ApiRequest& request)
{
    auto query = cellOf(request, backend.clock.now());
    if (!query)
        return std::move(query).error();
    const auto title = queryText(request, "title"_L1);
    if (!title)
        return title.error();
    query->title = TitleId(*title);
    const auto resolver = rulesAround(backend, {query->title});
    if (!resolver)
        return resolver.error();
    const rights::Explanation explanation = rights::explain(*resolver, *query);
    const auto publication = backend.live.publications()->byTitle.value(query->title);
    QJsonObject json = rights::toJson(explanation);
    const QJsonObject answer = answerJson(*query, explanation.answer, publication.get(), view.answeredVersion());
    json[u"rights_available"_s] = explanation.answer.available;
    for (auto member = answer.begin(); member != answer.end(); ++member)
        json[member.key()] = member.value();
    return jsonResponse(200, json);
}

/// What a visitor may choose from.
Result<ApiResponse> cells(Backend&, const RightsView& view, const ApiRequest&)
{
    return open(jsonResponse(200,
        {{u"countries"_s, QJsonArray::fromStringList(view.countries)},
            {u"sites"_s, QJsonArray::fromStringList(view.sites)},
            {u"offers"_s, QJsonArray::fromStringList(view.offers)}}));
}

using Question = Result<ApiResponse> (*)(Backend&, const RightsView&, const ApiRequest&);

/// Questions are answered on the files pool from the picture in memory. Only after a change of rights does the first
/// one wait for the database's thread to compile a new picture.
Handler asking(Backend& backend, Question question)
{
    return Backend::reading([&backend, question](const ApiRequest& request) -> Result<ApiResponse> {
        std::shared_ptr<const RightsView> view = backend.live.rights();
        if (!view || backend.live.isStale()) {
            auto renewed = backend.onDatabase([&backend, &view]() -> Result<void> {
                auto fresh = backend.freshRights();
                if (!fresh)
                    return std::move(fresh).error();
                view = *fresh;
                return {};
            });
            if (!renewed)
                return std::move(renewed).error();
        }
        return question(backend, *view, request);
    });
}

} // namespace

void addAvailabilityRoutes(Router& router, Backend& backend)
{
    router.add({.method = "GET",
        .pattern = "/v1/availability",
        .scope = {},
        .place = Place::Files,
        .handler = asking(backend, ask)});
    router.add({.method = "GET",
        .pattern = "/v1/availability:explain",
        .scope = u"availability:read"_s,
        .place = Place::Files,
        .handler = asking(backend, explainOne)});
    router.add({.method = "GET",
        .pattern = "/v1/cells",
        .scope = {},
        .place = Place::Files,
        .handler = asking(backend, cells)});
}

} // namespace vidimus::catalog_server
