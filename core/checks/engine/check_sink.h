#pragma once

#include "core/checks/check_cost.h"
#include "core/checks/engine/check_registry.h"
#include "core/media/engine/frame_sink.h"

namespace vidimus::checks::engine {

/// Feeds every check from one pass over a file; may share the pass with other sinks. The pass's thread.
class CheckSink : public media::engine::FrameSink {
public:
    explicit CheckSink(const Profile& profile);
    ~CheckSink() override;

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

    std::vector<RunningCheck> m_checks;
    std::vector<CheckCost> m_costs;
    Measurements m_programme;
    qint64 m_nextFrame = 0;
    std::vector<qint64> m_holes; ///< frames without a usable picture
    PictureProducts m_products;
    std::vector<std::byte> m_upright; ///< a copy of a plane that is stored bottom-up
    SoundFormat m_format;
    qint64 m_soundPosition = 0; ///< sample periods from the start of sound
    std::vector<float> m_finite; ///< a copy of sound that held values that are no numbers
    std::vector<float> m_planar; ///< the block, channel by channel
    std::vector<const float*> m_channels;
};

} // namespace vidimus::checks::engine
