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
    {MessageType::Probe, runProbe},
    {MessageType::Check, runCheck},
    {MessageType::LookFirst, runLookFirst},
    {MessageType::Fingerprint, runFingerprint},
    {MessageType::CheckAndFingerprint, runCheckAndFingerprint},
    {MessageType::Transcode, runTranscode},
    {MessageType::Fix, runFix},
    {MessageType::CheckRange, runCheckRange},
    {MessageType::RunModel, runModel},
    {MessageType::OpenFrames, runFrames},
    {MessageType::ReadSheets, runReadSheets},
    {MessageType::SelfProbe, runSelfProbe},
    {MessageType::SelfTest, runSelfTest},
};

} // namespace

Session::Session(worker::Channel& channel, Inbox& inbox)
    : m_channel(channel)
    , m_inbox(inbox)
{
}

void Session::send(const worker::Message& message)
{
    const std::scoped_lock lock(m_sendMutex);
    if (!m_channel.send(message))
        _exit(worker::kExitParentGone);
}

ProgressSink Session::progressSink()
{
    using Clock = std::chrono::steady_clock;
    return [this, last = Clock::time_point()](const Progress& progress) mutable {
        const auto now = Clock::now();
        if (now - last < kProgressInterval)
            return;
        last = now;
        send(worker::recordMessage(MessageType::Progress, worker::ProgressRecord {progress.done, progress.total}));
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
