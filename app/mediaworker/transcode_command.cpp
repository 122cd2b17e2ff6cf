#include "commands.h"
#include "remote_outputs.h"

#include "core/transcode/engine/transcoder.h"

namespace vidimus::mediaworker {

worker::Message runTranscode(Session& session, worker::Received request)
{
    const auto object = worker::jsonPayload(request.message);
    const auto wanted
        = object ? transcode::transcodeRequestFromJson(*object) : Result<transcode::TranscodeRequest>(object.error());
    if (!wanted)
        return worker::failureMessage(wanted.error());
    RemoteOutputs outputs(session);
    const auto result = transcode::engine::runTranscode(
        request.descriptor.get(), *wanted, outputs, {}, session.inbox().cancelToken(), session.progressSink());
    if (!result)
        return worker::failureMessage(result.error());
    return worker::jsonMessage(worker::MessageType::Result, transcode::toJson(*result));
}

} // namespace vidimus::mediaworker
