#include "core/worker/worker_options.h"

#include <QDir>
#include <QFileInfo>
#include <QStringList>

namespace vidimus::worker {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kProgramName = "vidimus-mediaworker"_L1;

QString programFolder()
{
    return QFileInfo(QFileInfo(u"/proc/self/exe"_s).symLinkTarget()).path();
}

} // namespace

Result<QString> findWorkerExecutable()
{
    QStringList candidates;
    if (const QString chosen = qEnvironmentVariable("VIDIMUS_MEDIAWORKER"); !chosen.isEmpty()) {
        candidates.append(chosen); // a wrong setting is an error, not a reason to run another program
    } else {
        const QDir folder(programFolder());
        candidates.append(folder.filePath(kProgramName));
        candidates.append(folder.filePath("../bin/"_L1 + kProgramName));
    }
    for (const QString& candidate : std::as_const(candidates)) {
        const QFileInfo file(candidate);
        if (file.isFile() && file.isExecutable())
            return file.canonicalFilePath();
    }
    return Error {ErrorCode::Missing, u"the program %1 is not beside this one"_s.arg(kProgramName), "no_worker"};
}

} // namespace vidimus::worker
