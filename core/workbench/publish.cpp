#include "core/workbench/publish.h"

#include "core/catalog/operation_payload.h"
#include "core/moderation/role.h"
#include "core/rights/conflicts.h"
#include "core/store/workspace_store.h"
#include "core/workbench/catalog_link.h"
#include "core/workbench/events.h"
#include "core/workbench/original_check.h"
#include "core/workbench/permission.h"
#include "core/workbench/publication_body.h"
#include "core/workbench/publishing_facts.h"
#include "core/workbench/rules_cache.h"
#include "core/workbench/workspace.h"

#include <QJsonArray>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

/// Where the catalog answers now. The embedded one takes another port each time it starts, so only paths are stored.
QString catalogAddress(Workspace& workspace)
{
    const auto client = workspace.catalog().client();
    return client ? QString::fromUtf8((*client)->address().url) : QString();
}

TitleOnBoard boardOf(
    const TitleFacts& facts, const std::optional<store::Publication>& publication, const QString& address)
{
    TitleOnBoard board {.title = facts.title,
        .name = facts.facts.titleName,
        .kind = facts.kind,
        .asset = facts.asset,
        .versions = facts.versions,
        .gates = publishing::evaluateGates(facts.facts)};
    if (publication) {
        const PublicationBody body = publicationBodyFromJson(publication->body);
        board.state = publication->state;
        board.steps = {body.stored, body.sent, body.accepted, body.seenLive};
        const bool isOut = publication->state == publishing::PublicationState::Announced
            || publication->state == publishing::PublicationState::Live;
        if (isOut && !address.isEmpty()) {
            board.liveUrl = address + body.masterPath;
            board.pageUrl = address + body.pagePath;
            // A visitor's page opens where the title may be watched now.
            if (!facts.facts.countriesNow.isEmpty())
                board.pageUrl += u"&country="_s + facts.facts.countriesNow.first();
        }
    }
    return board;
}

Error gatesBlock(const std::vector<publishing::Gate>& gates)
{
    QStringList blocking;
    for (const publishing::Gate& gate : gates) {
        if (gate.state == publishing::GateState::Blocks)
            blocking.append(QString::fromLatin1(gate.why));
    }
    return Error {ErrorCode::Conflict, u"blocked: %1"_s.arg(blocking.join(u", "_s)), "gates"};
}

void tell(Workspace& workspace, const TitleId& title)
{
    Q_EMIT workspace.events().saved();
    Q_EMIT workspace.events().publicationChanged(title);
    Q_EMIT workspace.events().outboxChanged();
    workspace.catalog().poke();
}

Result<void> storePublication(
    store::UnitOfWork& unit, const store::Publication& row, const QString& actor, const QString& action)
{
    if (auto put = unit.publications.put(row); !put)
        return put;
    return unit.audit.append(actor, action, u"title:"_s + row.title.toString(), QJsonValue::Null,
        QJsonObject {{u"publication"_s, row.id.toString()},
            {u"state"_s, QLatin1StringView(publishing::publicationStateName(row.state))}, {u"body"_s, row.body}});
}

} // namespace

Result<BoardPage> publishBoard(Workspace& workspace, Instant at, const TitleId& after, int limit)
{
    const auto rules = workspace.rules().view(workspace);
    if (!rules)
        return rules.error();
    const QString address = workspace.catalog().state().address;
    return workspace.store().read([&](const store::UnitOfWork& unit) -> Result<BoardPage> {
        BoardPage page;
        const std::vector<rights::Title>& titles = (*rules)->rules.titles;
        for (std::size_t place = (*rules)->placeAfter(after); place < titles.size(); ++place) {
            const rights::Title& title = titles[place];
            if (rights::isContainer(title.kind))
                continue;
            if (std::ssize(page.titles) == limit) {
                page.next = page.titles.back().title;
                break;
            }
            const auto facts = titleFacts(unit, **rules, title.id, at);
            const auto publication = unit.publications.find(title.id, kDefaultSite);
            if (!facts || !publication)
                return facts ? publication.error() : facts.error();
            page.titles.push_back(boardOf(*facts, *publication, address));
        }
        return page;
    });
}

Result<TitleOnBoard> titleOnBoard(Workspace& workspace, const TitleId& title, Instant at)
{
    const auto rules = workspace.rules().view(workspace);
    if (!rules)
        return rules.error();
    const auto known = workspace.store().read(
        [&](const store::UnitOfWork& unit) { return unit.publications.find(title, kDefaultSite); });
    if (!known)
        return known.error();
    const QString address = *known ? catalogAddress(workspace) : QString();
    return workspace.store().read([&](const store::UnitOfWork& unit) -> Result<TitleOnBoard> {
        const auto facts = titleFacts(unit, **rules, title, at);
        const auto publication = unit.publications.find(title, kDefaultSite);
        if (!facts || !publication)
            return facts ? publication.error() : facts.error();
        return boardOf(*facts, *publication, address);
    });
}

namespace {

/// The bytes that were reviewed are the bytes that are there: no publication of what has rotted since (R26).
Result<void> checkBytes(Workspace& workspace, const RulesView& rules, const TitleId& title, Instant at)
{
    const auto facts
        = workspace.store().read([&](const store::UnitOfWork& unit) { return titleFacts(unit, rules, title, at); });
    if (!facts)
        return facts.error();
    if (!publishing::mayPublish(publishing::evaluateGates(facts->facts)))
        return {}; // the gates say what is missing
    return verifyOriginal(workspace, facts->facts.assetSha256);
}

} // namespace

