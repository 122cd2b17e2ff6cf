#include "app/studio/workspace_opener.h"

#include "app/studio/settings.h"
#include "app/studio/trace.h"
#include "core/store/workspace_store.h"
#include "core/workbench/unix_stream.h"

namespace vidimus::studio {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Long enough for a command to end; a studio that holds the workspace is seen at once by its socket.
constexpr auto kLockPatience = 3s;

Result<Opened> openNow(workbench::WorkspaceOptions options)
{
    const workbench::WorkspacePaths paths {options.folder};
    if (workbench::connectUnix(paths.studioSocket()))
        return Error {ErrorCode::Conflict, u"another studio works in this workspace"_s, "studio_runs"};
    options.runInBackground = true;
    options.lockPatience = kLockPatience;
    auto workspace = workbench::Workspace::open(options);
    if (!workspace)
        return std::move(workspace).error();
    trace("database_open");
    Opened opened {.workspace = *std::move(workspace), .settings = {}};
    const auto read = opened.workspace->store().read([&opened](const store::UnitOfWork& unit) -> Result<void> {
        const auto assets = unit.assets.page({}, std::nullopt, 1);
        if (!assets)
            return assets.error();
        opened.isEmpty = assets->empty();
        const auto all = unit.settings.all();
        if (!all)
            return all.error();
        for (const auto& [key, value] : *all)
            opened.settings.insert(key, value.value(u"value"_s));
        return {};
    });
    if (!read)
        return read.error();
    return opened;
}

} // namespace

WorkspaceOpener::WorkspaceOpener(QObject* parent)
    : QObject(parent)
{
}

WorkspaceOpener::~WorkspaceOpener() = default;

void WorkspaceOpener::open(const workbench::WorkspaceOptions& options, std::unique_ptr<workbench::Workspace> before,
    std::function<Result<void>()> between)
{
    m_isOpening = true;
    m_thread = std::jthread([this, options, before = std::move(before), between = std::move(between)]() mutable {
        before.reset();
        const auto prepared = between ? between() : Result<void>();
        auto result = prepared ? openNow(options) : Result<Opened>(prepared.error());
        const auto shared = std::make_shared<Result<Opened>>(std::move(result));
        QMetaObject::invokeMethod(
            this,
            [this, shared] {
                m_isOpening = false;
                if (*shared)
                    Q_EMIT opened(std::make_shared<Opened>(std::move(**shared)));
                else
                    Q_EMIT refused(shared->error());
            },
            Qt::QueuedConnection);
    });
}

} // namespace vidimus::studio
