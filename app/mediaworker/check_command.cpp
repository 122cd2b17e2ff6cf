#include "commands.h"

#include "core/checks/engine/run_checks.h"
#include "core/checks/engine/self_test.h"

namespace vidimus::mediaworker {

worker::Message runCheck(Session& session, worker::Received request)
{
    const auto noParents = [](const QString& id) -> Result<QByteArray> {
        return Error {ErrorCode::NotFound, id, "not_found"}; // a profile comes complete
    };
    const auto profile = checks::parseProfile(request.message.payload, noParents);
    if (!profile)
        return worker::failureMessage(profile.error());
    const CancelToken cancel = session.inbox().cancelToken();
    auto input = media::engine::Input::open(request.descriptor.get(), {}, cancel);
    if (!input)
        return worker::failureMessage(input.error());
    const auto run = checks::engine::runChecks(**input, *profile, cancel, session.progressSink());
    if (!run)
        return worker::failureMessage(run.error());
    return worker::jsonMessage(worker::MessageType::Result, checks::toJson(run->measurements));
}

worker::Message runSelfTest(Session& session, worker::Received)
{
    const auto rows = checks::engine::runSelfTest(session.inbox().cancelToken(), session.progressSink());
    if (!rows)
        return worker::failureMessage(rows.error());
    return worker::jsonMessage(worker::MessageType::Result, checks::toJson(*rows));
}

} // namespace vidimus::mediaworker
