#include "ui/moderation/sound_output.h"

#include "core/media/frame_source.h"
#include "ui/widgets/preferences.h"

#include <QAudioDevice>
#include <QAudioSink>
#include <QIODevice>
#include <QMediaDevices>
#include <algorithm>

namespace vidimus::ui::moderation {

namespace {

constexpr int kRate = media::kPlaybackSampleRate;
constexpr qsizetype kPairBytes = qsizetype(sizeof(float)) * media::kPlaybackChannels;
constexpr qsizetype kDeviceBytes = kRate / 8 * kPairBytes; // 125 ms

QAudioFormat playbackFormat()
{
    QAudioFormat format;
    format.setSampleRate(kRate);
    format.setChannelCount(media::kPlaybackChannels);
    format.setSampleFormat(QAudioFormat::Float);
    return format;
}

/// The one that was chosen while it is plugged in, else the system's.
QAudioDevice chosenDevice()
{
    const QByteArray& wanted = widgets::preferences().soundDevice;
    for (const QAudioDevice& device : wanted.isEmpty() ? QList<QAudioDevice>() : QMediaDevices::audioOutputs()) {
        if (device.id() == wanted)
            return device;
    }
    return QMediaDevices::defaultAudioOutput();
}

class DeviceOutput : public SoundOutput {
public:
    explicit DeviceOutput(const QAudioDevice& device)
        : m_sink(device, playbackFormat())
    {
        m_sink.setBufferSize(kDeviceBytes);
        m_device = m_sink.start();
    }
    ~DeviceOutput() override { m_sink.reset(); }

    [[nodiscard]] qsizetype room() const override { return hasFailed() ? 0 : m_sink.bytesFree() / kPairBytes; }
    qsizetype write(std::span<const float> samples) override
    {
        if (hasFailed())
            return 0;
        const qint64 bytes
            = m_device->write(reinterpret_cast<const char*>(samples.data()), qint64(samples.size_bytes()));
        return std::max<qint64>(0, bytes) / kPairBytes;
    }
    [[nodiscard]] qint64 played() const override { return m_sink.processedUSecs() * kRate / 1'000'000; }
    void setMuted(bool muted) override { m_sink.setVolume(muted ? 0 : 1); }
    [[nodiscard]] bool hasFailed() const override
    {
        const bool broken = m_sink.error() == QAudio::OpenError || m_sink.error() == QAudio::IOError
            || m_sink.error() == QAudio::FatalError;
        return m_device == nullptr || broken;
    }

private:
    QAudioSink m_sink;
    QIODevice* m_device = nullptr; ///< the sink's
};

} // namespace

std::unique_ptr<SoundOutput> openChosenSoundOutput()
{
    // Without a device QAudioSink neither plays nor says so.
    const QAudioDevice device = chosenDevice();
    if (device.isNull() || !device.isFormatSupported(playbackFormat()))
        return nullptr;
    return std::make_unique<DeviceOutput>(device);
}

} // namespace vidimus::ui::moderation
