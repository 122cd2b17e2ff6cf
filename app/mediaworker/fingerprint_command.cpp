#include "commands.h"

#include "core/checks/engine/check_sink.h"
#include "core/matching/engine/run_fingerprint.h"
#include "core/media/engine/pass.h"
#include "core/media/engine/sink_thread.h"

#include <array>

namespace vidimus::mediaworker {

using worker::MessageType;

worker::Message runFingerprint(Session& session, worker::Received request)
{
    const CancelToken cancel = session.inbox().cancelToken();
    auto input = media::engine::Input::open(request.descriptor.get(), {}, cancel);
    if (!input)
        return worker::failureMessage(input.error());
    const auto fingerprint = matching::engine::fingerprintOf(**input, {}, cancel, session.progressSink());
    if (!fingerprint)
        return worker::failureMessage(fingerprint.error());
    session.send({MessageType::FingerprintReply, matching::toBytes(*fingerprint)});
    return worker::jsonMessage(MessageType::Result, {});
}

worker::Message runCheckAndFingerprint(Session& session, worker::Received request)
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
    const auto answer = media::engine::withRepeatableDamage(
        [&](const media::engine::PassOptions& options) -> Result<worker::Message> {
            checks::engine::CheckSink checkSink(*profile);
            media::engine::SinkThread checkThread(checkSink);
            matching::engine::FingerprintSink fingerprintSink;
            const std::array<media::engine::FrameSink*, 2> sinks {&checkThread, &fingerprintSink};
            const auto summary = media::engine::runPass(**input, sinks, options, cancel, session.progressSink());
            if (!summary)
                return summary.error();
            session.send({MessageType::FingerprintReply, matching::toBytes(fingerprintSink.takeFingerprint())});
            return checkAnswer(checkSink.takeMeasurements(), checkSink.costs());
        });
    return answer ? *answer : worker::failureMessage(answer.error());
}

} // namespace vidimus::mediaworker
