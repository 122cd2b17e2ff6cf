#include "core/workbench/workspace_paths.h"

#include "core/base/durable_file.h"

#include <QStandardPaths>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

QString WorkspacePaths::original(const QByteArray& sha256) const
{
    return media() + u'/' + QString::fromLatin1(sha256);
}

QString WorkspacePaths::renditionsOf(const QByteArray& sha256, const QString& ladder) const
{
    return u"%1/%2/%3"_s.arg(renditions(), QString::fromLatin1(sha256), ladder);
}

QString WorkspacePaths::thumbnail(const QByteArray& sha256) const
{
    return u"%1/%2.thumb"_s.arg(cache(), QString::fromLatin1(sha256));
}

QString defaultWorkspaceFolder()
{
    const QString named = qEnvironmentVariable("VIDIMUS_WORKSPACE");
    if (!named.isEmpty())
        return named;
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/vidimus"_s;
}

Result<void> makeWorkspaceFolders(const WorkspacePaths& paths)
{
    for (const QString& folder :
        {paths.root, paths.media(), paths.renditions(), paths.cache(), paths.backups(), paths.catalogData()}) {
        if (auto made = makeFolderDurably(folder); !made)
            return made;
    }
    return {};
}

} // namespace vidimus::workbench
