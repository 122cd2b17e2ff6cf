#include "ui/moderation/overview.h"

#include <chrono>
#include <cmath>

namespace vidimus::ui::moderation {

namespace {

constexpr media::PictureSize kFilmBounds {160, 90};
constexpr qint64 kReadSamples = 5LL * media::kPlaybackSampleRate;
constexpr int kPicturesPerStep = 4;
constexpr auto kDelay = std::chrono::milliseconds(250); // an item that is only passed by costs nothing

/// The key frame at or before a frame: much cheaper than the frame itself, and near enough for a strip.
qint64 cheapFrame(const media::FrameIndex& index, qint64 wanted, qint64 distance)
{
    const qint64 key = index.keyBefore(wanted);
    return wanted - key <= distance ? key : wanted;
}

/// Peaks of \a samples (interleaved, from \a first on) into their slices.
void addPeaks(std::vector<float>& slices, const std::vector<float>& samples, qint64 first, double samplesPerSlice)
{
    const auto pairs = static_cast<qint64>(samples.size()) / media::kPlaybackChannels;
    for (qint64 i = 0; i < pairs; ++i) {
        const auto slice = static_cast<std::size_t>(double(first + i) / samplesPerSlice);
        if (slice >= slices.size())
            return;
        for (int channel = 0; channel < media::kPlaybackChannels; ++channel) {
            const float value = std::abs(samples[static_cast<std::size_t>(i * media::kPlaybackChannels + channel)]);
            slices[slice] = std::max(slices[slice], std::min(value, 1.0F));
        }
    }
}

} // namespace

OverviewReader::OverviewReader(QObject* parent)
    : QObject(parent)
{
}

OverviewReader::~OverviewReader()
{
    stop();
}

void OverviewReader::stop()
{
    m_cancel.cancel();
    if (m_thread.joinable()) {
        m_thread.request_stop();
        m_thread.join();
    }
}

void OverviewReader::read(quint64 generation, SourceOpener opener)
{
    // The former reading ends by itself soon; only the next one waits for it, never the window.
    m_cancel.cancel();
    m_cancel = CancelSource();
    m_thread = std::jthread([this, generation, opener = std::move(opener), cancel = m_cancel.token(),
                                before = std::make_shared<std::jthread>(std::move(m_thread))] {
        if (before->joinable())
            before->join();
        work(generation, opener, cancel);
    });
}

void OverviewReader::work(quint64 generation, const SourceOpener& opener, const CancelToken& cancel)
{
    for (int i = 0; i < 10 && !cancel.isCanceled(); ++i)
        std::this_thread::sleep_for(kDelay / 10);
    if (cancel.isCanceled())
        return;
    const auto opened = opener();
    if (!opened)
        return;
    media::FrameSource& source = **opened;
    OverviewData data;
    const qint64 count = source.index().count();
    const qint64 pictures = std::min<qint64>(kPictures, count);
    data.film.resize(static_cast<std::size_t>(pictures));
    for (qint64 i = 0; i < pictures && !cancel.isCanceled(); ++i) {
        const qint64 wanted = (2 * i + 1) * count / (2 * pictures);
        const auto picture = source.frame(cheapFrame(source.index(), wanted, count / pictures), kFilmBounds, cancel);
        if (picture)
            data.film[static_cast<std::size_t>(i)] = imageOf(*picture);
        if (i % kPicturesPerStep == kPicturesPerStep - 1)
            Q_EMIT grown(generation, data, false);
    }
    const double seconds = source.facts().durationSeconds;
    if (source.facts().programmeAudio() && seconds > 0) {
        data.waveform.resize(kSlices);
        const auto total = static_cast<qint64>(seconds * media::kPlaybackSampleRate);
        for (qint64 at = 0; at < total && !cancel.isCanceled(); at += kReadSamples) {
            const auto samples = source.audio(at, std::min(kReadSamples, total - at), cancel);
            if (!samples)
                break;
            addPeaks(data.waveform, *samples, at, double(total) / kSlices);
            Q_EMIT grown(generation, data, false);
        }
    }
    if (!cancel.isCanceled())
        Q_EMIT grown(generation, data, true);
}

} // namespace vidimus::ui::moderation
