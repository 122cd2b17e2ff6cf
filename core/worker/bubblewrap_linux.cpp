#include "core/worker/bubblewrap.h"

#include <QDir>
#include <QFileInfo>

namespace vidimus::worker {

using namespace Qt::StringLiterals;

namespace {

constexpr const char* kProgramInBox = "/vidimus-mediaworker";

/// What the dynamic linker needs: libraries, its cache, and the links by which Debian chooses a BLAS.
constexpr const char* kLibraryPlaces[]
    = {"/usr/lib", "/usr/lib64", "/usr/local/lib", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/alternatives"};

} // namespace

QString findBubblewrap()
{
    // A fixed place: what PATH names first could be anything.
    const QFileInfo file(u"/usr/bin/bwrap"_s);
    return file.isFile() && file.isExecutable() ? file.filePath() : QString();
}

QList<QByteArray> bubblewrapCommand(const QString& bubblewrap, const QString& executable)
{
    QList<QByteArray> command {
        QFile::encodeName(bubblewrap), "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL"};
    for (const char* place : kLibraryPlaces) {
        const QFileInfo file(QString::fromLatin1(place));
        if (file.isSymLink()) // "/lib" on a merged /usr
            command << "--symlink" << QFile::encodeName(QFile::symLinkTarget(file.filePath()).mid(1)) << place;
        else if (file.exists())
            command << "--ro-bind" << place << place;
    }
    command << "--ro-bind" << QFile::encodeName(executable) << kProgramInBox;
#ifdef VIDIMUS_ASAN
    command << "--proc" << "/proc"; // the sanitizer reads its own memory map
#endif
    command << "--remount-ro" << "/" << "--chdir" << "/" << "--" << kProgramInBox;
    return command;
}

} // namespace vidimus::worker
