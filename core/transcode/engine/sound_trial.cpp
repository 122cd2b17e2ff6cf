#include "core/transcode/engine/sound_trial_p.h"

#include "core/checks/engine/loudness_check.h"
#include "core/media/engine/pass.h"
#include "core/transcode/engine/sound_correction.h"

#include <array>
#include <cmath>

namespace vidimus::transcode::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostTrials = 4;
constexpr double kCloseEnough = 0.05; // LU

/// Hears the programme as it would be after the fix.
class TrialSink : public media::engine::FrameSink {
public:
    explicit TrialSink(const SoundFix& fix)
        : m_fix(fix)
    {
    }

    [[nodiscard]] std::vector<media::engine::PictureWish> wishes(const media::MediaFacts&) const override { return {}; }
    [[nodiscard]] media::engine::AudioWish audioWish() const override { return media::engine::AudioWish::Best; }

    [[nodiscard]] Result<void> audio(const media::AudioView& view) override
    {
        if (view.frames() == 0)
            return {};
        if (!m_correction) {
            m_format = {view.sampleRate, {view.roles.begin(), view.roles.end()}};
            m_correction.emplace(m_fix, m_format);
            m_check.startSound(m_format);
        }
        m_samples.clear();
        m_correction->process(view.samples, m_samples);
        hear();
        return {};
    }

    [[nodiscard]] Result<void> end() override
    {
        if (m_correction) {
            m_samples.clear();
            m_correction->finish(m_samples);
            hear();
        }
        return {};
    }

    [[nodiscard]] std::optional<double> loudness()
    {
        const auto measured = m_check.finish({});
        const auto found = measured.scalars.find(u"integrated_lufs"_s);
        return found == measured.scalars.end() ? std::nullopt : std::optional(found->second);
    }

private:
    void hear()
    {
        const std::size_t channels = m_format.roles.size();
        const std::size_t frames = m_samples.size() / channels;
        if (frames == 0)
            return;
        m_planar.resize(m_samples.size());
        m_channels.resize(channels);
        for (std::size_t channel = 0; channel < channels; ++channel) {
            m_channels[channel] = m_planar.data() + channel * frames;
            for (std::size_t i = 0; i < frames; ++i)
                m_planar[channel * frames + i] = m_samples[i * channels + channel];
        }
        m_check.addSound({m_samples, m_channels, frames, m_position, 0});
        m_position += static_cast<qint64>(frames);
    }

    SoundFix m_fix;
    checks::engine::SoundFormat m_format;
    std::optional<SoundCorrection> m_correction;
    checks::engine::LoudnessCheck m_check;
    std::vector<float> m_samples;
    std::vector<float> m_planar;
    std::vector<const float*> m_channels;
    qint64 m_position = 0;
};

} // namespace

Result<SoundFix> settledSoundFix(media::engine::Input& input, const SoundFix& fix, const CancelToken& cancel)
{
    SoundFix settled = fix;
    if (!fix.limits || !fix.loudnessLufs)
        return settled;
    for (int trial = 0; trial < kMostTrials; ++trial) {
        TrialSink sink(settled);
        const std::array<media::engine::FrameSink*, 1> sinks {&sink};
        if (const auto passed = media::engine::runPass(input, sinks, {.picture = false}, cancel); !passed)
            return passed.error();
        const auto loudness = sink.loudness();
        if (!loudness || std::abs(*fix.loudnessLufs - *loudness) <= kCloseEnough)
            break;
        settled.gainDb += *fix.loudnessLufs - *loudness;
    }
    return settled;
}

} // namespace vidimus::transcode::engine
