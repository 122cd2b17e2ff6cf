#include "commands.h"

#include "core/base/json.h"
#include "core/checks/engine/range_sink.h"

namespace vidimus::mediaworker {

using namespace Qt::StringLiterals;

worker::Message runCheckRange(Session& session, worker::Received request)
{
    const auto object = worker::jsonPayload(request.message);
    if (!object)
        return worker::failureMessage(object.error());
    JsonReader reader(*object);
    const auto noParents = [](const QString& id) -> Result<QByteArray> {
        return Error {ErrorCode::NotFound, id, "not_found"}; // a profile comes complete
    };
    const auto profile = checks::parseProfile(toJson(reader.object("profile"_L1)), noParents);
    const qint64 first = reader.integer("first_frame"_L1);
    const qint64 last = reader.integer("last_frame"_L1);
    if (const auto done = reader.finish(); !done)
        return worker::failureMessage(done.error());
    if (!profile)
        return worker::failureMessage(profile.error());
    const CancelToken cancel = session.inbox().cancelToken();
    auto input = media::engine::Input::open(request.descriptor.get(), {}, cancel);
    if (!input)
        return worker::failureMessage(input.error());
    const auto run
        = checks::engine::runChecksOfFrames(**input, *profile, first, last + 1, cancel, session.progressSink());
    if (!run)
        return worker::failureMessage(run.error());
    return checkAnswer(run->measurements, run->costs);
}

} // namespace vidimus::mediaworker
