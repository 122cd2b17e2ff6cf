#include "core/base/durable_file.h"
#include "core/moderation/policy.h"
#include "core/workbench/decide.h"
#include "core/workbench/ingest.h"
#include "core/workbench/review.h"
#include "core/workbench/verb_table.h"
#include "core/workbench/workspace.h"

#include <QFileInfo>
#include <QJsonArray>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

QJsonObject toJson(const QueueItem& item)
{
    return {{u"asset"_s, item.asset.toString()}, {u"title"_s, item.title.toString()}, {u"name"_s, item.name},
        {u"duration"_s, item.duration}, {u"ingested"_s, toRfc3339(item.ingestedAt)},
        {u"checks"_s, QString::fromLatin1(item.checkVerdict)}, {u"findings"_s, item.findingCount},
        {u"verdict"_s, QString::fromLatin1(item.verdict)}, {u"unreadable"_s, item.unreadable},
        {u"model_score"_s, item.modelScore ? QJsonValue(*item.modelScore) : QJsonValue(QJsonValue::Null)}};
}

void appendReasons(const std::vector<moderation::Reason>& reasons, QJsonArray& out)
{
    for (const moderation::Reason& reason : reasons) {
        out.append(QJsonObject {{u"id"_s, reason.id}, {u"digit"_s, reason.digit}, {u"title"_s, reason.title},
            {u"section"_s, reason.section}});
        appendReasons(reason.children, out);
    }
}

} // namespace

Result<VerbReply> runIngest(const VerbContext& context)
{
    QJsonArray assets;
    for (const QString& path : context.request.operands) {
        const auto asset = ingestFile(*context.workspace, path, context.cancel,
            progressNotes(context.notes, u"Copying %1"_s.arg(QFileInfo(path).fileName())));
        if (!asset) {
            // What went before stays: each file is taken whole or not at all.
            Error error = asset.error();
            if (const QString name = QFileInfo(path).fileName(); !error.detail.contains(name))
                error.detail = u"%1: %2"_s.arg(name, error.detail);
            VerbReply reply = failedReply(context.request.verb, error);
            reply.json.insert(u"assets"_s, assets);
            return reply;
        }
        assets.append(toJson(*asset, path));
    }
    return VerbReply {ExitCode::Done, {{u"assets"_s, assets}}};
}

Result<VerbReply> runQueue(const VerbContext& context)
{
    const QString what = context.request.operands.value(0, u"list"_s);
    if (what != u"list")
        return Error {ErrorCode::Invalid, u"\"queue\" knows \"list\""_s, "usage"};
    constexpr std::size_t kMaxListed = 1000;
    const QString order = context.request.options.value(u"order"_s, u"age"_s);
    if (order != u"age" && order != u"score")
        return Error {ErrorCode::Invalid, u"--order is age or score"_s, "usage"};
    const auto ids = queueIds(
        *context.workspace, QueueFilter::Waiting, {}, order == u"score" ? QueueOrder::ModelScore : QueueOrder::Age);
    if (!ids)
        return ids.error();
    const auto rows = queueItems(*context.workspace, std::span(*ids).first(std::min(ids->size(), kMaxListed)));
    if (!rows)
        return rows.error();
    QJsonArray items;
    for (const QueueItem& item : *rows)
        items.append(toJson(item));
    return VerbReply {ExitCode::Done, {{u"items"_s, items}, {u"total"_s, static_cast<qint64>(ids->size())}}};
}

Result<VerbReply> runDecide(const VerbContext& context)
{
    const VerbRequest& request = context.request;
    const auto verdict = moderation::verdictFromName(request.operands.at(1));
    if (!verdict) {
        return Error {ErrorCode::Invalid,
            u"\"%1\" is no verdict; there are pass, reject, escalate, duplicate and clear"_s.arg(
                request.operands.at(1)),
            "unknown_verdict"};
    }
    const auto from = mediaTimeOption(request, u"from"_s);
    const auto to = mediaTimeOption(request, u"to"_s);
    if (!from || !to)
        return from ? to.error() : from.error();
    const auto outcome = decide(*context.workspace,
        {.asset = AssetId(request.operands.first()),
            .verdict = *verdict,
            .reason = request.options.value(u"reason"_s),
            .note = request.options.value(u"note"_s),
            .from = *from,
            .to = *to,
            .duplicateOf = AssetId(request.options.value(u"of"_s))});
    if (!outcome)
        return outcome.error();
    const bool draft = outcome->decision.state == moderation::DecisionState::Draft;
    return VerbReply {draft ? ExitCode::Conflict : ExitCode::Done,
        {{u"decision"_s, moderation::toJson(outcome->decision)}, {u"already_stood"_s, outcome->alreadyStood},
            {u"leaves_at"_s, toRfc3339(outcome->leavesAt)}}};
}

Result<VerbReply> runPolicy(const VerbContext& context)
{
    const QStringList& operands = context.request.operands;
    constexpr qint64 kMaxPolicyBytes = 1 << 20;
    Result<moderation::Policy> policy = moderation::defaultPolicy();
    if (operands.first() == u"check" && operands.size() == 2) {
        const auto bytes = readFile(operands.at(1), kMaxPolicyBytes);
        if (!bytes)
            return bytes.error();
        policy = moderation::loadPolicy(*bytes);
    } else if (operands.first() != u"list" || operands.size() != 1) {
        return Error {ErrorCode::Invalid, u"\"policy\" knows \"list\" and \"check FILE\""_s, "usage"};
    }
    if (!policy)
        return policy.error();
    QJsonArray reasons;
    appendReasons(policy->reasons, reasons);
    return VerbReply {
        ExitCode::Done, {{u"id"_s, policy->id}, {u"version"_s, policy->version}, {u"reasons"_s, reasons}}};
}

} // namespace vidimus::workbench
