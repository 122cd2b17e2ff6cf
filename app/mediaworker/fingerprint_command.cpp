#include "commands.h"

#include "core/base/json.h"
#include "core/checks/engine/check_sink.h"
#include "core/checks/engine/run_checks.h"
#include "core/matching/engine/run_fingerprint.h"
#include "core/media/engine/pass.h"
#include "core/media/engine/sink_thread.h"

#include <algorithm>
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
    const auto wanted = takePassRequest(request);
    if (!wanted)
        return worker::failureMessage(wanted.error());
    const auto noParents = [](const QString& id) -> Result<QByteArray> {
        return Error {ErrorCode::NotFound, id, "not_found"}; // a profile comes complete
    };
    const auto profile = checks::parseProfile(toJson(wanted->profile), noParents);
    if (!profile)
        return worker::failureMessage(profile.error());
    const CancelToken cancel = session.inbox().cancelToken();
    auto input = media::engine::Input::open(request.descriptor.get(), {}, cancel);
    if (!input)
        return worker::failureMessage(input.error());
    const auto attempt = [&](media::engine::PassOptions options, bool resumes) -> Result<worker::Message> {
        checks::engine::CheckSink checkSink(*profile);
        media::engine::SinkThread checkThread(checkSink);
        matching::engine::FingerprintSink fingerprintSink;
        checkSink.saveTo(checkpointsOf(session, *wanted, worker::CheckpointPart::Checks));
        fingerprintSink.saveTo(checkpointsOf(session, *wanted, worker::CheckpointPart::Fingerprint));
        if (resumes) {
            const auto checksFrom = checkSink.resumeFrom(wanted->state.checks);
            const auto fingerprintFrom = fingerprintSink.resumeFrom(wanted->state.fingerprint);
            if (!checksFrom || !fingerprintFrom)
                return checksFrom ? fingerprintFrom.error() : checksFrom.error();
            options.resumeAt = std::min(*checksFrom, *fingerprintFrom);
        }
        const std::array<media::engine::FrameSink*, 2> sinks {&checkThread, &fingerprintSink};
        const auto summary = media::engine::runPass(**input, sinks, options, cancel, session.progressSink());
        if (!summary)
            return summary.error();
        session.send({MessageType::FingerprintReply, matching::toBytes(fingerprintSink.takeFingerprint())});
        return checkAnswerInParts(session, checkSink.takeMeasurements(), checkSink.costs(), options.resumeAt);
    };
    return withScratch(session, *wanted, [&] {
        const auto answer = checks::engine::resumeOrBegin(wanted->state.checks, [&](const QByteArray& state) {
            return media::engine::withRepeatableDamage(
                [&](const media::engine::PassOptions& options) { return attempt(options, !state.isEmpty()); });
        });
        return answer ? *answer : worker::failureMessage(answer.error());
    });
}

} // namespace vidimus::mediaworker
