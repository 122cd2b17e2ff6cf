#pragma once

#include "core/media/frame_source.h"
#include "ui/moderation/sound_output.h"

#include <condition_variable>
#include <mutex>
#include <vector>

namespace vidimus::test {

/// Frames of one colour and sound whose samples are their own position; keeps what was asked of it. Any thread.
class FakeSource : public media::FrameSource {
public:
    explicit FakeSource(qint64 frames)
    {
        std::vector<media::FrameIndexEntry> entries;
        for (qint64 n = 0; n < frames; ++n)
            entries.push_back({n, 1, n % 100 == 0});
        m_index = media::FrameIndex({1, 25}, {0, 1}, std::move(entries));
        media::VideoStream video;
        video.width = video.displayWidth = 64;
        video.height = video.displayHeight = 36;
        video.averageRate = {25, 1};
        m_facts.video.push_back(video);
        m_facts.bestVideo = 0;
        m_facts.durationSeconds = double(frames) / 25;
    }
    [[nodiscard]] const media::MediaFacts& facts() const override { return m_facts; }
    [[nodiscard]] const media::FrameIndex& index() const override { return m_index; }
    [[nodiscard]] Result<media::PictureBuffer> frame(
        qint64 number, media::PictureSize, const CancelToken& cancel) override
    {
        std::unique_lock lock(m_mutex);
        exactAsked.push_back(number);
        while (number == heldFrame && !cancel.isCanceled())
            m_changed.wait_for(lock, std::chrono::milliseconds(1));
        if (cancel.isCanceled()) {
            canceled.push_back(number);
            return Error {ErrorCode::Canceled, {}, {}};
        }
        return picture(number);
    }
    [[nodiscard]] Result<media::PictureBuffer> nearFrame(qint64 number, media::PictureSize, const CancelToken&) override
    {
        const std::scoped_lock lock(m_mutex);
        nearAsked.push_back(number);
        return picture(m_index.keyBefore(number));
    }
    [[nodiscard]] Result<std::vector<float>> audio(qint64 start, qint64 count, const CancelToken&) override
    {
        std::vector<float> samples;
        for (qint64 n = start; n < start + count; ++n)
            samples.insert(samples.end(), 2, sampleAt(n));
        return samples;
    }
    /// The sample at a position, exact in a float.
    [[nodiscard]] static float sampleAt(qint64 position) { return float(position % 65536) / 65536.0F; }

    /// Reads under the lock.
    template<class Read>
    auto look(Read read)
    {
        const std::scoped_lock lock(m_mutex);
        return read(*this);
    }
    std::vector<qint64> exactAsked;
    std::vector<qint64> nearAsked;
    std::vector<qint64> canceled;
    qint64 heldFrame = -1; ///< this one is not ready until it is canceled

private:
    static media::PictureBuffer picture(qint64 number)
    {
        media::PictureBuffer made;
        made.width = 64;
        made.height = 36;
        made.strideBytes = 256;
        made.bytes = QByteArray(256 * 36, char(number));
        made.number = number;
        return made;
    }
    media::MediaFacts m_facts;
    media::FrameIndex m_index;
    std::mutex m_mutex;
    std::condition_variable m_changed;
};

/// What a FakeOutput was given and is to say; outlives it. Ui thread.
struct OutputTape {
    std::vector<float> written;
    qint64 playedAtMost = 0; ///< pairs; never more than were written
    qsizetype room = 4800;
    int opened = 0;
    bool fails = false;
    bool muted = false;
};

/// A sound device without a device: plays as far as the test says.
class FakeOutput : public ui::moderation::SoundOutput {
public:
    explicit FakeOutput(OutputTape& tape)
        : m_tape(tape)
    {
        ++m_tape.opened;
    }
    [[nodiscard]] qsizetype room() const override { return std::max<qint64>(0, m_tape.room - (m_pairs - played())); }
    qsizetype write(std::span<const float> samples) override
    {
        m_tape.written.insert(m_tape.written.end(), samples.begin(), samples.end());
        m_pairs += qint64(samples.size()) / 2;
        return qsizetype(samples.size()) / 2;
    }
    [[nodiscard]] qint64 played() const override { return std::min(m_tape.playedAtMost, m_pairs); }
    void setMuted(bool muted) override { m_tape.muted = muted; }
    [[nodiscard]] bool hasFailed() const override { return m_tape.fails; }

private:
    OutputTape& m_tape;
    qint64 m_pairs = 0;
};

} // namespace vidimus::test
