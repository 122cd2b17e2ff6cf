#include "core/store/workspace_store.h"
#include "core/workbench/scrub.h"
#include "core/workbench/upkeep.h"
#include "core/workbench/verb_table.h"
#include "core/workbench/workspace.h"
#include "core/worker/worker_pool.h"

#include <QElapsedTimer>
#include <QJsonArray>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kScrubSlice = 16 << 20; // bytes; so soon an interrupt is heard
constexpr int kMaxDamaged = 1000;

/// Reads every original back; one part for each that is damaged.
Result<QJsonArray> scrubNow(const VerbContext& context)
{
    if (!context.workspace)
        return Error {ErrorCode::NotFound, u"there is no workspace whose originals could be read"_s, "no_workspace"};
    Scrubber scrubber(*context.workspace, Scrubber::Scope::All, context.workspace->clock());
    const ProgressSink progress = progressNotes(context.notes, u"Reading the originals back"_s);
    for (bool isOver = false; !isOver;) {
        if (context.cancel.isCanceled())
            return Error {ErrorCode::Canceled,
                u"stopped after %1 of %2 bytes; what was read is kept, and the next \"doctor --scrub\" goes on from there"_s
                    .arg(scrubber.bytesDone())
                    .arg(scrubber.bytesInAll()),
                "scrub_stopped"};
        const auto slice = scrubber.readOn(kScrubSlice);
        if (!slice)
            return slice.error();
        progress({static_cast<double>(scrubber.bytesDone()), static_cast<double>(scrubber.bytesInAll())});
        isOver = slice->isOver;
    }
    const auto damaged = context.workspace->store().read(
        [](const store::UnitOfWork& unit) { return unit.scrubs.damaged(kMaxDamaged); });
    if (!damaged)
        return damaged.error();
    QJsonArray parts;
    for (const store::DamagedOriginal& one : *damaged) {
        parts.append(QJsonObject {{u"name"_s, u"original "_s + one.original.name}, {u"state"_s, u"failed"_s},
            {u"version"_s, QString()},
            {u"detail"_s,
                u"%1. It can be neither transcoded nor published; findings and decisions are kept. Ingest the same "
                u"file "
                "again or put it back from a backup, then run this again"_s.arg(one.error.detail)}});
    }
    return parts;
}

} // namespace

Result<VerbReply> runDoctor(const VerbContext& context)
{
    QJsonArray damaged;
    if (context.request.has(u"scrub"_s)) {
        auto scrubbed = scrubNow(context);
        if (!scrubbed)
            return std::move(scrubbed).error();
        damaged = *std::move(scrubbed);
    }
    QJsonArray parts;
    bool whole = true;
    for (const Part& part : doctor(context.workspace, context.workers)) {
        whole = whole && part.state != u"missing";
        parts.append(QJsonObject {{u"name"_s, part.name}, {u"state"_s, part.state}, {u"version"_s, part.version},
            {u"detail"_s, part.detail}});
    }
    for (const QJsonValue& part : damaged)
        parts.append(part);
    ExitCode code = !whole ? ExitCode::MissingPart : damaged.isEmpty() ? ExitCode::Done : ExitCode::AnswerIsNo;
    if (context.request.has(u"self-test"_s)) {
        const auto rows
            = context.workers.selfTest(context.cancel, progressNotes(context.notes, u"Proving the checks"_s));
        if (!rows)
            return rows.error();
        for (const checks::SelfTestRow& row : *rows) {
            parts.append(QJsonObject {{u"name"_s, u"check "_s + row.check},
                {u"state"_s, row.passed ? u"ok"_s : u"failed"_s}, {u"version"_s, QString()},
                {u"detail"_s, row.detail.isEmpty() ? row.vector : row.vector + u": "_s + row.detail}});
            if (!row.passed && whole)
                code = ExitCode::AnswerIsNo;
        }
    }
    return VerbReply {code, {{u"parts"_s, parts}}};
}

Result<VerbReply> runBackup(const VerbContext& context)
{
    QElapsedTimer timer;
    timer.start();
    const auto result = backupWorkspace(*context.workspace, context.request.operands.first(), context.cancel,
        progressNotes(context.notes, u"Copying the workspace"_s));
    if (!result)
        return result.error();
    return VerbReply {ExitCode::Done,
        {{u"path"_s, result->path}, {u"bytes"_s, result->bytes}, {u"sha256"_s, QString::fromLatin1(result->sha256)},
            {u"entries"_s, static_cast<qint64>(result->auditEntries)},
            {u"seconds"_s, static_cast<double>(timer.elapsed()) / 1000.0}}};
}

Result<VerbReply> runAuditVerify(const VerbContext& context)
{
    const auto report = context.request.operands.isEmpty() ? verifyAudit(*context.workspace)
                                                           : verifyAuditExport(context.request.operands.first());
    if (!report)
        return report.error();
    return VerbReply {report->isSound() ? ExitCode::Done : ExitCode::AnswerIsNo, audit::toJson(*report)};
}

Result<VerbReply> runAuditExport(const VerbContext& context)
{
    auto log = exportAudit(*context.workspace);
    if (!log)
        return log.error();
    return VerbReply {ExitCode::Done, *log};
}

} // namespace vidimus::workbench
