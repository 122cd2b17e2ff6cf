#include "core/worker/pass_states.h"

namespace vidimus::worker {

using namespace Qt::StringLiterals;

PassStates::PassStates(MessageType request, QJsonObject profile, PassKeeper* keeper)
    : m_type(request)
    , m_profile(std::move(profile))
    , m_keeper(keeper)
{
}

Message PassStates::request()
{
    PassRequest request {.profile = m_profile, .interval = {}, .state = {}};
    if (m_keeper != nullptr) {
        request.interval = m_keeper->interval();
        m_state = m_keeper->load();
        const bool isWhole = m_type == MessageType::Check || m_state.fingerprint.isEmpty() == m_state.checks.isEmpty();
        if (!isWhole || (m_state != PassState() && m_state == m_tried)) {
            m_keeper->clear();
            m_state = {};
        }
        m_tried = m_state;
        request.state = m_state;
        m_scratch = m_keeper->scratch(m_state != PassState());
        request.offersScratch = m_scratch >= 0;
    }
    return jsonMessage(m_type, toJson(request));
}

Result<void> PassStates::take(const Message& message)
{
    if (message.type != MessageType::Checkpoint || m_keeper == nullptr)
        return protocolError(u"a message that is no state of the pass"_s);
    switch (static_cast<CheckpointPart>(message.payload.at(0))) {
    case CheckpointPart::Checks:
        m_state.checks = message.payload.mid(1);
        break;
    case CheckpointPart::Fingerprint:
        m_state.fingerprint = message.payload.mid(1);
        break;
    default:
        return protocolError(u"a state of an unknown part"_s);
    }
    if (m_type == MessageType::Check || (!m_state.checks.isEmpty() && !m_state.fingerprint.isEmpty()))
        m_keeper->save(m_state);
    return {};
}

void PassStates::finish()
{
    if (m_keeper != nullptr)
        m_keeper->clear();
}

} // namespace vidimus::worker
