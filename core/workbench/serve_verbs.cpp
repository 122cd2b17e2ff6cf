#include "core/workbench/serve_verbs.h"

#include "core/sql/handle_lease.h"
#include "core/store/workspace_store.h"
#include "core/workbench/run_verb.h"
#include "core/workbench/workspace.h"

#include <QFile>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

Result<std::unique_ptr<LocalServer>> serveVerbs(Workspace& workspace, const QString& defaultProfile)
{
    return LocalServer::listen(workspace.paths().studioSocket(),
        [&workspace, defaultProfile](const VerbRequest& given, const CancelToken& cancel, const VerbNotes& notes) {
            VerbRequest request = given;
            if (request.profile.isEmpty())
                request.profile = defaultProfile;
            return runVerb({request, &workspace, workspace.workers(), cancel, notes});
        });
}

ServedWorkspace::ServedWorkspace(std::unique_ptr<Workspace> workspace, bool named, CancelToken cancel)
    : m_workspace(std::move(workspace))
    , m_cancel(std::move(cancel))
{
    QString own;
    if (named) {
        const auto other = m_workspace->as({});
        if (!other)
            return; // it works on another catalog: who names no profile has to wait
        own = (*other)->profile().name;
    }
    if (auto server = serveVerbs(*m_workspace, own))
        m_server = *std::move(server);
}

ServedWorkspace::~ServedWorkspace()
{
    if (m_server)
        m_server->finish(m_cancel);
}

QString holderOf(const QString& folder)
{
    constexpr qint64 kMaxBytes = 4096;
    constexpr qsizetype kShown = 80;
    QFile lock(sql::lockPathFor(store::WorkspaceStore::databasePathIn(folder)));
    const qint64 id = lock.open(QIODevice::ReadOnly) ? lock.read(32).trimmed().toLongLong() : 0;
    QFile line(u"/proc/%1/cmdline"_s.arg(id));
    if (id <= 0 || !line.open(QIODevice::ReadOnly))
        return {};
    QStringList words = QString::fromLocal8Bit(line.read(kMaxBytes)).split(u'\0', Qt::SkipEmptyParts);
    if (words.isEmpty())
        return {};
    words.first() = words.first().section(u'/', -1);
    const QString command = words.join(u' ');
    return u"\"%1\" (process %2)"_s.arg(
        command.size() > kShown ? command.left(kShown) + u'…' : command, QString::number(id));
}

Error heldByAnother(const QString& folder)
{
    const QString holder = holderOf(folder);
    return {ErrorCode::Conflict,
        u"the workspace is in use by %1, which does not do this for another command"_s.arg(
            holder.isEmpty() ? u"another program"_s : holder),
        "locked"};
}

} // namespace vidimus::workbench
