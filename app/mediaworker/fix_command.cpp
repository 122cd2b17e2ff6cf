#include "commands.h"

#include "core/transcode/engine/fix_file.h"

namespace vidimus::mediaworker {

using namespace Qt::StringLiterals;
using worker::MessageType;

worker::Message runFix(Session& session, worker::Received request)
{
    const auto object = worker::jsonPayload(request.message);
    const auto plan = object ? transcode::fixPlanFromJson(*object) : Result<transcode::FixPlan>(object.error());
    if (!plan)
        return worker::failureMessage(plan.error());
    session.send(worker::jsonMessage(MessageType::OutputRequest, {}));
    const worker::Received output = session.inbox().next();
    if (output.message.type != MessageType::OutputOpened || !output.descriptor.isValid())
        return worker::failureMessage(Error {ErrorCode::Canceled, u"stopped"_s, "canceled"});
    const auto file = transcode::engine::fixFile(request.descriptor.get(), output.descriptor.get(), *plan,
        session.inbox().cancelToken(), session.progressSink());
    if (!file)
        return worker::failureMessage(file.error());
    return worker::jsonMessage(MessageType::Result, transcode::toJson(*file));
}

} // namespace vidimus::mediaworker
