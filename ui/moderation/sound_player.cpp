#include "ui/moderation/sound_player.h"

#include "ui/widgets/preferences.h"

#include <cmath>

namespace vidimus::ui::moderation {

using namespace Qt::StringLiterals;

namespace {

constexpr int kRate = media::kPlaybackSampleRate;
constexpr qint64 kMeterSamples = kRate / 20; // 50 ms, close to a quasi-peak meter's integration
// Seconds between picture and sound that are bridged by moving the picture; beyond, the sound jumps to the picture.
constexpr double kLargestDrift = 0.3;

} // namespace

SoundPlayer::SoundPlayer(SoundOutputOpener opener, QObject* parent)
    : QObject(parent)
    , m_opener(std::move(opener))
{
    connect(&widgets::preferencesSignal(), &widgets::PreferencesSignal::changed, this,
        [this](const widgets::Preferences& before) {
            if (before.soundDevice != widgets::preferences().soundDevice)
                stop(); // what plays goes on through the other device
        });
}

SoundPlayer::~SoundPlayer() = default;

void SoundPlayer::reset()
{
    stop();
    m_blocks.clear();
    Q_EMIT levelsChanged({});
}

void SoundPlayer::setMuted(bool muted)
{
    m_muted = muted;
    if (m_output)
        m_output->setMuted(muted);
}

void SoundPlayer::put(qint64 firstSample, std::vector<float> samples)
{
    m_blocks.put(firstSample, std::move(samples));
    feed();
}

void SoundPlayer::stop()
{
    m_rate = 0;
    m_output.reset();
    m_blocks.forgetRequests();
    Q_EMIT requestsForgotten();
}

void SoundPlayer::start(double mediaSeconds, double rate)
{
    stop();
    m_rate = rate;
    m_nextSample = std::floor(mediaSeconds * kRate); // whole samples need no interpolation at 1×
    m_written = 0;
    m_output = m_opener();
    if (m_output)
        m_output->setMuted(m_muted);
}

std::optional<double> SoundPlayer::play(double mediaSeconds, double rate)
{
    if (rate == 0) {
        if (m_rate != 0)
            stop();
        return std::nullopt;
    }
    if (m_rate != rate)
        start(mediaSeconds, rate);
    const auto sample = static_cast<qint64>(mediaSeconds * kRate);
    for (const qint64 first : m_blocks.takeWanted(sample, rate < 0 ? -1 : 1))
        Q_EMIT blockWanted(first, SoundBlocks::kBlockSamples);
    measure(mediaSeconds);
    if (m_output && m_output->hasFailed())
        m_output.reset();
    if (!m_output)
        return std::nullopt;
    feed();
    const qint64 played = m_output->played();
    if (m_written == 0 || played == 0)
        return std::nullopt; // some devices take a second to begin; the picture does not wait
    const double waiting = double(std::max<qint64>(0, m_written - played)) * m_rate;
    const double heard = (m_nextSample - waiting) / kRate;
    if (std::abs(heard - mediaSeconds) > kLargestDrift) {
        m_nextSample = std::floor(mediaSeconds * kRate + waiting);
        return std::nullopt;
    }
    return heard;
}

void SoundPlayer::feed()
{
    if (!m_output || m_rate == 0)
        return;
    const qsizetype pairs = m_output->room();
    std::vector<float> out;
    out.reserve(static_cast<std::size_t>(pairs) * media::kPlaybackChannels);
    for (qsizetype i = 0; i < pairs; ++i) {
        const double at = m_nextSample + double(i) * m_rate;
        const auto sample = static_cast<qint64>(std::floor(at));
        if (!m_blocks.has(std::max<qint64>(0, sample)))
            break;
        const auto between = static_cast<float>(at - double(sample));
        for (int channel = 0; channel < media::kPlaybackChannels; ++channel) {
            const float from = m_blocks.at(sample, channel);
            out.push_back(between == 0 ? from : from + (m_blocks.at(sample + 1, channel) - from) * between);
        }
    }
    if (out.empty())
        return;
    const qsizetype taken = m_output->write(out);
    m_written += taken;
    m_nextSample += double(taken) * m_rate;
}

void SoundPlayer::measure(double mediaSeconds)
{
    const auto sample = static_cast<qint64>(mediaSeconds * kRate);
    if (!m_blocks.has(sample))
        return;
    std::vector<widgets::LevelMeter::Channel> channels;
    for (const auto& [name, channel] : {std::pair {u"L"_s, 0}, std::pair {u"R"_s, 1}}) {
        const SoundBlocks::Level level = m_blocks.level(sample, kMeterSamples, channel);
        channels.push_back({name, level.rmsDbfs, level.peakDbfs});
    }
    Q_EMIT levelsChanged(channels);
}

} // namespace vidimus::ui::moderation
