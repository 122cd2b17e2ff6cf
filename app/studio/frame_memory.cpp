#include "app/studio/frame_memory.h"

#include "app/studio/language.h"
#include "core/base/durable_file.h"
#include "core/base/json.h"
#include "core/workbench/workspace_paths.h"

#include <QJsonArray>

namespace vidimus::studio {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMaxBytes = 4096;
constexpr int kMaxSide = 16'384; // pixels

QString pathIn(const QString& folder)
{
    return workbench::WorkspacePaths {folder}.cache() + u"/frame.json"_s;
}

} // namespace

FrameMemory FrameMemory::read(const QString& workspaceFolder)
{
    FrameMemory memory;
    const auto bytes = readFile(pathIn(workspaceFolder), kMaxBytes);
    const auto object = bytes ? parseJsonObject(*bytes) : Result<QJsonObject>(bytes.error());
    if (!object)
        return memory;
    const QJsonArray sides = object->value(u"geometry"_s).toArray();
    const QRect wanted(sides.at(0).toInt(), sides.at(1).toInt(), sides.at(2).toInt(), sides.at(3).toInt());
    if (wanted.isValid() && wanted.width() <= kMaxSide && wanted.height() <= kMaxSide)
        memory.geometry = wanted;
    memory.maximized = object->value(u"maximized"_s).toBool();
    memory.scheme = ui::widgets::schemeChoiceFromName(object->value(u"theme"_s).toString());
    if (const QString language = object->value(u"language"_s).toString(); isLanguage(language))
        memory.language = language;
    return memory;
}

void FrameMemory::write(const QString& workspaceFolder) const
{
    const QJsonObject object {
        {u"geometry"_s, QJsonArray {geometry.x(), geometry.y(), geometry.width(), geometry.height()}},
        {u"maximized"_s, maximized}, {u"theme"_s, ui::widgets::schemeChoiceName(scheme)}, {u"language"_s, language}};
    if (auto written = writeFileDurably(pathIn(workspaceFolder), toJson(object)); !written)
        qWarning("frame memory: %s", qPrintable(written.error().detail));
}

} // namespace vidimus::studio
