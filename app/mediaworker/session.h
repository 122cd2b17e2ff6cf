#pragma once

#include "inbox.h"

namespace vidimus::mediaworker {

/// What a command works with. Lives on the worker's main thread.
struct Session {
    worker::Channel& channel;
    Inbox& inbox;

    /// Ends the process when the parent is gone: nobody is left to answer.
    void send(const worker::Message& message) const;
    /// Tells the parent how far the request is, at most every 50 ms. Any one thread at a time.
    [[nodiscard]] ProgressSink progressSink() const;
};

/// Works on one request and gives the message that ends it: a Result or a Failure.
using Command = worker::Message (*)(const Session& session, worker::Received request);

/// The table of what this program can be asked for; nullptr for anything else.
[[nodiscard]] Command commandFor(worker::MessageType type);

} // namespace vidimus::mediaworker
