#include "ui/moderation/sound_player.h"
#include "ui/widgets/preferences.h"

#include <QAudioDevice>
#include <QAudioSink>
#include <QMediaDevices>
#include <cmath>

namespace vidimus::ui::moderation {

using namespace Qt::StringLiterals;

namespace {

constexpr int kRate = media::kPlaybackSampleRate;
constexpr qsizetype kPairBytes = qsizetype(sizeof(float)) * media::kPlaybackChannels;
constexpr qsizetype kDeviceBytes = kRate / 8 * kPairBytes; // 125 ms
constexpr qint64 kMeterSamples = kRate / 20; // 50 ms, close to a quasi-peak meter's integration
/// The one that was chosen while it is plugged in, else the system's.
QAudioDevice output()
{
    const QByteArray& wanted = widgets::preferences().soundDevice;
    for (const QAudioDevice& device : wanted.isEmpty() ? QList<QAudioDevice>() : QMediaDevices::audioOutputs()) {
        if (device.id() == wanted)
            return device;
    }
    return QMediaDevices::defaultAudioOutput();
}

constexpr double kRestart = 0.3; // seconds between picture and sound after which both begin anew

QAudioFormat playbackFormat()
{
    QAudioFormat format;
    format.setSampleRate(kRate);
    format.setChannelCount(media::kPlaybackChannels);
    format.setSampleFormat(QAudioFormat::Float);
    return format;
}

} // namespace

SoundPlayer::SoundPlayer(QObject* parent)
    : QObject(parent)
{
    connect(&widgets::preferencesSignal(), &widgets::PreferencesSignal::changed, this,
        [this](const widgets::Preferences& before) {
            if (before.soundDevice != widgets::preferences().soundDevice)
                stop(); // what plays goes on through the other device
        });
}

SoundPlayer::~SoundPlayer() = default;

bool SoundPlayer::hasDevice() const
{
    return !output().isNull();
}

void SoundPlayer::reset()
{
    stop();
    m_blocks.clear();
    Q_EMIT levelsChanged({});
}

void SoundPlayer::setMuted(bool muted)
{
    m_muted = muted;
    if (m_sink)
        m_sink->setVolume(muted ? 0 : 1);
}

void SoundPlayer::put(qint64 firstSample, std::vector<float> samples)
{
    m_blocks.put(firstSample, std::move(samples));
    feed();
}

void SoundPlayer::stop()
{
    m_rate = 0;
    m_device = nullptr;
    if (m_sink) {
        m_sink->reset();
        m_sink.reset();
    }
    m_blocks.forgetRequests();
    Q_EMIT requestsForgotten();
}

void SoundPlayer::start(double mediaSeconds, double rate)
{
    stop();
    m_rate = rate;
    m_startSeconds = mediaSeconds;
    m_written = 0;
    const QAudioDevice device = output();
    if (device.isNull() || !device.isFormatSupported(playbackFormat()))
        return;
    m_sink = std::make_unique<QAudioSink>(device, playbackFormat());
    m_sink->setBufferSize(kDeviceBytes);
    m_sink->setVolume(m_muted ? 0 : 1);
    m_device = m_sink->start();
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
    if (!m_device)
        return std::nullopt;
    feed();
    const double heard = m_startSeconds + double(m_sink->processedUSecs()) / 1e6 * m_rate;
    if (m_written == 0 || m_sink->processedUSecs() == 0)
        return std::nullopt;
    if (std::abs(heard - mediaSeconds) > kRestart) {
        start(mediaSeconds, rate);
        return std::nullopt;
    }
    return heard;
}

void SoundPlayer::feed()
{
    if (!m_device || m_rate == 0)
        return;
    const qsizetype pairs = m_sink->bytesFree() / kPairBytes;
    std::vector<float> out;
    out.reserve(static_cast<std::size_t>(pairs) * media::kPlaybackChannels);
    for (qsizetype i = 0; i < pairs; ++i) {
        const double at = m_startSeconds * kRate + double(m_written + i) * m_rate;
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
    const qint64 bytes
        = m_device->write(reinterpret_cast<const char*>(out.data()), static_cast<qint64>(out.size() * sizeof(float)));
    m_written += std::max<qint64>(0, bytes) / kPairBytes;
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
