#include "remote_outputs.h"

namespace vidimus::mediaworker {

using namespace Qt::StringLiterals;
using worker::MessageType;

RemoteOutputs::RemoteOutputs(Session& session)
    : m_session(session)
{
}

Result<worker::Received> RemoteOutputs::await(MessageType type)
{
    worker::Received answer = m_session.inbox().next();
    if (answer.message.type == MessageType::Cancel)
        return Error {ErrorCode::Canceled, u"stopped"_s, "canceled"};
    if (answer.message.type != type)
        return Error {ErrorCode::Internal, u"another answer than asked for"_s, "internal"};
    return answer;
}

Result<int> RemoteOutputs::open(const transcode::OutputKey& key)
{
    m_session.send(worker::jsonMessage(MessageType::OutputRequest, transcode::toJson(key)));
    auto answer = await(MessageType::OutputOpened);
    if (!answer)
        return std::move(answer).error();
    UniqueFd& slot = m_open[key];
    slot = std::move(answer->descriptor);
    return slot.get();
}

Result<void> RemoteOutputs::finish(const transcode::FinishedOutput& output)
{
    m_open.erase(output.key);
    m_session.send(worker::jsonMessage(MessageType::OutputDone, transcode::toJson(output)));
    if (const auto answer = await(MessageType::OutputCommitted); !answer)
        return answer.error();
    return {};
}

} // namespace vidimus::mediaworker
