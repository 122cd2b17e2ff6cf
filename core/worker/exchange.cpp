#include "core/worker/exchange.h"

#include "core/worker/records.h"

#include <cmath>

namespace vidimus::worker {

using namespace Qt::StringLiterals;

namespace {

void report(const Message& message, const ProgressSink& progress)
{
    const auto record = recordOf<ProgressRecord>(message);
    const bool sensible = std::isfinite(record.done) && std::isfinite(record.total) && record.done >= 0
        && record.total >= 0 && (record.total == 0 || record.done <= record.total);
    if (progress && sensible)
        progress(Progress {record.done, record.total});
}

} // namespace

Result<QJsonObject> exchange(WorkerProcess& worker, const Message& request, int descriptor, const CancelToken& cancel,
    const ProgressSink& progress, const MessageHandler& handler)
{
    if (const auto sent = worker.send(request, descriptor); !sent)
        return sent.error();
    for (;;) {
        const auto message = worker.receive(cancel);
        if (!message)
            return message.error();
        if (message->type == MessageType::Result) {
            auto object = jsonPayload(*message);
            if (!object)
                return worker.refuse(object.error().detail);
            return object;
        }
        if (message->type == MessageType::Failure)
            return failureOf(*message);
        if (message->type == MessageType::Progress) {
            report(*message, progress);
            continue;
        }
        const auto handled = handler
            ? handler(*message)
            : Result<void>(protocolError(u"%1 does not belong to this request"_s.arg(
                  QLatin1StringView(messageTraits(static_cast<std::uint16_t>(message->type))->name))));
        if (!handled) {
            std::ignore = worker.refuse({});
            return handled.error();
        }
    }
}

} // namespace vidimus::worker
