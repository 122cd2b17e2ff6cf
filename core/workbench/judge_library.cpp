#include "core/workbench/judge_library.h"

#include "core/checks/judge.h"
#include "core/checks/measurements.h"
#include "core/checks/report.h"
#include "core/store/workspace_store.h"
#include "core/workbench/check_profiles.h"
#include "core/workbench/verb_table.h"
#include "core/workbench/workspace.h"

#include <QJsonArray>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

Result<LibraryJudgement> judgeLibrary(Workspace& workspace, const checks::Profile& profile, const CancelToken& cancel)
{
    return workspace.store().read([&](const store::UnitOfWork& unit) -> Result<LibraryJudgement> {
        const auto ids = unit.assets.ids({});
        if (!ids)
            return ids.error();
        LibraryJudgement judgement;
        for (const AssetId& id : *ids) {
            if (cancel.isCanceled())
                return Error {ErrorCode::Canceled, u"cancelled"_s, "canceled"};
            const auto asset = unit.assets.find(id);
            const auto reports = unit.reports.findAll(id);
            if (!asset || !reports)
                return asset ? reports.error() : asset.error();
            if (reports->empty())
                continue;
            const auto measurements = checks::measurementsFromJson(reports->front().measurements);
            if (!measurements)
                return Error {ErrorCode::Corrupt, measurements.error().detail, "stored_measurements"};
            ++judgement.judged;
            const QString after = checks::outcomeName(checks::verdict(checks::judge(*measurements, profile)));
            if (after != reports->front().verdict)
                judgement.changed.push_back({id, asset->originalName, reports->front().verdict, after});
        }
        return judgement;
    });
}

Result<VerbReply> runChecksJudge(const VerbContext& context)
{
    const auto profile = loadCheckProfile(context.request.options.value(u"checks"_s));
    if (!profile)
        return profile.error();
    const auto judgement = judgeLibrary(*context.workspace, *profile, context.cancel);
    if (!judgement)
        return judgement.error();
    QJsonArray changed;
    for (const ChangedVerdict& verdict : judgement->changed) {
        changed.append(QJsonObject {{u"asset"_s, verdict.asset.toString()}, {u"name"_s, verdict.name},
            {u"before"_s, verdict.before}, {u"after"_s, verdict.after}});
    }
    return VerbReply {
        ExitCode::Done, {{u"profile"_s, profile->id}, {u"judged"_s, judgement->judged}, {u"changed"_s, changed}}};
}

} // namespace vidimus::workbench
