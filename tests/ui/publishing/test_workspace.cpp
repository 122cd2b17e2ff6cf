#include "test_workspace.h"

#include "core/workbench/decide.h"
#include "core/workbench/demo_data.h"
#include "core/workbench/outbox_desk.h"
#include "core/workbench/renditions.h"
#include "core/workbench/rights_desk.h"

#include <QTest>

namespace vidimus::ui::tests {

using namespace Qt::StringLiterals;

TestWorkspace::TestWorkspace()
{
    const QString bin = QStringLiteral(VIDIMUS_BIN_DIR);
    auto opened = workbench::Workspace::open({.folder = m_folder.path() + u"/workspace"_s,
        .runInBackground = true,
        .worker = {.executable = bin + u"/vidimus-mediaworker"_s},
        .catalogProgram = bin + u"/vidimus-catalogd"_s});
    if (opened)
        m_workspace = *std::move(opened);
    else
        m_error = opened.error().detail;
}

workbench::IngestedAsset TestWorkspace::add(const QString& clip)
{
    auto asset = workbench::ingestFile(*m_workspace, QStringLiteral(VIDIMUS_SOURCE_DIR "/tests/media/") + clip);
    if (!asset)
        m_error = asset.error().detail;
    return asset ? *asset : workbench::IngestedAsset {};
}

bool TestWorkspace::license(const std::vector<TitleId>& titles)
{
    const auto plan = workbench::demoRights(titles, m_workspace->clock().now());
    const auto applied = workbench::applyRightsPlan(*m_workspace, plan);
    if (!applied)
        m_error = applied.error().detail;
    return applied.has_value();
}

bool TestWorkspace::clear(const workbench::IngestedAsset& asset)
{
    if (!waitForJobs())
        return false;
    const auto decided = workbench::decide(*m_workspace, {.asset = asset.id});
    const auto made = decided ? workbench::transcodeAsset(*m_workspace, asset.id, u"demo"_s)
                              : Result<transcode::TranscodeResult>(decided.error());
    if (!made)
        m_error = made.error().detail;
    return made && license({asset.title});
}

QString TestWorkspace::outboxText()
{
    QStringList lines;
    const auto operations = workbench::outboxOperations(*m_workspace);
    for (const catalog::Operation& operation : operations ? *operations : std::vector<catalog::Operation> {}) {
        lines << QString::fromLatin1(catalog::operationKindName(operation.kind)) + u' '
                + QString::fromLatin1(catalog::operationStateName(operation.state)) + u' ' + operation.lastError.detail;
    }
    return lines.join(u"; "_s);
}

bool TestWorkspace::waitForJobs()
{
    return QTest::qWaitFor(
        [this] {
            const auto jobs = workbench::listJobs(*m_workspace, 1000);
            return jobs && std::ranges::none_of(*jobs, [](const jobs::Job& job) {
                return job.state == jobs::JobState::Queued || job.state == jobs::JobState::Running;
            });
        },
        120'000);
}

} // namespace vidimus::ui::tests
