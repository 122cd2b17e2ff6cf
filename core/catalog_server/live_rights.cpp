#include "core/catalog_server/backend.h"
#include "core/catalog_server/live_loading_p.h"
#include "core/rights/territory.h"

#include <QJsonArray>

namespace vidimus::catalog_server {

using namespace Qt::StringLiterals;

namespace {

/// Beyond this many titles reading them one by one is no quicker than reading all in a row.
constexpr qsizetype kMostFollowed = 20'000;

QStringList textsOf(const QJsonValue& value)
{
    QStringList texts;
    for (const QJsonValue& element : value.toArray())
        texts.append(element.toString());
    return texts;
}

/// What a visitor may pick: every assigned country, and none that no rule could reach would help nobody.
QStringList countriesToPick()
{
    QStringList countries;
    for (int i = 0; i < rights::kCountryCodes; ++i) {
        if (rights::isAssignedCountry(i) && i != rights::kUnresolvedCountry)
            countries.append(QString(QChar(u'A' + i / 26)) + QChar(u'A' + i % 26));
    }
    return countries;
}

/// What is stored now, around something that was compiled of it.
Result<std::shared_ptr<RightsView>> viewOf(Backend& backend, std::shared_ptr<CompiledAvailability> compiled)
{
    const auto context = loadContext(backend);
    const auto version = backend.setting(u"rights_version"_s);
    const auto stamp = rightsStamp(backend.connection);
    if (!context || !version || !stamp)
        return !context ? context.error() : !version ? version.error() : stamp.error();
    auto view = std::make_shared<RightsView>();
    view->compiled = std::move(compiled);
    view->sites = textsOf(context->value("sites"_L1));
    view->offers = textsOf(context->value("offers"_L1));
    view->countries = countriesToPick();
    view->version = version->toLongLong();
    view->stamp = *stamp;
    return view;
}

/// The titles whose compiled content may be another, and the rules that it takes to compile them.
struct Part {
    QStringList titles;
    rights::RuleSet rules;
};

Result<std::optional<Part>> partOf(Backend& backend, const TouchedRights& touched)
{
    sql::Connection& connection = backend.connection;
    auto titles = partsBelow(connection, touched.titles);
    if (!titles)
        return std::move(titles).error();
    // A series that has another part now is compiled with the facts of all its parts, but with its own rules alone.
    const auto parts = partsBelow(connection, touched.wholes);
    if (!parts)
        return parts.error();
    Part part {.titles = *titles + touched.wholes, .rules = {}};
    part.titles.removeDuplicates();
    if (part.titles.size() > kMostFollowed)
        return std::optional<Part>();
    QStringList around = part.titles;
    for (const QString& title : touched.titles + touched.wholes) {
        const auto above = wholesAbove(connection, title);
        if (!above)
            return above.error();
        around += *above;
    }
    around.removeDuplicates();
    auto rules = loadRulesOf(backend, around, *parts);
    if (!rules)
        return std::move(rules).error();
    part.rules = *std::move(rules);
    return std::optional(std::move(part));
}

/// A new generation of the feed, where its deltas have become many.
Result<void> addCheckpoint(Backend& backend, const RightsView& view)
{
    if (!backend.feed->isSnapshotDue())
        return {};
    const auto snapshot = view.compiled->presentSnapshot();
    if (!snapshot)
        return snapshot.error();
    if (auto added = backend.feed->addSnapshot(*snapshot,
            {.state = view.compiled->stateId(), .version = view.version, .stamp = view.stamp}, backend.clock.now());
        !added)
        return added;
    backend.feed->dropOld(view.pinned ? std::optional(view.pinnedVersion) : std::nullopt);
    return {};
}

} // namespace

Result<std::shared_ptr<RightsView>> loadRights(Backend& backend)
{
    auto stamp = rightsStamp(backend.connection);
    if (stamp && stamp->isEmpty()) // rows from before there was a log
        stamp = logRightsChange(backend.connection, {});
    const auto context = loadContext(backend);
    const auto version = backend.setting(u"rights_version"_s);
    if (!stamp || !context || !version)
        return !stamp ? stamp.error() : !context ? context.error() : version.error();
    auto rules = loadStanding(backend, *context);
    if (!rules)
        return std::move(rules).error();
    auto compiled = CompiledAvailability::create(*rules, version->toLongLong(), backend.feedKey);
    if (!compiled)
        return std::move(compiled).error();
    auto view = viewOf(backend, *std::move(compiled));
    if (!view)
        return view;
    if (auto added = backend.feed->addSnapshot((*view)->compiled->snapshot(),
            {.state = (*view)->compiled->stateId(), .version = (*view)->version, .stamp = (*view)->stamp},
            backend.clock.now());
        !added)
        return std::move(added).error();
    return view;
}

Result<std::shared_ptr<RightsView>> followRights(Backend& backend, const RightsView& before)
{
    const std::shared_ptr<RightsView> none;
    const auto touched = touchedSince(backend.connection, before.stamp);
    const auto version = backend.setting(u"rights_version"_s);
    if (!touched || !version)
        return touched ? version.error() : touched.error();
    const auto published = backend.feed->newest();
    const bool goesOn = published && published->state == QString::fromLatin1(before.compiled->stateId().toHex());
    if (!*touched || (*touched)->all || !goesOn)
        return none;
    const auto part = partOf(backend, **touched);
    if (!part)
        return part.error();
    if (!*part)
        return none;
    const auto to = version->toLongLong();
    const auto delta = before.compiled->update((*part)->rules, (*part)->titles, to);
    auto compiled = before.compiled;
    if (!delta) {
        auto rebased = before.compiled->rebased((*part)->rules, (*part)->titles, to);
        if (!rebased)
            return std::move(rebased).error();
        compiled = *std::move(rebased);
    }
    auto view = viewOf(backend, compiled);
    if (!view)
        return view;
    (*view)->pinned = before.pinned;
    (*view)->pinnedVersion = before.pinnedVersion;
    const FeedState state {.state = compiled->stateId(), .version = to, .stamp = (*view)->stamp};
    auto added = delta ? backend.feed->addDelta(*delta, state, backend.clock.now())
                       : backend.feed->addSnapshot(compiled->snapshot(), state, backend.clock.now());
    if (added && delta)
        added = addCheckpoint(backend, **view);
    return added ? view : Result<std::shared_ptr<RightsView>>(std::move(added).error());
}

Result<std::shared_ptr<RightsView>> restoreRights(Backend& backend)
{
    const std::shared_ptr<RightsView> none;
    const auto newest = backend.feed->newest();
    if (!newest || newest->compiler != AvailabilityFeed::compiler())
        return none;
    const auto touched = touchedSince(backend.connection, newest->stamp);
    if (!touched)
        return touched.error();
    if (!*touched || (*touched)->all)
        return none;
    auto way = backend.feed->wayTo(newest->version);
    if (!way)
        return std::move(way).error();
    auto compiled = CompiledAvailability::restore(std::move(way->snapshot), std::move(way->deltas), backend.feedKey);
    if (!compiled)
        return std::move(compiled).error();
    if (QString::fromLatin1((*compiled)->stateId().toHex()) != newest->state)
        return Error {ErrorCode::Corrupt, u"the kept version is another than its list says"_s, "feed_damaged"};
    auto view = viewOf(backend, *std::move(compiled));
    if (!view)
        return view;
    const qint64 now = (*view)->version;
    (*view)->stamp = newest->stamp;
    (*view)->version = newest->version;
    if ((*touched)->isEmpty() && now == newest->version)
        return view;
    return followRights(backend, **view);
}

} // namespace vidimus::catalog_server
