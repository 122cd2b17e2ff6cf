#pragma once

#include "inbox.h"

namespace vidimus::mediaworker {

/// What a command works with.
class Session {
public:
    Session(worker::Channel& channel, Inbox& inbox);

    [[nodiscard]] Inbox& inbox() const { return m_inbox; }
    /// Any thread. Ends the process when the parent is gone: nobody is left to answer.
    void send(const worker::Message& message);
    /// Tells the parent how far the request is, at most every 50 ms. One thread at a time; this must outlive it.
    [[nodiscard]] ProgressSink progressSink();

private:
    worker::Channel& m_channel;
    Inbox& m_inbox;
    std::mutex m_sendMutex;
};

/// Works on one request and gives the message that ends it: a Result or a Failure.
using Command = worker::Message (*)(Session& session, worker::Received request);

/// The table of what this program can be asked for; nullptr for anything else.
[[nodiscard]] Command commandFor(worker::MessageType type);

} // namespace vidimus::mediaworker
