#include "ui/moderation/decode_thread.h"

namespace vidimus::ui::moderation {

namespace {

void releasePicture(void* keeper)
{
    delete static_cast<QByteArray*>(keeper);
}

} // namespace

QImage imageOf(const media::PictureBuffer& picture)
{
    if (picture.isNull() || picture.format != media::PixelFormat::Bgra)
        return {};
    auto keeper = std::make_unique<QByteArray>(picture.bytes);
    const auto* bits = reinterpret_cast<const uchar*>(keeper->constData());
    // The image owns its share of the bytes from here on and gives it back through releasePicture().
    return QImage(bits, picture.width, picture.height, picture.strideBytes, QImage::Format_RGB32, releasePicture,
        keeper.release());
}

DecodeThread::DecodeThread(QObject* parent)
    : QObject(parent)
    , m_thread([this](const std::stop_token& stop) { work(stop); })
{
}

DecodeThread::~DecodeThread()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_cancel.cancel();
        if (m_exact)
            m_exact->cancel();
    }
    m_thread.request_stop();
    m_thread.join();
}

void DecodeThread::open(quint64 generation, SourceOpener opener)
{
    const std::scoped_lock lock(m_mutex);
    m_cancel.cancel();
    m_cancel = CancelSource();
    if (m_exact)
        m_exact->cancel();
    m_opener = std::move(opener);
    m_wantedGeneration = generation;
    m_frame.reset();
    m_audio.clear();
    m_wake.notify_one();
}

void DecodeThread::requestFrame(qint64 number, media::PictureSize bounds, FrameWish wish)
{
    const std::scoped_lock lock(m_mutex);
    m_frame = FrameRequest {number, bounds, wish};
    if (m_exact)
        m_exact->cancel();
    m_wake.notify_one();
}

void DecodeThread::requestAudio(qint64 firstSample, qint64 count)
{
    const std::scoped_lock lock(m_mutex);
    m_audio.push_back({firstSample, count});
    m_wake.notify_one();
}

void DecodeThread::forgetAudio()
{
    const std::scoped_lock lock(m_mutex);
    m_audio.clear();
}

void DecodeThread::work(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        std::unique_lock lock(m_mutex);
        m_wake.wait(lock, stop, [this] { return m_opener || m_frame || !m_audio.empty(); });
        if (stop.stop_requested())
            break;
        const CancelToken cancel = m_cancel.token();
        if (auto opener = std::exchange(m_opener, std::nullopt)) {
            const quint64 generation = m_wantedGeneration;
            lock.unlock();
            openSource(generation, *opener);
        } else if (auto frame = std::exchange(m_frame, std::nullopt)) {
            lock.unlock();
            decodeFrame(*frame, cancel);
        } else {
            const AudioRequest audio = m_audio.front();
            m_audio.pop_front();
            lock.unlock();
            decodeAudio(audio, cancel);
        }
    }
    m_source.reset();
}

void DecodeThread::openSource(quint64 generation, const SourceOpener& opener)
{
    m_source.reset();
    m_generation = generation;
    m_restarts = 0;
    if (!opener)
        return;
    auto source = opener();
    if (!source) {
        Q_EMIT openFailed(generation, source.error());
        return;
    }
    m_source = *std::move(source);
    Q_EMIT opened(generation, m_source->facts(), m_source->index());
}

void DecodeThread::decodeFrame(const FrameRequest& request, const CancelToken& cancel)
{
    if (!m_source)
        return;
    const bool done = request.wish == FrameWish::NearFirst && showNear(request, cancel);
    if (!done) {
        const CancelToken token = request.wish == FrameWish::NearFirst ? beginExact(cancel) : cancel;
        const auto picture = m_source->frame(request.number, request.bounds, token);
        if (picture)
            Q_EMIT frameReady(m_generation, request.number, imageOf(*picture));
        else if (picture.error().code != ErrorCode::Canceled)
            Q_EMIT frameFailed(m_generation, request.number, picture.error());
    }
    tellRestarts();
}

// True when that picture was the frame itself. What failed is left to the exact answer.
bool DecodeThread::showNear(const FrameRequest& request, const CancelToken& cancel)
{
    const auto picture = m_source->nearFrame(request.number, request.bounds, cancel);
    if (!picture)
        return false;
    if (picture->number == request.number)
        Q_EMIT frameReady(m_generation, request.number, imageOf(*picture));
    else
        Q_EMIT nearFrameReady(m_generation, request.number, picture->number, imageOf(*picture));
    return picture->number == request.number;
}

// A token that the next request cancels. Already canceled when that request has come.
CancelToken DecodeThread::beginExact(const CancelToken& cancel)
{
    const std::scoped_lock lock(m_mutex);
    m_exact.emplace();
    if (m_frame || m_opener || cancel.isCanceled())
        m_exact->cancel();
    return m_exact->token();
}

void DecodeThread::tellRestarts()
{
    if (const int restarts = m_source->restarts(); restarts != std::exchange(m_restarts, restarts))
        Q_EMIT decoderRestarted(m_generation, restarts);
}

void DecodeThread::decodeAudio(const AudioRequest& request, const CancelToken& cancel)
{
    if (!m_source)
        return;
    auto samples = m_source->audio(request.firstSample, request.count, cancel);
    tellRestarts();
    if (!samples && samples.error().code == ErrorCode::Canceled)
        return;
    std::vector<float> block = samples ? *std::move(samples) : std::vector<float>();
    block.resize(static_cast<std::size_t>(request.count) * media::kPlaybackChannels);
    Q_EMIT audioReady(m_generation, request.firstSample, block);
}

} // namespace vidimus::ui::moderation
