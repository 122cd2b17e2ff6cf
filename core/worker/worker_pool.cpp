#include "core/worker/worker_pool.h"

#include "core/worker/exchange.h"
#include "core/worker/parked_files.h"
#include "core/worker/worker_launcher.h"

#include <mutex>

namespace vidimus::worker {

using namespace Qt::StringLiterals;

struct WorkerPool::Impl {
    explicit Impl(WorkerOptions options)
        : launcher(std::move(options))
    {
    }

    [[nodiscard]] Result<SelfProbeOutcome> tryForbidden(const char* name);

    ParkedFiles parked;
    std::mutex statusMutex;
    std::optional<SandboxStatus> status;
    WorkerLauncher launcher;
};

Result<SelfProbeOutcome> WorkerPool::Impl::tryForbidden(const char* name)
{
    auto worker = launcher.launch(limitsFor(JobClass::SelfProbe, 0));
    if (!worker)
        return std::move(worker).error();
    const Message request = jsonMessage(MessageType::SelfProbe, QJsonObject {{u"name"_s, QString::fromLatin1(name)}});
    const auto answer = exchange(*worker->process, request, -1, {});
    if (answer) {
        auto outcome = selfProbeOutcomeFromJson(*answer);
        if (!outcome)
            return worker->process->refuse(outcome.error().detail);
        return outcome;
    }
    const Error& error = answer.error();
    const bool killed = error.detail.contains("forbidden system call"_L1) || error.reason == "worker_limit_memory";
    return SelfProbeOutcome {name, killed, killed ? u"killed: "_s + error.detail : error.detail};
}

WorkerPool::WorkerPool(WorkerOptions options)
    : m_impl(std::make_unique<Impl>(std::move(options)))
{
}

WorkerPool::~WorkerPool() = default;

void WorkerPool::warmUp()
{
    m_impl->launcher.warmUp();
}

Result<SandboxStatus> WorkerPool::sandboxStatus()
{
    const std::scoped_lock lock(m_impl->statusMutex);
    if (!m_impl->status) {
        auto worker = m_impl->launcher.launch(limitsFor(JobClass::SelfProbe, 0));
        if (!worker)
            return std::move(worker).error();
        m_impl->status = worker->sandbox;
    }
    return *m_impl->status;
}

Result<QList<SelfProbeOutcome>> WorkerPool::selfProbe()
{
    QList<SelfProbeOutcome> outcomes;
    for (const char* name : kForbiddenThings) {
        auto outcome = m_impl->tryForbidden(name);
        if (!outcome)
            return std::move(outcome).error();
        outcome->name = name;
        outcomes.append(*std::move(outcome));
    }
    return outcomes;
}

void WorkerPool::release(int input)
{
    if (const auto file = InputFile::reopen(input))
        m_impl->parked.release(file->identity());
}

} // namespace vidimus::worker
