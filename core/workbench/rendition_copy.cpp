#include "core/workbench/rendition_copy.h"

#include "core/base/durable_file.h"
#include "core/workbench/rendition_files.h"

#include <QFile>
#include <QFileInfo>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {
const QString kMaster = u"master.m3u8"_s;
}

Result<void> copyRenditions(const QString& folder, const QString& out, const CancelToken& cancel)
{
    if (auto made = makeFolderDurably(out); !made)
        return made;
    if (QFileInfo(folder).canonicalFilePath() == QFileInfo(out).canonicalFilePath())
        return {};
    const auto files = renditionFiles(folder, cancel);
    if (!files)
        return files.error();
    QFile::remove(out + u'/' + kMaster);
    for (const catalog::PackageFile& file : *files) {
        if (cancel.isCanceled())
            return Error {ErrorCode::Canceled, u"the copy was cancelled"_s, "canceled"};
        if (file.name == kMaster)
            continue;
        const QString path = out + u'/' + file.name;
        if (auto made = makeFolderDurably(QFileInfo(path).path()); !made)
            return made;
        if (auto copied = copyFileDurably(file.path, path); !copied)
            return copied;
    }
    return copyFileDurably(folder + u'/' + kMaster, out + u'/' + kMaster);
}

} // namespace vidimus::workbench
