#include "app/studio/manual_chapters.h"

#include <QDir>
#include <QFile>

namespace vidimus::studio {

using namespace Qt::StringLiterals;

std::vector<ui::shell::ManualChapter> manualChapters()
{
    std::vector<ui::shell::ManualChapter> chapters;
    const QDir folder(u":/vidimus/manual"_s);
    for (const QString& name : folder.entryList({u"*.md"_s}, QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (file.open(QIODevice::ReadOnly))
            chapters.push_back(
                ui::shell::chapterFrom(name.section(u'-', 1).section(u'.', 0, 0), QString::fromUtf8(file.readAll())));
    }
    return chapters;
}

} // namespace vidimus::studio
