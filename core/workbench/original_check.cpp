#include "core/workbench/original_check.h"

#include "core/base/sha256.h"
#include "core/workbench/open_input.h"

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

Result<void> checkOriginal(const WorkspacePaths& paths, const QByteArray& sha256, const CancelToken& cancel)
{
    const auto input = openInput(paths.original(sha256));
    if (!input)
        return input.error();
    const auto hash = sha256HexOfFile(input->get(), cancel);
    if (!hash)
        return hash.error();
    if (*hash != sha256)
        return Error {ErrorCode::Corrupt,
            u"the original %1… is not what was ingested"_s.arg(QString::fromLatin1(sha256.left(12))),
            "original_damaged"};
    return {};
}

} // namespace vidimus::workbench
