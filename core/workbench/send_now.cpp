#include "core/workbench/send_now.h"

#include "core/catalog/operation_payload.h"
#include "core/workbench/outbox_desk.h"

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

Result<void> sendDecisionNow(Workspace& workspace, const DecisionId& id)
{
    const auto operations = outboxOperations(workspace);
    if (!operations)
        return operations.error();
    for (const catalog::Operation& operation : *operations) {
        if (operation.kind != catalog::OperationKind::AppendDecision)
            continue;
        const auto payload = catalog::appendDecisionFromJson(operation.payload);
        if (payload && payload->id == id)
            return retryOperation(workspace, operation.id);
    }
    return Error {ErrorCode::NotFound, u"decision %1 does not wait"_s.arg(id.toString()), "not_waiting"};
}

} // namespace vidimus::workbench
