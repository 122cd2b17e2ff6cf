#include "core/workbench/upkeep.h"
#include "core/workbench/verb_table.h"
#include "core/workbench/workspace.h"
#include "core/worker/worker_pool.h"

#include <QElapsedTimer>
#include <QJsonArray>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

Result<VerbReply> runDoctor(const VerbContext& context)
{
    QJsonArray parts;
    bool whole = true;
    for (const Part& part : doctor(context.workspace, context.workers)) {
        whole = whole && part.state != u"missing";
        parts.append(QJsonObject {{u"name"_s, part.name}, {u"state"_s, part.state}, {u"version"_s, part.version},
            {u"detail"_s, part.detail}});
    }
    ExitCode code = whole ? ExitCode::Done : ExitCode::MissingPart;
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
