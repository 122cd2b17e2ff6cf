#pragma once

#include "core/base/cancel.h"
#include "core/media/frame_source.h"

#include <QImage>
#include <QObject>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace vidimus::ui::moderation {

/// Gives the source of an item: opens a sandboxed worker, or hands over one that was opened ahead. Runs on the thread.
using SourceOpener = std::function<Result<std::shared_ptr<media::FrameSource>>()>;

/// A Bgra picture as an image that keeps the picture's bytes alive; nothing is copied.
[[nodiscard]] QImage imageOf(const media::PictureBuffer& picture);

/// How a frame is wanted.
enum class FrameWish {
    Exact,
    NearFirst, ///< after a jump: a picture near it at once, then the frame, unless another is wanted by then
};

/// The thread that owns the player's FrameSource. Frame requests are answered latest first: one that was overtaken is
/// dropped. Sound blocks wait behind the frame. Requests from the ui thread; signals come from the decoding thread and
/// carry the generation given to open(), so that answers about an earlier item can be told.
class DecodeThread : public QObject {
    Q_OBJECT

public:
    explicit DecodeThread(QObject* parent = nullptr);
    ~DecodeThread() override;

    /// Closes what was open. Frames and sound asked for before are forgotten.
    void open(quint64 generation, SourceOpener opener);
    void close() { open(0, {}); }
    void requestFrame(qint64 number, media::PictureSize bounds, FrameWish wish = FrameWish::Exact);
    void requestAudio(qint64 firstSample, qint64 count);
    void forgetAudio();

Q_SIGNALS:
    void opened(quint64 generation, const vidimus::media::MediaFacts& facts, const vidimus::media::FrameIndex& index);
    void openFailed(quint64 generation, const vidimus::Error& error);
    void frameReady(quint64 generation, qint64 number, const QImage& image);
    /// \a number is near the frame \a wanted, which follows.
    void nearFrameReady(quint64 generation, qint64 wanted, qint64 number, const QImage& image);
    void frameFailed(quint64 generation, qint64 number, const vidimus::Error& error);
    /// Silence when the sound could not be decoded.
    void audioReady(quint64 generation, qint64 firstSample, const std::vector<float>& samples);
    /// The decoder crashed and a new one goes on; \a times since the item was opened.
    void decoderRestarted(quint64 generation, int times);

private:
    struct FrameRequest {
        qint64 number = 0;
        media::PictureSize bounds;
        FrameWish wish = FrameWish::Exact;
    };
    struct AudioRequest {
        qint64 firstSample = 0;
        qint64 count = 0;
    };
    void work(const std::stop_token& stop);
    void openSource(quint64 generation, const SourceOpener& opener);
    void decodeFrame(const FrameRequest& request, const CancelToken& cancel);
    [[nodiscard]] bool showNear(const FrameRequest& request, const CancelToken& cancel);
    [[nodiscard]] CancelToken beginExact(const CancelToken& cancel);
    void tellRestarts();
    void decodeAudio(const AudioRequest& request, const CancelToken& cancel);

    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::optional<SourceOpener> m_opener;
    quint64 m_wantedGeneration = 0;
    std::optional<FrameRequest> m_frame;
    std::deque<AudioRequest> m_audio;
    CancelSource m_cancel;
    std::optional<CancelSource> m_exact; ///< of a frame that already stands near on the screen
    // The thread's own:
    std::shared_ptr<media::FrameSource> m_source;
    quint64 m_generation = 0;
    int m_restarts = 0;
    std::jthread m_thread; // last: ends before what it uses
};

} // namespace vidimus::ui::moderation
