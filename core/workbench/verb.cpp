#include "core/workbench/verb.h"

#include "core/base/json.h"

#include <QJsonArray>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

ExitCode exitCodeFor(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Invalid:
    case ErrorCode::NotFound:
    case ErrorCode::Unsupported:
    case ErrorCode::Corrupt:
    case ErrorCode::LimitExceeded:
    case ErrorCode::Io:
    case ErrorCode::DiskFull:
    case ErrorCode::TimedOut:
    case ErrorCode::Canceled:
        return ExitCode::BadInput;
    case ErrorCode::Conflict:
        return ExitCode::Conflict;
    case ErrorCode::Denied:
        return ExitCode::Denied;
    case ErrorCode::Unavailable:
        return ExitCode::QueuedOffline;
    case ErrorCode::Missing:
        return ExitCode::MissingPart;
    case ErrorCode::Internal:
        return ExitCode::Internal;
    }
    return ExitCode::Internal;
}

QString schemaOf(const QString& verb)
{
    return u"vidimus.%1/1"_s.arg(QString(verb).replace(u' ', u'.'));
}

VerbReply failedReply(const QString& verb, const Error& error)
{
    VerbReply reply;
    reply.exitCode = error.reason == "usage" ? ExitCode::Usage
        : error.reason == "no_permission"    ? ExitCode::BadInput // by the system, not by a role
                                             : exitCodeFor(error.code);
    reply.json = {{u"schema"_s, schemaOf(verb)},
        {u"error"_s,
            QJsonObject {{u"code"_s, QLatin1StringView(errorCodeName(error.code))},
                {u"reason"_s, QString::fromLatin1(error.reason)}, {u"detail"_s, error.detail}}}};
    return reply;
}

QJsonObject toJson(const VerbRequest& request)
{
    QJsonObject options;
    for (auto it = request.options.cbegin(); it != request.options.cend(); ++it)
        options.insert(it.key(), it.value());
    return {{u"verb"_s, request.verb}, {u"operands"_s, QJsonArray::fromStringList(request.operands)},
        {u"options"_s, options}, {u"profile"_s, request.profile}};
}

Result<VerbRequest> verbRequestFromJson(const QJsonObject& object)
{
    JsonReader reader(object);
    VerbRequest request;
    request.verb = reader.string("verb"_L1);
    request.profile = reader.string("profile"_L1, {});
    const QJsonArray operands = reader.array("operands"_L1);
    const QJsonObject options = reader.object("options"_L1);
    for (const QJsonValue& operand : operands) {
        if (!operand.isString())
            reader.fail("operands"_L1, u"must be strings"_s);
        request.operands.append(operand.toString());
    }
    for (auto it = options.begin(); it != options.end(); ++it) {
        if (!it->isString())
            reader.fail("options"_L1, u"must be strings"_s);
        request.options.insert(it.key(), it->toString());
    }
    if (auto finished = reader.finish(); !finished)
        return std::move(finished).error();
    return request;
}

} // namespace vidimus::workbench
