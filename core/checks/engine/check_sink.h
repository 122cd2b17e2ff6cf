#pragma once

#include "core/checks/check_cost.h"
#include "core/checks/engine/check_registry.h"
#include "core/media/engine/checkpoints.h"
#include "core/media/engine/frame_sink.h"

#include <array>
#include <chrono>
#include <optional>

namespace vidimus::checks::engine {

using PictureDigest = std::array<std::uint8_t, 32>; ///< SHA-256 of a picture's samples

/// Feeds every check from one pass over a file; may share the pass with other sinks. The pass's thread.
class CheckSink : public media::engine::FrameSink {
public:
    explicit CheckSink(const Profile& profile);
    ~CheckSink() override;

    /// Before begin(): states of the pass go here from now on.
    void saveTo(media::engine::Checkpoints checkpoints) { m_checkpoints = std::move(checkpoints); }
    /// Before begin(): goes on from a state that a sink with the same profile saved in a pass over the same file. Gives
    /// the picture from which the pass has to hand over (PassOptions::resumeAt): one that was seen already and has to
    /// look the same. Errors: Corrupt "resume_refused" here and from begin() for a state that does not fit, and from
    /// picture() and end() where that picture differs; then the pass has to begin anew.
    [[nodiscard]] Result<qint64> resumeFrom(const QByteArray& state);

    [[nodiscard]] std::vector<media::engine::PictureWish> wishes(const media::MediaFacts& facts) const override;
    [[nodiscard]] media::engine::AudioWish audioWish() const override;
    [[nodiscard]] Result<void> begin(const media::engine::PassStart& start) override;
    [[nodiscard]] Result<void> picture(const media::engine::PictureSet& pictures) override;
    [[nodiscard]] Result<void> audio(const media::AudioView& view) override;
    [[nodiscard]] Result<void> damaged(const media::engine::DamagedRange& range) override;
    [[nodiscard]] Result<void> end() override;

    /// What was measured; once, after end().
    [[nodiscard]] Measurements takeMeasurements();
    /// What each check cost, in registry order; after end().
    [[nodiscard]] const std::vector<CheckCost>& costs() const { return m_costs; }

private:
    /// Calls \a call with every running check and books the time.
    template<class Call>
    void each(Call call);
    void addHolesUpTo(qint64 frame);
    void addSound(const media::AudioView& view);
    void separateChannels(SoundBlock& block);
    void noteHoles();
    void noteSoundDamage(double start, double end);
    [[nodiscard]] QByteArray stateAfter(const media::FrameView& picture);
    [[nodiscard]] Result<void> takeState();
    /// The picture that was to come again came.
    [[nodiscard]] Result<void> requireResumed() const;
    [[nodiscard]] Result<void> compareResumed(const media::FrameView& picture);

    std::vector<RunningCheck> m_checks;
    std::vector<std::chrono::steady_clock::duration> m_elapsed; ///< of each, in one call
    std::vector<CheckCost> m_costs;
    Measurements m_programme;
    qint64 m_nextFrame = 0;
    std::vector<qint64> m_holes; ///< frames without a usable picture
    PictureProducts m_products;
    std::vector<std::byte> m_upright; ///< a copy of a plane that is stored bottom-up
    media::engine::Checkpoints m_checkpoints;
    media::engine::CheckpointClock m_checkpointClock;
    qsizetype m_stateBytes = 0; ///< of the last state
    qint64 m_lastKey = 0; ///< frame at which decoding may begin anew
    std::vector<QByteArray> m_resumed; ///< the parts of a state to go on from
    std::optional<PictureDigest> m_seenBefore; ///< of the picture before the next one, until it came again
    SoundFormat m_format;
    qint64 m_soundPosition = 0; ///< sample periods from the start of sound
    std::vector<float> m_finite; ///< a copy of sound that held values that are no numbers
    std::vector<float> m_planar; ///< the block, channel by channel
    std::vector<const float*> m_channels;
};

} // namespace vidimus::checks::engine
