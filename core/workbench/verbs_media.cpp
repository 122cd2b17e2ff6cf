#include "core/checks/check_descriptor.h"
#include "core/media/facts.h"
#include "core/workbench/open_input.h"
#include "core/workbench/verb_table.h"
#include "core/worker/worker_pool.h"

#include <QJsonArray>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

Result<VerbReply> runProbe(const VerbContext& context)
{
    const QString path = context.request.operands.first();
    const auto input = openInput(path);
    if (!input)
        return input.error();
    const auto facts = context.workers.probe(input->get(), context.cancel);
    if (!facts)
        return facts.error();
    return VerbReply {ExitCode::Done, media::toJson(*facts)};
}

Result<VerbReply> runChecks(const VerbContext& context)
{
    if (context.request.operands.first() != u"list")
        return Error {ErrorCode::Invalid, u"\"checks\" knows \"list\""_s, "usage"};
    QJsonArray checksJson;
    for (const checks::CheckDescriptor& descriptor : checks::checkDescriptors()) {
        QJsonArray parameters;
        for (const checks::CheckParameter& parameter : descriptor.parameters) {
            parameters.append(QJsonObject {{u"id"_s, QLatin1StringView(parameter.id)},
                {u"unit"_s, QString::fromUtf8(parameter.unit)}, {u"default"_s, parameter.fallback},
                {u"minimum"_s, parameter.minimum}, {u"maximum"_s, parameter.maximum}});
        }
        checksJson.append(QJsonObject {{u"id"_s, QLatin1StringView(descriptor.id)},
            {u"kind"_s, checks::checkKindName(descriptor.kind)}, {u"title"_s, QString::fromUtf8(descriptor.title)},
            {u"standard"_s, QString::fromUtf8(descriptor.standard)}, {u"parameters"_s, parameters}});
    }
    return VerbReply {ExitCode::Done,
        {{u"checks"_s, checksJson}, {u"profiles"_s, QJsonArray::fromStringList(checks::shippedProfileIds())}}};
}

} // namespace vidimus::workbench
