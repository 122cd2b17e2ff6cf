#pragma once

#include "core/worker/message.h"
#include "core/worker/pass_request.h"

#include <utility>

namespace vidimus::worker {

/// The parent's side of a pass that can be stopped: asks with what is kept, keeps what the worker sends. One thread.
class PassStates {
public:
    /// \a keeper may be null: then nothing is asked for, and a state that comes anyhow breaks the protocol.
    PassStates(MessageType request, QJsonObject profile, PassKeeper* keeper);

    /// The next request. A state with which a worker ended without giving a newer one is not tried again.
    [[nodiscard]] Message request();
    /// A message between request and answer.
    [[nodiscard]] Result<void> take(const Message& message);
    /// The file that the last request offered; -1 when it offered none, and after the first call.
    [[nodiscard]] int takeScratch() { return std::exchange(m_scratch, -1); }
    /// The pass is over.
    void finish();

private:
    MessageType m_type;
    QJsonObject m_profile;
    PassKeeper* m_keeper;
    PassState m_tried;
    PassState m_state;
    int m_scratch = -1;
};

} // namespace vidimus::worker
