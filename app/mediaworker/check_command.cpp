#include "commands.h"

#include "core/base/block_file.h"
#include "core/base/json.h"
#include "core/checks/engine/first_look.h"
#include "core/checks/engine/run_checks.h"
#include "core/checks/engine/self_test.h"

#include <QJsonArray>

namespace vidimus::mediaworker {

using namespace Qt::StringLiterals;

namespace {

/// A profile comes complete, without one that it inherits.
Result<checks::Profile> parseWhole(const QByteArray& json)
{
    return checks::parseProfile(
        json, [](const QString& id) -> Result<QByteArray> { return Error {ErrorCode::NotFound, id, "not_found"}; });
}

} // namespace

worker::Message checkAnswer(
    const checks::Measurements& measurements, const std::vector<checks::CheckCost>& costs, qint64 resumedAt)
{
    return worker::jsonMessage(worker::MessageType::Result,
        QJsonObject {{u"measurements"_s, checks::toJson(measurements)}, {u"costs"_s, checks::toJson(costs)},
            {u"resumed_at"_s, resumedAt}});
}

worker::Message checkAnswerInParts(
    Session& session, checks::Measurements measurements, const std::vector<checks::CheckCost>& costs, qint64 resumedAt)
{
    while (!measurements.checks.empty()) {
        const auto check = measurements.checks.extract(measurements.checks.begin());
        session.send(worker::jsonMessage(
            worker::MessageType::Measured, checks::MeasurementParts::part(check.key(), check.mapped())));
    }
    return checkAnswer(measurements, costs, resumedAt);
}

Result<worker::PassRequest> takePassRequest(worker::Received& request)
{
    const auto object = worker::jsonPayload(request.message);
    request.message.payload = {};
    return object ? worker::passRequestFromJson(*object) : object.error();
}

worker::Message withScratch(
    Session& session, const worker::PassRequest& request, const std::function<worker::Message()>& work)
{
    if (!request.offersScratch)
        return work();
    session.send(worker::jsonMessage(worker::MessageType::OutputRequest, {}));
    const worker::Received scratch = session.inbox().next();
    if (scratch.message.type != worker::MessageType::OutputOpened || !scratch.descriptor.isValid())
        return worker::failureMessage(Error {ErrorCode::Canceled, u"stopped"_s, "canceled"});
    BlockFile file(scratch.descriptor.get());
    worker::Message answer = work();
    if (!file.isSound())
        return worker::failureMessage(Error {ErrorCode::Io, u"measurements of the pass"_s, "scratch_lost"});
    return answer;
}

media::engine::Checkpoints checkpointsOf(
    Session& session, const worker::PassRequest& request, worker::CheckpointPart part)
{
    if (!request.interval)
        return {};
    const auto send = [&session, part](QByteArray state) {
        const auto* traits = worker::messageTraits(static_cast<std::uint16_t>(worker::MessageType::Checkpoint));
        if (state.size() >= static_cast<qsizetype>(traits->maxBytes))
            return; // the one before stays
        state.prepend(char(part));
        session.send({worker::MessageType::Checkpoint, std::move(state)});
    };
    return {send, *request.interval};
}

worker::Message runCheck(Session& session, worker::Received request)
{
    const auto wanted = takePassRequest(request);
    if (!wanted)
        return worker::failureMessage(wanted.error());
    const auto profile = parseWhole(vidimus::toJson(wanted->profile));
    if (!profile)
        return worker::failureMessage(profile.error());
    const CancelToken cancel = session.inbox().cancelToken();
    auto input = media::engine::Input::open(request.descriptor.get(), {}, cancel);
    if (!input)
        return worker::failureMessage(input.error());
    return withScratch(session, *wanted, [&] {
        auto run = checks::engine::runChecks(**input, *profile, cancel, session.progressSink(),
            checks::engine::CheckThread::Own,
            {wanted->state.checks, checkpointsOf(session, *wanted, worker::CheckpointPart::Checks)});
        if (!run)
            return worker::failureMessage(run.error());
        return checkAnswerInParts(session, std::move(run->measurements), run->costs, run->resumedAt);
    });
}

worker::Message runLookFirst(Session& session, worker::Received request)
{
    const auto object = worker::jsonPayload(request.message);
    if (!object)
        return worker::failureMessage(object.error());
    const auto profile = parseWhole(vidimus::toJson(object->value(u"profile"_s).toObject()));
    if (!profile)
        return worker::failureMessage(profile.error());
    std::vector<checks::PlannedLook> wanted;
    const QJsonArray ranges = object->value(u"ranges"_s).toArray();
    for (const QJsonValue& range : ranges)
        wanted.push_back({checks::LookKind::Range, range[u"start"].toDouble(), range[u"end"].toDouble()});
    const CancelToken cancel = session.inbox().cancelToken();
    auto input = media::engine::Input::open(request.descriptor.get(), {}, cancel);
    if (!input)
        return worker::failureMessage(input.error());
    const auto looks = checks::engine::lookFirst(**input, *profile, std::move(wanted), cancel, session.progressSink());
    if (!looks)
        return worker::failureMessage(looks.error());
    return worker::jsonMessage(worker::MessageType::Result, checks::looksToJson(looks->looks, looks->duration));
}

worker::Message runSelfTest(Session& session, worker::Received)
{
    const auto rows = checks::engine::runSelfTest(session.inbox().cancelToken(), session.progressSink());
    if (!rows)
        return worker::failureMessage(rows.error());
    return worker::jsonMessage(worker::MessageType::Result, checks::toJson(*rows));
}

} // namespace vidimus::mediaworker
