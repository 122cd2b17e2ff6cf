#include "core/media/engine/sink_thread.h"

#include "core/media/engine/av_ptr_p.h"

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <mutex>
#include <thread>
#include <variant>

namespace vidimus::media::engine {

using namespace Qt::StringLiterals;

namespace {

// Enough to even out frames of different cost; each is a decoded picture in memory.
constexpr int kMostPictures = 4;
constexpr std::size_t kMostCalls = 256;

struct KeptPicture {
    AvFramePtr frame; ///< keeps the pixels of views that are as decoded
    std::vector<FrameView> views;
    std::vector<std::vector<std::byte>> copies; ///< pixels of converted views
};

struct KeptSound {
    AudioView view;
    std::vector<ChannelRole> roles;
    std::vector<float> samples;
};

using Call = std::variant<KeptPicture, KeptSound, DamagedRange>;

void copyPlanes(FrameView& view, std::vector<std::byte>& bytes)
{
    const auto rowBytes = [&](const PlaneView& plane) {
        return static_cast<std::size_t>(plane.width) * static_cast<std::size_t>(bytesPerSampleOf(view.format));
    };
    std::size_t total = 0;
    const auto used = std::span(view.planes).first(static_cast<std::size_t>(planeCountOf(view.format)));
    for (const PlaneView& plane : used)
        total += rowBytes(plane) * static_cast<std::size_t>(plane.height);
    bytes.resize(total);
    std::byte* out = bytes.data();
    for (PlaneView& plane : used) {
        const std::size_t length = rowBytes(plane);
        std::byte* const first = out;
        for (int y = 0; y < plane.height; ++y, out += length)
            std::memcpy(out, plane.data + plane.strideBytes * y, length);
        plane.data = first;
        plane.strideBytes = static_cast<std::ptrdiff_t>(length);
    }
}

KeptPicture keep(const PictureSet& pictures)
{
    KeptPicture kept;
    if (pictures.decoded)
        kept.frame.reset(av_frame_clone(pictures.decoded));
    kept.views.assign(pictures.views.begin(), pictures.views.end());
    for (FrameView& view : kept.views) {
        const auto* data = reinterpret_cast<const std::uint8_t*>(view.planes[0].data);
        if (!kept.frame || data != kept.frame->data[0])
            copyPlanes(view, kept.copies.emplace_back());
    }
    return kept;
}

} // namespace

struct SinkThread::Impl {
    explicit Impl(FrameSink& target)
        : sink(target)
    {
    }

    void work(const std::stop_token& stop);
    [[nodiscard]] Result<void> call(const Call& next) const;
    [[nodiscard]] Result<void> add(Call next);
    [[nodiscard]] bool isFull() const { return pictures >= kMostPictures || calls.size() >= kMostCalls; }

    FrameSink& sink;
    std::mutex mutex;
    std::condition_variable_any changed;
    std::deque<Call> calls;
    int pictures = 0; ///< among the calls
    bool busy = false; ///< the sink is being called
    Result<void> failure;
    std::jthread thread; // last: ends before what it uses
};

Result<void> SinkThread::Impl::call(const Call& next) const
{
    if (const auto* picture = std::get_if<KeptPicture>(&next))
        return sink.picture({.views = picture->views, .decoded = picture->frame.get()});
    if (const auto* sound = std::get_if<KeptSound>(&next)) {
        AudioView view = sound->view;
        view.roles = sound->roles;
        view.samples = sound->samples;
        return sink.audio(view);
    }
    return sink.damaged(std::get<DamagedRange>(next));
}

void SinkThread::Impl::work(const std::stop_token& stop)
{
    std::unique_lock lock(mutex);
    while (changed.wait(lock, stop, [this] { return !calls.empty(); }) && !stop.stop_requested()) {
        const Call next = std::move(calls.front());
        calls.pop_front();
        const bool wanted = bool(failure);
        busy = true;
        lock.unlock();
        auto done = wanted ? call(next) : Result<void>();
        lock.lock();
        busy = false;
        pictures -= std::holds_alternative<KeptPicture>(next) ? 1 : 0;
        if (!done)
            failure = std::move(done);
        changed.notify_all();
    }
}

Result<void> SinkThread::Impl::add(Call next)
{
    std::unique_lock lock(mutex);
    changed.wait(lock, [this] { return !isFull() || !failure; });
    if (!failure)
        return failure;
    pictures += std::holds_alternative<KeptPicture>(next) ? 1 : 0;
    calls.push_back(std::move(next));
    changed.notify_all();
    return {};
}

SinkThread::SinkThread(FrameSink& sink)
    : m_impl(std::make_unique<Impl>(sink))
{
}

SinkThread::~SinkThread() = default;

std::vector<PictureWish> SinkThread::wishes(const MediaFacts& facts) const
{
    return m_impl->sink.wishes(facts);
}

AudioWish SinkThread::audioWish() const
{
    return m_impl->sink.audioWish();
}

Result<void> SinkThread::begin(const PassStart& start)
{
    auto begun = m_impl->sink.begin(start);
    if (begun)
        m_impl->thread = std::jthread([impl = m_impl.get()](const std::stop_token& stop) { impl->work(stop); });
    return begun;
}

Result<void> SinkThread::picture(const PictureSet& pictures)
{
    return m_impl->add(keep(pictures));
}

Result<void> SinkThread::audio(const AudioView& view)
{
    return m_impl->add(
        KeptSound {view, {view.roles.begin(), view.roles.end()}, {view.samples.begin(), view.samples.end()}});
}

Result<void> SinkThread::damaged(const DamagedRange& range)
{
    return m_impl->add(range);
}

Result<void> SinkThread::end()
{
    {
        std::unique_lock lock(m_impl->mutex);
        m_impl->changed.wait(lock, [this] { return (m_impl->calls.empty() && !m_impl->busy) || !m_impl->failure; });
        if (!m_impl->failure)
            return m_impl->failure;
    }
    m_impl->thread.request_stop();
    m_impl->thread.join();
    return m_impl->sink.end();
}

} // namespace vidimus::media::engine
