#pragma once

#include "core/media/engine/frame_sink.h"

#include <memory>

namespace vidimus::media::engine {

/// Runs another sink on a thread of its own, so that it works while the next frames are decoded. The sink gets the same
/// calls in the same order, one at a time; begin() and end() on the pass's thread, the rest on its own. A few pictures
/// wait in between, without a copy where they are as decoded; then the decoder waits. PictureSet::decoded is passed on.
class SinkThread : public FrameSink {
public:
    /// \a sink must outlive this.
    explicit SinkThread(FrameSink& sink);
    /// What is still waiting is dropped.
    ~SinkThread() override;
    SinkThread(const SinkThread&) = delete;
    SinkThread& operator=(const SinkThread&) = delete;

    [[nodiscard]] std::vector<PictureWish> wishes(const MediaFacts& facts) const override;
    [[nodiscard]] AudioWish audioWish() const override;
    [[nodiscard]] Result<void> begin(const PassStart& start) override;
    /// Errors of these: what the sink returned from an earlier call.
    [[nodiscard]] Result<void> picture(const PictureSet& pictures) override;
    [[nodiscard]] Result<void> audio(const AudioView& view) override;
    [[nodiscard]] Result<void> damaged(const DamagedRange& range) override;
    /// Waits until all was handed over.
    [[nodiscard]] Result<void> end() override;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace vidimus::media::engine
