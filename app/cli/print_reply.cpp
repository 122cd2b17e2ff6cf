#include "app/cli/print_reply.h"

#include "app/cli/advice.h"
#include "app/cli/explain_text.h"
#include "app/cli/gate_text.h"
#include "app/cli/import_text.h"
#include "app/cli/media_text.h"
#include "app/cli/rights_text.h"
#include "app/cli/table_text.h"
#include "app/cli/terminal.h"

#include <QJsonArray>

namespace vidimus::cli {

using namespace Qt::StringLiterals;

namespace {

QString stepsText(const QJsonObject& json)
{
    QString text;
    const QJsonArray steps = json[u"steps"].toArray();
    for (const QJsonValue& value : steps) {
        const QJsonObject step = value.toObject();
        text += u"  "_s
            + row({{plain(step[u"name"]), 14}, {u"%1 s"_s.arg(step[u"seconds"].toDouble(), 7, 'f', 2), 10},
                {plain(step[u"result"]), 0}});
    }
    return text + u"\nLive: %1\nWatch: %2\n"_s.arg(plain(json[u"live_url"]), plain(json[u"page_url"]));
}

QString figuresText(const QJsonObject& json)
{
    const QJsonObject machine = json[u"machine"].toObject();
    QString text = u"%1 on %2 processors, load %3"_s.arg(plain(json[u"bench"]), plain(machine[u"processors"]),
        QString::number(machine[u"load_one_minute"].toDouble(), 'f', 2));
    if (json.contains(u"workload"))
        text += u", with %1"_s.arg(plain(json[u"workload"].toObject()[u"file"]));
    text += u'\n';
    const QJsonArray figures = json[u"figures"].toArray();
    for (const QJsonValue& value : figures) {
        const QJsonObject figure = value.toObject();
        const QString number = QString::number(figure[u"value"].toDouble(), 'f', figure[u"unit"] == u"bit/s"_s ? 0 : 2);
        text += u"  "_s
            + row({{plain(figure[u"name"]), 40}, {number.rightJustified(12), 12}, {plain(figure[u"unit"]), 0}});
    }
    return text;
}

/// What was made of a transcode before it failed or was stopped.
QString keptText(const QJsonObject& json)
{
    const QJsonObject kept = json[u"kept"].toObject();
    const QJsonObject error = json[u"error"].toObject();
    const QString what
        = error[u"code"].toString() == u"canceled" ? u"stopped"_s : safeText(error[u"detail"].toString());
    if (kept[u"segments"].toInt() == 0)
        return u"%1\nNo segment was finished.\n"_s.arg(what);
    static const QStringList kAlwaysFails {u"corrupt"_s, u"invalid"_s, u"unsupported"_s, u"limit_exceeded"_s};
    return u"%1\n%2 of %3 segments are kept%4.\n"_s.arg(what)
        .arg(kept[u"segments"].toInt())
        .arg(kept[u"of"].toInt())
        .arg(kAlwaysFails.contains(error[u"code"].toString()) ? QString() : u"; run it again to go on"_s);
}

/// Files that stood before the one that was refused are in the workspace.
QString takenText(const QJsonArray& assets)
{
    QStringList names;
    for (const QJsonValue& asset : assets)
        names.append(asset[u"path"].toString().section(u'/', -1));
    return u"Those before it are in the workspace: %1. Those after it were not looked at.\n"_s.arg(
        safeText(names.join(u", "_s)));
}

} // namespace

QString errorText(const QJsonObject& error)
{
    return u"%1\n%2\n"_s.arg(
        safeText(error[u"detail"].toString()), advice(error[u"code"].toString(), error[u"reason"].toString()));
}

QString textOf(const QString& verb, const workbench::VerbReply& reply)
{
    const QJsonArray taken = reply.json[u"assets"].toArray();
    if (verb == u"ingest" && reply.json.contains(u"error"_s) && !taken.isEmpty())
        return safeText(reply.json[u"error"][u"detail"].toString()) + u'\n' + takenText(taken);
    if (verb == u"transcode" && reply.json.contains(u"kept"_s))
        return keptText(reply.json);
    if (reply.json.contains(u"error"_s))
        return errorText(reply.json[u"error"].toObject());
    if (verb == u"probe")
        return probeText(reply.json);
    if (verb == u"check")
        return checkText(reply.json);
    if (verb == u"transcode")
        return transcodeText(reply.json);
    if (verb == u"fix")
        return fixText(reply.json);
    if (verb == u"bench")
        return figuresText(reply.json);
    if (verb == u"demo")
        return stepsText(reply.json);
    if (verb == u"rights conflicts")
        return issuesText(reply.json);
    if (verb == u"rights explain")
        return explainText(reply.json);
    if (verb == u"rights history")
        return historyText(reply.json);
    if (verb == u"rights effect")
        return effectText(reply.json);
    if (verb == u"publish" || verb == u"publication" || verb == u"withdraw")
        return gatesText(reply.json);
    if (verb == u"rights import")
        return importText(reply.json);
    if (verb == u"decide")
        return decisionText(reply.json);
    return replyText(reply.json);
}

} // namespace vidimus::cli
