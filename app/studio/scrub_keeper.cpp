#include "app/studio/scrub_keeper.h"

#include "app/studio/idle_watch.h"
#include "core/jobs/job_runner.h"
#include "core/workbench/task_runner.h"
#include "core/workbench/workspace.h"

namespace vidimus::studio {

using namespace std::chrono_literals;

namespace {

constexpr auto kLook = 1min;
constexpr auto kAfterFailure = 1h;
constexpr qint64 kSliceBytes = 16 << 20; // a tenth of a second of a plain disk: input is not kept waiting by more
constexpr int kPauses = 3; // so many times as long as a slice took: a quarter of the disk and of one processor

} // namespace

ScrubKeeper::ScrubKeeper(workbench::Workspace& workspace, const IdleWatch& idle, QObject* parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_idle(idle)
    , m_scrubber(std::make_shared<workbench::Scrubber>(workspace, workbench::Scrubber::Scope::Share, workspace.clock()))
{
    connect(&m_timer, &QTimer::timeout, this, &ScrubKeeper::look);
    m_timer.setSingleShot(true);
    m_timer.start(kLook);
}

void ScrubKeeper::look()
{
    if (m_isReading)
        return;
    if (!m_idle.isIdle() || m_workspace.jobs().isRunning()) {
        m_timer.start(kLook);
        return;
    }
    m_isReading = true;
    m_workspace.tasks().run(
        this,
        [scrubber = m_scrubber] {
            const auto start = std::chrono::steady_clock::now();
            auto slice = scrubber->readOn(kSliceBytes);
            return Outcome {std::move(slice),
                std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start)};
        },
        [this](const Outcome& outcome) { take(outcome); });
}

void ScrubKeeper::take(const Outcome& outcome)
{
    m_isReading = false;
    if (!outcome.slice) {
        m_timer.start(kAfterFailure);
        Q_EMIT failed(outcome.slice.error());
        return;
    }
    const bool isOver = outcome.slice->isOver;
    m_timer.start(isOver ? std::chrono::milliseconds(kLook) : kPauses * outcome.took);
    Q_EMIT read();
}

} // namespace vidimus::studio
