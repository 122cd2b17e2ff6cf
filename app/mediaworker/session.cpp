#include "session.h"

#include "commands.h"
#include "core/worker/records.h"
#include "core/worker/worker_exit.h"

#include <chrono>
#include <unistd.h>

namespace vidimus::mediaworker {

using worker::MessageType;

namespace {

constexpr std::chrono::milliseconds kProgressInterval {50};

struct CommandRow {
    MessageType type;
    Command command;
};

constexpr CommandRow kCommands[] = {
    {MessageType::SelfProbe, runSelfProbe},
};

} // namespace

void Session::send(const worker::Message& message) const
{
    if (!channel.send(message))
        _exit(worker::kExitParentGone);
}

ProgressSink Session::progressSink() const
{
    using Clock = std::chrono::steady_clock;
    return [session = *this, last = Clock::time_point()](const Progress& progress) mutable {
        const auto now = Clock::now();
        if (now - last < kProgressInterval)
            return;
        last = now;
        session.send(
            worker::recordMessage(MessageType::Progress, worker::ProgressRecord {progress.done, progress.total}));
    };
}

Command commandFor(MessageType type)
{
    for (const CommandRow& row : kCommands) {
        if (row.type == type)
            return row.command;
    }
    return nullptr;
}

} // namespace vidimus::mediaworker
