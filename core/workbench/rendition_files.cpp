#include "core/workbench/rendition_files.h"

#include "core/base/sha256.h"
#include "core/workbench/open_input.h"

#include <QDir>
#include <QDirIterator>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

Result<std::vector<catalog::PackageFile>> renditionFiles(const QString& folder, const CancelToken& cancel)
{
    const QDir root(folder);
    if (!root.exists(u"master.m3u8"_s))
        return Error {ErrorCode::NotFound, u"the renditions are not finished"_s, "not_finished"};
    std::vector<catalog::PackageFile> files;
    QDirIterator walk(folder, QDir::Files | QDir::NoSymLinks, QDirIterator::Subdirectories);
    while (walk.hasNext()) {
        const QString path = walk.next();
        const QString name = root.relativeFilePath(path);
        if (name.endsWith(u".jsonl") || name.endsWith(u".json"))
            continue;
        const auto input = openInput(path);
        if (!input)
            return input.error();
        auto sha256 = sha256HexOfFile(input->get(), cancel);
        if (!sha256)
            return std::move(sha256).error();
        files.push_back({.name = name, .path = path, .sha256 = *std::move(sha256), .bytes = walk.fileInfo().size()});
    }
    std::ranges::sort(files, {}, &catalog::PackageFile::name);
    return files;
}

} // namespace vidimus::workbench
