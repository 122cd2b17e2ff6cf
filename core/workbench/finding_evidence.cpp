#include "core/workbench/finding_evidence.h"

#include "core/store/workspace_store.h"
#include "core/workbench/workspace.h"

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

Result<std::optional<checks::Evidence>> findingEvidence(
    Workspace& workspace, const AssetId& asset, const checks::CheckResult& result, const checks::Finding& finding)
{
    // Read outside the transaction: what is unpacked may be large.
    auto stored = workspace.store().read([&](const store::UnitOfWork& unit) -> Result<QJsonObject> {
        const auto reports = unit.reports.findAll(asset);
        if (!reports)
            return reports.error();
        return reports->empty() ? QJsonObject() : reports->front().measurements;
    });
    if (!stored)
        return std::move(stored).error();
    if (stored->isEmpty())
        return std::optional<checks::Evidence>();
    const auto measurements = checks::measurementsFromJson(*stored);
    if (!measurements)
        return Error {ErrorCode::Corrupt, measurements.error().detail, "stored_measurements"};
    return checks::evidenceFor(*measurements, result, finding);
}

} // namespace vidimus::workbench