Result<TitleOnBoard> publishTitle(Workspace& workspace, const TitleId& title, Instant at)
{
    if (auto allowed
        = requirePermission(workspace, publishAction(workspace.profile().kind), u"title:"_s + title.toString());
        !allowed)
        return std::move(allowed).error();
    const auto rules = workspace.rules().view(workspace);
    if (!rules)
        return rules.error();
    if (auto sound = checkBytes(workspace, **rules, title, at); !sound)
        return std::move(sound).error();
    const auto stored = workspace.store().write([&](store::UnitOfWork& unit) -> Result<void> {
        const auto facts = titleFacts(unit, **rules, title, at);
        auto standing = unit.publications.find(title, kDefaultSite);
        if (!facts || !standing)
            return facts ? standing.error() : facts.error();
        const auto gates = publishing::evaluateGates(facts->facts);
        if (!publishing::mayPublish(gates))
            return gatesBlock(gates);
        const PublicationBody before = *standing ? publicationBodyFromJson((*standing)->body) : PublicationBody {};
        const bool isOut = *standing
            && ((*standing)->state == publishing::PublicationState::Live
                || (*standing)->state == publishing::PublicationState::Announced
                || (*standing)->state == publishing::PublicationState::Planned);
        if (isOut && before.package == facts->package)
            return {}; // published already, or on its way: nothing to repeat
        store::Publication row {.id = newId<PublicationId>(),
            .title = title,
            .site = kDefaultSite,
            .state = publishing::PublicationState::Planned,
            .body = toJson(
                PublicationBody {.asset = facts->asset.toString(), .package = facts->package, .stored = unit.now()}),
            .changedAt = unit.now()};
        const catalog::Publish operation {
            .id = row.id, .title = title, .asset = facts->asset, .packageId = facts->package, .liveFrom = std::nullopt};
        if (auto added = unit.outbox.add(catalog::makeOperation(operation, unit.now()), row.id.toString()); !added)
            return added;
        return storePublication(unit, row, workspace.me().id.toString(), u"publish"_s);
    });
    if (!stored)
        return stored.error();
    tell(workspace, title);
    return titleOnBoard(workspace, title, at);
}

Result<TitleOnBoard> withdrawTitle(Workspace& workspace, const TitleId& title, const QString& reason)
{
    if (auto allowed = requirePermission(workspace, moderation::Action::Withdraw, u"title:"_s + title.toString());
        !allowed)
        return std::move(allowed).error();
    const auto stored = workspace.store().write([&](store::UnitOfWork& unit) -> Result<void> {
        auto standing = unit.publications.find(title, kDefaultSite);
        if (!standing)
            return std::move(standing).error();
        if (!*standing || (*standing)->state == publishing::PublicationState::Withdrawn)
            return Error {ErrorCode::NotFound, u"the title is not published"_s, "not_published"};
        store::Publication row = **standing;
        row.state = publishing::PublicationState::Withdrawn;
        row.changedAt = unit.now();
        const catalog::Withdraw operation {.id = row.id, .title = title, .reason = reason};
        if (auto added = unit.outbox.add(catalog::makeOperation(operation, unit.now())); !added)
            return added;
        return storePublication(unit, row, workspace.me().id.toString(), u"withdraw"_s);
    });
    if (!stored)
        return stored.error();
    tell(workspace, title);
    return titleOnBoard(workspace, title, workspace.clock().now());
}

Result<TitleOnBoard> verifyLive(Workspace& workspace, const TitleId& title)
{
    constexpr qint64 kMaxPlaylistBytes = 1 << 20;
    const auto row = workspace.store().read(
        [&](const store::UnitOfWork& unit) { return unit.publications.find(title, kDefaultSite); });
    if (!row)
        return row.error();
    const PublicationBody body = *row ? publicationBodyFromJson((*row)->body) : PublicationBody {};
    if (body.masterPath.isEmpty())
        return Error {ErrorCode::Conflict, u"the catalog has not accepted it yet"_s, "not_accepted"};
    const auto client = workspace.catalog().client();
    if (!client)
        return client.error();
    const auto response = (*client)->fetch(body.masterPath.toUtf8(), kMaxPlaylistBytes);
    if (!response)
        return response.error();
    if (response->status != 200 || !response->body.startsWith("#EXTM3U"))
        return Error {ErrorCode::Conflict, u"the live address answered %1"_s.arg(response->status), "not_live"};
    const auto stored = workspace.store().write([&](store::UnitOfWork& unit) -> Result<void> {
        auto standing = unit.publications.find(title, kDefaultSite);
        if (!standing || !*standing)
            return standing ? Result<void>() : Result<void>(standing.error());
        const auto state = publishing::advance((*standing)->state, publishing::PublicationEvent::SeeLive);
        if (!state)
            return state.error();
        PublicationBody seen = publicationBodyFromJson((*standing)->body);
        seen.seenLive = unit.now();
        (*standing)->state = *state;
        (*standing)->body = toJson(seen);
        (*standing)->changedAt = unit.now();
        return unit.publications.put(**standing);
    });
    if (!stored)
        return stored.error();
    Q_EMIT workspace.events().publicationChanged(title);
    return titleOnBoard(workspace, title, workspace.clock().now());
}

} // namespace vidimus::workbench
