#include "workbench_room.h"

#include "core/store/workspace_store.h"
#include "core/workbench/outbox_desk.h"
#include "core/workbench/upkeep.h"

namespace vidimus::test {

using namespace Qt::StringLiterals;
using namespace vidimus::workbench;

WorkbenchRoom::WorkbenchRoom()
    : m_catalogProgram(QStringLiteral(VIDIMUS_BIN_DIR) + u"/vidimus-catalogd"_s)
{
    reopen();
}

void WorkbenchRoom::reopen(const QString& profile)
{
    m_workspace.reset();
    WorkspaceOptions options {.folder = folder(), .profile = profile, .catalogProgram = m_catalogProgram};
    options.worker.executable = QStringLiteral(VIDIMUS_BIN_DIR) + u"/vidimus-mediaworker"_s;
    auto opened = Workspace::open(options);
    if (!opened)
        qFatal("no workspace: %s", qUtf8Printable(opened.error().detail));
    m_workspace = *std::move(opened);
}

void WorkbenchRoom::addProfile(const QString& name, const moderation::RoleSet& roles)
{
    const Person person {.id = newId<PersonId>(), .name = name, .roles = roles};
    const CatalogProfile profile {.name = name, .person = person.id, .kind = CatalogKind::Local, .url = {}};
    if (auto saved = savePerson(*m_workspace, person); !saved)
        qFatal("no person: %s", qUtf8Printable(saved.error().detail));
    if (auto saved = saveProfile(*m_workspace, profile); !saved)
        qFatal("no profile: %s", qUtf8Printable(saved.error().detail));
}

IngestedAsset WorkbenchRoom::ingestClip(const char* name)
{
    auto asset = ingestFile(*m_workspace, clipPath(name));
    if (!asset)
        qFatal("not ingested: %s", qUtf8Printable(asset.error().detail));
    return *std::move(asset);
}

std::vector<audit::LogEntry> WorkbenchRoom::log(int limit)
{
    const auto page
        = m_workspace->store().read([limit](const store::UnitOfWork& unit) { return unit.audit.page({}, 0, limit); });
    if (!page)
        qFatal("no log: %s", qUtf8Printable(page.error().detail));
    return *page;
}

std::vector<catalog::Operation> WorkbenchRoom::outbox()
{
    const auto operations = outboxOperations(*m_workspace);
    if (!operations)
        qFatal("no outbox: %s", qUtf8Printable(operations.error().detail));
    return *operations;
}

QString clipPath(const char* name)
{
    return QStringLiteral(VIDIMUS_SOURCE_DIR) + u"/tests/media/"_s + QLatin1StringView(name);
}

} // namespace vidimus::test
