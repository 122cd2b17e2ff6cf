#include "core/workbench/sync_effects.h"

#include "core/catalog/catalog_types.h"
#include "core/store/workspace_store.h"
#include "core/workbench/events.h"
#include "core/workbench/publication_body.h"
#include "core/workbench/workspace.h"

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

using Kind = catalog::SendOutcome::Kind;

QString pathOf(const QByteArray& url, const QByteArray& baseUrl)
{
    return QString::fromUtf8(url.startsWith(baseUrl) ? url.mid(baseUrl.size()) : url);
}

Result<void> settlePublication(store::UnitOfWork& unit, const catalog::Operation& operation,
    const catalog::SendOutcome& outcome, const QByteArray& baseUrl)
{
    auto publication = unit.publications.find(operation.title, kDefaultSite);
    if (!publication)
        return std::move(publication).error();
    // A title that was published anew while the word about the publication before was on its way.
    if (!*publication || (*publication)->id.toString() != operation.payload.value("id"_L1).toString())
        return {};
    store::Publication& row = **publication;
    PublicationBody body = publicationBodyFromJson(row.body);
    const bool isDone = outcome.kind == Kind::Done;
    const auto event = !isDone                               ? publishing::PublicationEvent::Fail
        : operation.kind == catalog::OperationKind::Withdraw ? publishing::PublicationEvent::Withdraw
                                                             : publishing::PublicationEvent::Announce;
    const auto state = publishing::advance(row.state, event);
    if (!state)
        return {}; // a later step overtook it
    row.state = *state;
    body.sent = unit.now();
    if (isDone && operation.kind == catalog::OperationKind::Publish) {
        body.accepted = unit.now();
        const auto record = catalog::publicationRecordFromJson(outcome.body, baseUrl);
        if (!record)
            return record.error();
        body.pagePath = pathOf(record->liveUrl, baseUrl);
        body.masterPath = pathOf(record->masterUrl, baseUrl);
    }
    body.lastError = isDone ? QString() : outcome.error.detail;
    row.body = toJson(body);
    row.changedAt = unit.now();
    return unit.publications.put(row);
}

} // namespace

Result<void> applySyncEffect(Workspace& workspace, const catalog::Operation& operation,
    const catalog::SendOutcome& outcome, const QByteArray& baseUrl)
{
    if (outcome.kind != Kind::Done && outcome.kind != Kind::Conflict && outcome.kind != Kind::NeedsPerson)
        return {};
    // What it means for a decision the outbox has stored itself, in the transaction that marked the operation.
    const bool isPublication
        = operation.kind == catalog::OperationKind::Publish || operation.kind == catalog::OperationKind::Withdraw;
    if (operation.kind == catalog::OperationKind::AppendDecision)
        Q_EMIT workspace.events().decisionsChanged();
    if (!isPublication)
        return {};
    const auto settled = workspace.store().write(
        [&](store::UnitOfWork& unit) { return settlePublication(unit, operation, outcome, baseUrl); });
    if (settled)
        Q_EMIT workspace.events().publicationChanged(operation.title);
    return settled;
}

} // namespace vidimus::workbench
