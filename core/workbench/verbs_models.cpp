#include "core/workbench/models.h"
#include "core/workbench/verb_table.h"

#include <QJsonArray>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

QJsonObject rowOf(const InstalledModel& model)
{
    return {{u"name"_s, model.manifest.name}, {u"check"_s, model.manifest.check}, {u"bytes"_s, model.bytes},
        {u"licence"_s, model.manifest.licence}, {u"source"_s, model.manifest.source},
        {u"limits"_s, model.manifest.limits}};
}

} // namespace

Result<VerbReply> runModels(const VerbContext& context)
{
    const QStringList& words = context.request.operands;
    const QString what = words.value(0, u"list"_s);
    if (what == u"add" && words.size() == 2) {
        const bool file = words[1].contains(u'/') || words[1].endsWith(u".json");
        const auto added = file ? addModelFile(words[1]) : addPackagedModel(words[1], modelsFolder(), context.cancel);
        if (!added)
            return added.error();
    } else if (what == u"remove" && words.size() == 2) {
        if (const auto removed = removeModel(words[1]); !removed)
            return removed.error();
    } else if (what != u"list" || words.size() > 1) {
        return Error {ErrorCode::Invalid, u"\"models\" knows list, add NAME|FILE and remove NAME"_s, "usage"};
    }
    QJsonArray models;
    for (const InstalledModel& model : installedModels())
        models.append(rowOf(model));
    return VerbReply {ExitCode::Done,
        {{u"models"_s, models}, {u"available"_s, QJsonArray::fromStringList(packagedModels())},
            {u"folder"_s, modelsFolder()}}};
}

} // namespace vidimus::workbench
