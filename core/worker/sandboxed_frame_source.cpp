#include "core/worker/sandboxed_frame_source.h"

#include "core/worker/worker_exit.h"

#include <cstdlib>

namespace vidimus::worker {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kLongestPlayStep = 4; // beyond that, steps are seeks
constexpr int kPlayAhead = FrameSlots::kCount - 1;

} // namespace

SandboxedFrameSource::SandboxedFrameSource(WorkerLauncher& launcher, ParkedFiles& parked, InputFile input)
    : m_launcher(launcher)
    , m_parked(parked)
    , m_input(std::move(input))
{
}

Result<std::unique_ptr<SandboxedFrameSource>> SandboxedFrameSource::open(
    WorkerLauncher& launcher, ParkedFiles& parked, InputFile input, const CancelToken& cancel)
{
    std::unique_ptr<SandboxedFrameSource> source(new SandboxedFrameSource(launcher, parked, std::move(input)));
    const auto opened = source->withWorker(cancel, [&source](FrameConnection& connection) -> Result<void> {
        source->m_facts = connection.facts();
        source->m_index = connection.index();
        return {};
    });
    if (!opened)
        return opened.error();
    return source;
}

Result<void> SandboxedFrameSource::connect(const CancelToken& cancel)
{
    if (m_connection)
        return {};
    auto worker = m_launcher.launch(limitsFor(JobClass::Frames, m_input.identity().bytes));
    if (!worker)
        return std::move(worker).error();
    auto connection = FrameConnection::open(std::move(worker->process), m_input, cancel);
    if (!connection)
        return std::move(connection).error();
    // A second worker must see the same file as the first, or frame numbers mean something else.
    if (!m_index.isEmpty() && (*connection)->index() != m_index)
        return Error {ErrorCode::Corrupt, u"the file is not the same any more"_s, "file_changed"};
    m_connection = *std::move(connection);
    return {};
}

template<class Attempt>
auto SandboxedFrameSource::withWorker(const CancelToken& cancel, Attempt attempt)
    -> std::invoke_result_t<Attempt, FrameConnection&>
{
    for (;;) {
        if (const auto allowed = m_parked.check(m_input.identity()); !allowed)
            return allowed.error();
        const auto connected = connect(cancel);
        Error error;
        if (connected) {
            auto value = attempt(*m_connection);
            if (value || m_connection->isUsable())
                return value;
            error = value.error();
            m_connection.reset();
        } else {
            error = connected.error();
        }
        if (!isWorkersFault(error))
            return error;
        m_parked.addCrash(m_input.identity());
        ++m_crashes;
        if (error.reason != "worker_crashed")
            return error;
    }
}

Result<media::PictureSize> SandboxedFrameSource::boxFor(qint64 number, media::PictureSize bounds) const
{
    const media::VideoStream* picture = m_facts.programmeVideo();
    if (number < 0 || number >= m_index.count() || !picture || bounds.width < 1 || bounds.height < 1)
        return Error {ErrorCode::Invalid, u"no frame %1"_s.arg(number), "no_such_frame"};
    return media::fitInto({picture->displayWidth, picture->displayHeight}, bounds);
}

Result<media::PictureBuffer> SandboxedFrameSource::nearFrame(
    qint64 number, media::PictureSize bounds, const CancelToken& cancel)
{
    const auto box = boxFor(number, bounds);
    if (!box)
        return box.error();
    return withWorker(cancel, [&](FrameConnection& connection) { return connection.nearFrame(number, *box, cancel); });
}

Result<media::PictureBuffer> SandboxedFrameSource::frame(
    qint64 number, media::PictureSize bounds, const CancelToken& cancel)
{
    const auto box = boxFor(number, bounds);
    if (!box)
        return box.error();
    auto shown
        = withWorker(cancel, [&](FrameConnection& connection) { return connection.frame(number, *box, cancel); });
    if (shown)
        prefetchAround(number);
    return shown;
}

void SandboxedFrameSource::prefetchAround(qint64 number)
{
    const qint64 step = m_lastFrame < 0 ? 1 : number - m_lastFrame;
    const bool playing = step != 0 && step == m_lastStep && std::llabs(step) <= kLongestPlayStep;
    const qint64 direction = playing ? step : (step < 0 && step >= -kLongestPlayStep ? -1 : 1);
    std::vector<qint64> likely;
    if (playing) {
        for (int i = 1; i <= kPlayAhead; ++i)
            likely.push_back(number + i * direction);
    } else {
        likely = {number + direction, number - direction}; // a step, or a step back
    }
    for (const qint64 next : likely) {
        // A failure shows itself in the next call, where it can be answered with a new worker.
        if (next >= 0 && next < m_index.count() && !m_connection->prefetch(next))
            break;
    }
    if (step != 0)
        m_lastStep = step;
    m_lastFrame = number;
}

Result<std::vector<float>> SandboxedFrameSource::audio(qint64 startSample, qint64 count, const CancelToken& cancel)
{
    if (startSample < 0 || count < 0)
        return Error {ErrorCode::Invalid, u"no sound at sample %1"_s.arg(startSample), "no_such_sound"};
    return withWorker(
        cancel, [&](FrameConnection& connection) { return connection.audio(startSample, count, cancel); });
}

} // namespace vidimus::worker
