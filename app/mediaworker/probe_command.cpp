#include "commands.h"

#include "core/media/engine/probe.h"

namespace vidimus::mediaworker {

worker::Message runProbe(Session& session, worker::Received request)
{
    const auto facts
        = media::engine::probe(request.descriptor.get(), {}, session.inbox().cancelToken(), session.progressSink());
    if (!facts)
        return worker::failureMessage(facts.error());
    return worker::jsonMessage(worker::MessageType::Result, media::toJson(*facts));
}

} // namespace vidimus::mediaworker
