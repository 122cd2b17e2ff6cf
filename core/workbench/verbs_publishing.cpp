#include "core/catalog/outbox_store.h"
#include "core/moderation/decision_rules.h"
#include "core/workbench/catalog_link.h"
#include "core/workbench/outbox_desk.h"
#include "core/workbench/publish.h"
#include "core/workbench/verb_table.h"
#include "core/workbench/workspace.h"

#include <QJsonArray>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

QJsonObject toJson(const TitleOnBoard& board)
{
    return {{u"title"_s, board.title.toString()}, {u"gates"_s, publishing::toJson(board.gates)},
        {u"state"_s, board.state ? QLatin1StringView(publishing::publicationStateName(*board.state)) : "none"_L1},
        {u"live_url"_s, board.liveUrl}, {u"page_url"_s, board.pageUrl}};
}

/// The same, with how the catalog of the workspace is served when nothing is open on it: it leaves with its last
/// client.
QJsonObject boardJson(Workspace& workspace, const TitleOnBoard& board)
{
    QJsonObject json = toJson(board);
    if (!board.liveUrl.isEmpty() && workspace.profile().kind == CatalogKind::Local)
        json.insert(u"serve_with"_s, u"vidimus-catalogd --data \"%1\""_s.arg(workspace.paths().catalogData()));
    return json;
}

/// A decision may be taken back for ten seconds; only then does it leave, and what must follow it. A command waits for
/// that, as a person at the window would.
constexpr Milliseconds kPatience = moderation::kUndoWindow + Milliseconds {5000};

bool isBlocked(const Error& error)
{
    return error.code == ErrorCode::Conflict && error.reason == "gates";
}

/// Those that wait for a person.
QJsonArray conflictsAmong(const std::vector<catalog::Operation>& operations)
{
    QJsonArray conflicts;
    for (const catalog::Operation& operation : operations) {
        if (operation.state == catalog::OperationState::Conflict
            || operation.state == catalog::OperationState::NeedsPerson)
            conflicts.append(catalog::toJson(operation));
    }
    return conflicts;
}

/// Whether something about the title has not reached the catalog yet.
Result<bool> workspaceHolds(Workspace& workspace, const TitleId& title)
{
    const auto operations = outboxOperations(workspace);
    if (!operations)
        return operations.error();
    return std::ranges::any_of(
        *operations, [&title](const catalog::Operation& operation) { return operation.title == title; });
}

} // namespace

Result<VerbReply> runPublish(const VerbContext& context)
{
    Workspace& workspace = *context.workspace;
    const TitleId title(context.request.operands.first());
    const auto at = instantOption(context.request, u"at"_s, workspace.clock().now());
    if (!at)
        return at.error();
    const auto published = publishTitle(workspace, title, *at);
    if (!published && isBlocked(published.error())) {
        const auto board = titleOnBoard(workspace, title, *at);
        if (!board)
            return board.error();
        return VerbReply {ExitCode::AnswerIsNo, toJson(*board)};
    }
    if (!published)
        return published.error();
    // It is in the outbox now, whatever the catalog says, and leaves when that can be reached.
    const auto report = workspace.catalog().sync(context.cancel, kPatience);
    if (!report && report.error().code == ErrorCode::Canceled)
        return report.error();
    const auto seen = report ? verifyLive(workspace, title) : titleOnBoard(workspace, title, *at);
    const auto board = seen ? seen : titleOnBoard(workspace, title, *at);
    if (!board)
        return board.error();
    const bool isLive = board->state == publishing::PublicationState::Live;
    QJsonObject json = boardJson(workspace, *board);
    if (!report)
        json.insert(u"waits_for"_s, report.error().detail);
    return VerbReply {isLive ? ExitCode::Done : ExitCode::QueuedOffline, json};
}

Result<VerbReply> runWithdraw(const VerbContext& context)
{
    const auto board = withdrawTitle(
        *context.workspace, TitleId(context.request.operands.first()), context.request.options.value(u"reason"_s));
    if (!board)
        return board.error();
    const auto report = context.workspace->catalog().sync(context.cancel, kPatience);
    const auto waits = workspaceHolds(*context.workspace, board->title);
    if (!waits)
        return waits.error();
    return VerbReply {report && !*waits ? ExitCode::Done : ExitCode::QueuedOffline, toJson(*board)};
}

Result<VerbReply> runPublication(const VerbContext& context)
{
    const auto board
        = titleOnBoard(*context.workspace, TitleId(context.request.operands.first()), context.workspace->clock().now());
    if (!board)
        return board.error();
    return VerbReply {ExitCode::Done, boardJson(*context.workspace, *board)};
}

Result<VerbReply> runSync(const VerbContext& context)
{
    const auto report = context.workspace->catalog().sync(context.cancel);
    if (!report)
        return report.error();
    if (report->signInNeeded)
        return report->lastError;
    const auto operations = outboxOperations(*context.workspace);
    if (!operations)
        return operations.error();
    const QJsonArray conflicts = conflictsAmong(*operations);
    const bool offline = report->sent == 0 && report->retried > 0;
    const ExitCode code = offline ? ExitCode::QueuedOffline : conflicts.isEmpty() ? ExitCode::Done : ExitCode::Conflict;
    return VerbReply {code,
        {{u"sent"_s, report->sent}, {u"waiting"_s, static_cast<qint64>(operations->size())},
            {u"conflicts"_s, conflicts}}};
}

Result<VerbReply> runOutbox(const VerbContext& context)
{
    const QStringList& operands = context.request.operands;
    const QString what = operands.value(0, u"list"_s);
    const OperationId id(operands.value(1));
    if ((what == u"retry" || what == u"drop") && !id.isEmpty()) {
        const auto changed
            = what == u"retry" ? retryOperation(*context.workspace, id) : dropOperation(*context.workspace, id);
        if (!changed)
            return changed.error();
    } else if (what != u"list") {
        return Error {ErrorCode::Invalid, u"\"outbox\" knows \"list\", \"retry ID\" and \"drop ID\""_s, "usage"};
    }
    const auto operations = outboxOperations(*context.workspace);
    if (!operations)
        return operations.error();
    QJsonArray list;
    for (const catalog::Operation& operation : *operations)
        list.append(catalog::toJson(operation));
    return VerbReply {ExitCode::Done,
        {{u"operations"_s, list}, {u"sent"_s, 0}, {u"waiting"_s, static_cast<qint64>(operations->size())},
            {u"conflicts"_s, conflictsAmong(*operations)}}};
}

} // namespace vidimus::workbench
