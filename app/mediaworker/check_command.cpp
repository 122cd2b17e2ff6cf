#include "commands.h"

#include "core/checks/engine/run_checks.h"
#include "core/checks/engine/self_test.h"

#include <QJsonArray>

namespace vidimus::mediaworker {

using namespace Qt::StringLiterals;

worker::Message checkAnswer(const checks::Measurements& measurements, const std::vector<checks::CheckCost>& costs)
{
    return worker::jsonMessage(worker::MessageType::Result,
        QJsonObject {{u"measurements"_s, checks::toJson(measurements)}, {u"costs"_s, checks::toJson(costs)}});
}

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
    return checkAnswer(run->measurements, run->costs);
}

worker::Message runSelfTest(Session& session, worker::Received)
{
    const auto rows = checks::engine::runSelfTest(session.inbox().cancelToken(), session.progressSink());
    if (!rows)
        return worker::failureMessage(rows.error());
    return worker::jsonMessage(worker::MessageType::Result, checks::toJson(*rows));
}

} // namespace vidimus::mediaworker
