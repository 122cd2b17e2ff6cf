#pragma once

#include "core/base/instant.h"
#include "core/base/unique_fd.h"
#include "core/worker/message.h"

#include <optional>

namespace vidimus::worker {

/// A message with the descriptor that came with it, if its kind carries one.
struct Received {
    Message message;
    UniqueFd descriptor;
};

/// One end of a socket pair over which messages and descriptors travel. Sending and receiving may happen on two
/// threads, each on one. The parent's end never accepts descriptors.
class Channel {
public:
    Channel(UniqueFd socket, Side self);

    /// A connected pair: first the parent's end, second the worker's, both close-on-exec. Errors: Io.
    [[nodiscard]] static Result<std::pair<UniqueFd, UniqueFd>> createPair();

    [[nodiscard]] int fd() const { return m_socket.get(); }
    /// Sends all of \a message, with a copy of \a descriptor if it is not -1. The parent waits at most 5 s for a worker
    /// that does not read. Errors: Unavailable "worker_gone" when the other end is closed, TimedOut, Io.
    [[nodiscard]] Result<void> send(const Message& message, int descriptor = -1);
    /// The next whole message; nothing when \a timeout passes first (negative: waits for ever). What came of an
    /// unfinished message is kept. Errors: Unavailable "worker_gone" at the end of the stream, Corrupt
    /// "worker_protocol", Io.
    [[nodiscard]] Result<std::optional<Received>> receive(Milliseconds timeout);

private:
    [[nodiscard]] Result<bool> readSome();
    [[nodiscard]] Result<std::optional<Received>> takeMessage();

    UniqueFd m_socket;
    Side m_self;
    QByteArray m_buffer;
    std::optional<MessageHeader> m_header;
    UniqueFd m_descriptor;
};

} // namespace vidimus::worker
