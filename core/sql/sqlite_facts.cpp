#include "core/sql/sqlite_facts.h"

#include "core/base/posix_error.h"

#include <QFile>
#include <QFileInfo>
#include <array>
#include <cerrno>
#include <sqlite3.h>
#include <sys/vfs.h>

namespace vidimus::sql {

using namespace Qt::StringLiterals;

namespace {

struct NetworkFileSystem {
    long magic;
    QLatin1StringView name;
};
/// From linux/magic.h and statfs(2). FUSE is not among them: it also carries local file systems.
constexpr std::array kNetworkFileSystems {
    NetworkFileSystem {0x6969, "NFS"_L1},
    NetworkFileSystem {0x517B, "SMB"_L1},
    NetworkFileSystem {0xFE534D42, "SMB2"_L1},
    NetworkFileSystem {0xFF534D42, "CIFS"_L1},
    NetworkFileSystem {0x5346414F, "AFS"_L1},
    NetworkFileSystem {0x6B414653, "kAFS"_L1},
    NetworkFileSystem {0x73757245, "Coda"_L1},
    NetworkFileSystem {0x564C, "NCP"_L1},
    NetworkFileSystem {0x00C36400, "Ceph"_L1},
    NetworkFileSystem {0x01021997, "9p"_L1},
    NetworkFileSystem {0x7461636F, "OCFS2"_L1},
    NetworkFileSystem {0x01161970, "GFS2"_L1},
    NetworkFileSystem {0x0BD00BD0, "Lustre"_L1},
};

} // namespace

bool walResetFixIn(int versionNumber)
{
    const int series = versionNumber / 1000;
    return versionNumber >= 3051003 || (series == 3050 && versionNumber >= 3050007)
        || (series == 3044 && versionNumber >= 3044006);
}

SqliteFacts sqliteFacts()
{
    return {QString::fromLatin1(sqlite3_libversion()), walResetFixIn(sqlite3_libversion_number())};
}

QString networkFileSystemName(long magic)
{
    for (const NetworkFileSystem& system : kNetworkFileSystems) {
        if (system.magic == (magic & 0xFFFFFFFF))
            return system.name;
    }
    return {};
}

Result<void> refuseNetworkFileSystem(const QString& folder)
{
    struct statfs facts {};
    if (statfs(QFile::encodeName(folder).constData(), &facts) != 0)
        return posixError("statfs", errno, QFileInfo(folder).fileName());
    const QString name = networkFileSystemName(facts.f_type);
    if (!name.isEmpty()) {
        return Error {ErrorCode::Unsupported,
            u"the folder is on a network file system (%1), which write-ahead logging cannot use"_s.arg(name),
            "network_file_system"};
    }
    return {};
}

} // namespace vidimus::sql
