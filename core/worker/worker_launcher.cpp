#include "core/worker/worker_launcher.h"

#include "core/worker/bubblewrap.h"
#include "core/worker/worker_exit.h"

#include <QFile>

namespace vidimus::worker {

using namespace Qt::StringLiterals;

WorkerLauncher::WorkerLauncher(WorkerOptions options)
    : m_options(std::move(options))
    , m_executable(m_options.executable)
{
    if (!m_options.allowBubblewrap)
        m_bubblewrapAbsence = u"turned off"_s;
}

WorkerLauncher::~WorkerLauncher() = default;

Result<ReadyWorker> WorkerLauncher::launch(const WorkerLimits& limits)
{
    auto worker = launchOnce(limits);
    if (!worker && isWorkersFault(worker.error()))
        worker = launchOnce(limits); // the waiting one may have been killed
    warmUp();
    if (!worker && isWorkersFault(worker.error())) {
        // No file had been seen: it is the program that cannot run here.
        return Error {
            ErrorCode::Missing, u"the media worker does not start: %1"_s.arg(worker.error().detail), "no_worker"};
    }
    return worker;
}

Result<ReadyWorker> WorkerLauncher::launchOnce(const WorkerLimits& limits)
{
    auto process = m_spawner.run([this] { return takeOrStart(); });
    if (!process)
        return std::move(process).error();
    auto sandbox = (*process)->configure(limits, m_options.allowLandlock);
    if (!sandbox)
        return std::move(sandbox).error();
    if (!sandbox->bubblewrap) {
        const std::scoped_lock lock(m_absenceMutex);
        sandbox->bubblewrapAbsence = m_bubblewrapAbsence;
    }
    return ReadyWorker {*std::move(process), *std::move(sandbox)};
}

void WorkerLauncher::warmUp()
{
    if (m_options.keepWarm)
        m_spawner.post([this] { keepOneWaiting(); });
}

void WorkerLauncher::keepOneWaiting()
{
    if (m_waiting && m_waiting->isAlive())
        return;
    m_waiting.reset();
    if (auto process = startOnHighestRung())
        m_waiting = *std::move(process);
}

Result<std::unique_ptr<WorkerProcess>> WorkerLauncher::takeOrStart()
{
    if (m_waiting && m_waiting->isAlive())
        return std::move(m_waiting);
    m_waiting.reset();
    return startOnHighestRung();
}

Result<std::unique_ptr<WorkerProcess>> WorkerLauncher::startOnHighestRung()
{
    if (m_executable.isEmpty()) {
        auto found = findWorkerExecutable();
        if (!found)
            return std::move(found).error();
        m_executable = *std::move(found);
    }
    if (m_bubblewrapAbsence.isEmpty()) {
        QString absence = u"not installed"_s;
        if (const QString bubblewrap = findBubblewrap(); !bubblewrap.isEmpty()) {
            auto process = startOne(bubblewrapCommand(bubblewrap, m_executable), true);
            if (process)
                return process;
            absence = process.error().detail;
        }
        const std::scoped_lock lock(m_absenceMutex);
        m_bubblewrapAbsence = absence;
    }
    return startOne({QFile::encodeName(m_executable)}, false);
}

Result<std::unique_ptr<WorkerProcess>> WorkerLauncher::startOne(const QList<QByteArray>& command, bool wrapped)
{
    auto process = WorkerProcess::start(command, wrapped);
    if (!process)
        return process;
    if (auto hello = (*process)->awaitHello(); !hello)
        return std::move(hello).error();
    return process;
}

} // namespace vidimus::worker
