#pragma once

#include "session.h"

#include "core/transcode/output_sink.h"

#include <map>

namespace vidimus::mediaworker {

/// The engine's OutputSink in the worker: asks the parent for a descriptor for each file and tells it when one is
/// complete. Waits for the parent's answer. Calls never come two at once.
class RemoteOutputs : public transcode::OutputSink {
public:
    explicit RemoteOutputs(Session& session);

    /// Errors: Canceled, Internal (the parent answers something else).
    [[nodiscard]] Result<int> open(const transcode::OutputKey& key) override;
    [[nodiscard]] Result<void> finish(const transcode::FinishedOutput& output) override;

private:
    [[nodiscard]] Result<worker::Received> await(worker::MessageType type);

    Session& m_session;
    std::map<transcode::OutputKey, UniqueFd> m_open;
};

} // namespace vidimus::mediaworker
