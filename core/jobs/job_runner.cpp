#include "core/jobs/job_runner.h"

#include <QLoggingCategory>

namespace vidimus::jobs {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
Q_LOGGING_CATEGORY(lcJobs, "vidimus.jobs")
constexpr auto kPollInterval = 3s;
constexpr auto kProgressInterval = 250ms;
constexpr auto kCancelLook = 50ms;
} // namespace

JobRunner::JobRunner(JobQueue& queue, const Clock& clock, std::function<void(const JobId&)> changed)
    : m_queue(queue)
    , m_clock(clock)
    , m_changed(std::move(changed))
{
}

JobRunner::~JobRunner()
{
    stop();
}

void JobRunner::registerKind(const QByteArray& kind, JobHandler handler)
{
    m_handlers.insert(kind, std::move(handler));
}

void JobRunner::start()
{
    m_lanes.emplace_back([this](const std::stop_token& stop) { runLane(stop, JobClass::Light); });
    m_lanes.emplace_back([this](const std::stop_token& stop) { runLane(stop, JobClass::Heavy); });
}

void JobRunner::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        for (const auto& [id, running] : m_running)
            running->cancel.cancel();
    }
    for (std::jthread& lane : m_lanes)
        lane.request_stop();
    m_wake.notify_all();
    m_lanes.clear();
}

void JobRunner::poke()
{
    {
        const std::lock_guard lock(m_mutex);
        ++m_pokes;
    }
    m_wake.notify_all();
}

bool JobRunner::isRunning() const
{
    const std::lock_guard lock(m_mutex);
    return !m_running.empty();
}

Result<Job> JobRunner::change(const JobId& id, JobEvent event)
{
    auto job = [&]() -> Result<Job> {
        const std::lock_guard lock(m_mutex);
        const auto found = m_running.find(id);
        if (found != m_running.end() && (event == JobEvent::Pause || event == JobEvent::Cancel)) {
            found->second->wish = event;
            found->second->cancel.cancel();
            return m_queue.find(id);
        }
        // Under the lock, so that a job that is just beginning or ending is one or the other.
        return m_queue.change(id, event, m_clock.now());
    }();
    if (job) {
        m_changed(id);
        poke();
    }
    return job;
}

Result<void> JobRunner::runAllQueued(const CancelToken& cancel)
{
    // A handler that says nothing about its progress must hear of it, too.
    const std::jthread watcher([&](const std::stop_token& stop) {
        std::unique_lock lock(m_mutex);
        while (!stop.stop_requested()) {
            if (cancel.isCanceled()) {
                for (const auto& [id, running] : m_running)
                    running->cancel.cancel();
            }
            m_wake.wait_for(lock, stop, kCancelLook, [] { return false; });
        }
    });
    for (bool ranAny = true; ranAny;) {
        ranAny = false;
        for (const JobClass jobClass : {JobClass::Light, JobClass::Heavy}) {
            while (!cancel.isCanceled()) {
                auto job = m_queue.takeNext(jobClass, m_clock.now());
                if (!job)
                    return std::move(job).error();
                if (!*job)
                    break;
                if (auto ran = runOne(**job, cancel); !ran)
                    return ran;
                ranAny = true;
            }
        }
    }
    return {};
}

void JobRunner::runLane(const std::stop_token& stop, JobClass jobClass)
{
    quint64 seen = 0;
    while (!stop.stop_requested()) {
        {
            const std::lock_guard lock(m_mutex);
            seen = m_pokes;
        }
        auto job = m_queue.takeNext(jobClass, m_clock.now());
        if (!job)
            qCWarning(lcJobs) << "cannot take a job:" << job.error().detail;
        if (job && *job) {
            if (auto ran = runOne(**job, {}); !ran)
                qCWarning(lcJobs) << "cannot store the end of a job:" << ran.error().detail;
            continue;
        }
        std::unique_lock lock(m_mutex);
        m_wake.wait_for(lock, stop, kPollInterval, [&] { return m_pokes != seen; });
    }
}

Result<void> JobRunner::runOne(const Job& job, const CancelToken& outer)
{
    const auto running = std::make_shared<Running>();
    {
        const std::lock_guard lock(m_mutex);
        const auto stored = m_queue.find(job.id);
        if (!stored)
            return stored.error();
        if (stored->state != JobState::Running) // somebody paused or cancelled it after it was taken
            return {};
        m_running.emplace(job.id, running);
        if (m_stopping)
            running->cancel.cancel();
    }
    m_changed(job.id);

    auto lastSaved = std::chrono::steady_clock::time_point {};
    const JobProgressSink progress = [&](double done, double total, const QJsonObject& detail) {
        if (outer.isCanceled())
            running->cancel.cancel();
        const auto now = std::chrono::steady_clock::now();
        if (now - lastSaved < kProgressInterval)
            return;
        lastSaved = now;
        if (auto saved = m_queue.saveProgress(job.id, done, total, detail); !saved)
            qCWarning(lcJobs) << "cannot store progress:" << saved.error().detail;
        m_changed(job.id);
    };
    const auto handler = m_handlers.constFind(job.kind);
    const Result<void> outcome = handler == m_handlers.constEnd()
        ? Result<void>(Error {ErrorCode::Unsupported,
              u"no handler for jobs of kind \"%1\""_s.arg(QString::fromLatin1(job.kind)), "job_kind"})
        : (*handler)(job, running->cancel.token(), progress);

    const auto settled = [&] {
        const std::lock_guard lock(m_mutex);
        auto stored = settle(job, outcome, running->wish);
        m_running.erase(job.id);
        return stored;
    }();
    m_changed(job.id);
    if (!settled)
        return settled.error();
    return {};
}

Result<Job> JobRunner::settle(const Job& job, const Result<void>& outcome, const std::optional<JobEvent>& wish)
{
    const Instant now = m_clock.now();
    if (outcome)
        return m_queue.change(job.id, JobEvent::Finish, now);
    if (wish) // whatever a handler says that was interrupted
        return m_queue.change(job.id, *wish, now);
    if (outcome.error().code != ErrorCode::Canceled)
        return m_queue.change(job.id, JobEvent::Fail, now, outcome.error());
    // Stopped because the program ends: back into the queue, the attempt not counted against it.
    auto paused = m_queue.change(job.id, JobEvent::Pause, now);
    return paused ? m_queue.change(job.id, JobEvent::Resume, now) : paused;
}

} // namespace vidimus::jobs
