#include "app/cli/print_reply.h"

#include "app/cli/rights_text.h"
#include "app/cli/terminal.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace vidimus::cli {

using namespace Qt::StringLiterals;

namespace {

QString plain(const QJsonValue& value)
{
    switch (value.type()) {
    case QJsonValue::String:
        return safeText(value.toString());
    case QJsonValue::Double: {
        const double number = value.toDouble();
        return number == static_cast<double>(static_cast<qint64>(number)) ? QString::number(static_cast<qint64>(number))
                                                                          : QString::number(number, 'f', 3);
    }
    case QJsonValue::Bool:
        return value.toBool() ? u"yes"_s : u"no"_s;
    case QJsonValue::Array: {
        QStringList parts;
        const QJsonArray array = value.toArray();
        for (const QJsonValue& part : array)
            parts.append(plain(part));
        return parts.join(u", "_s);
    }
    case QJsonValue::Object: {
        QStringList parts;
        const QJsonObject object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it)
            parts.append(u"%1 %2"_s.arg(it.key(), plain(*it)));
        return parts.join(u", "_s);
    }
    case QJsonValue::Null:
    case QJsonValue::Undefined:
        break;
    }
    return u"–"_s;
}

QString row(std::initializer_list<std::pair<QString, int>> cells)
{
    QString text;
    for (const auto& [cell, width] : cells)
        text += cell.leftJustified(width) + u' ';
    return text.trimmed() + u'\n';
}

QString seconds(const QJsonValue& value)
{
    const double time = value.toDouble();
    return u"%1:%2"_s.arg(static_cast<int>(time) / 60, 2, 10, QChar(u'0'))
        .arg(time - 60 * (static_cast<int>(time) / 60), 6, 'f', 3, QChar(u'0'));
}

QString checkText(const QJsonObject& json)
{
    QString text = u"Verdict: %1  (profile %2, %3 frames, %4 s of media, took %5 s)\n"_s.arg(plain(json[u"verdict"]),
        plain(json[u"profile"]), plain(json[u"frames"]), plain(json[u"duration"]), plain(json[u"seconds"]));
    const QJsonArray checks = json[u"checks"].toArray();
    for (const QJsonValue& value : checks) {
        const QJsonObject check = value.toObject();
        text += u"  "_s
            + row({{plain(check[u"id"]), 16}, {plain(check[u"result"]), 14}, {plain(check[u"measured"]), 0}});
        if (!check[u"cause"].toString().isEmpty())
            text += u"      because: %1\n"_s.arg(plain(check[u"cause"]));
        const QJsonArray findings = check[u"findings"].toArray();
        for (const QJsonValue& entry : findings) {
            const QJsonObject finding = entry.toObject();
            text += u"      %1 to %2  %3  %4\n"_s.arg(seconds(finding[u"start"]), seconds(finding[u"end"]),
                plain(finding[u"severity"]), plain(finding[u"measured"]));
        }
    }
    return text;
}

QJsonObject checkNamed(const QJsonValue& report, const QString& id)
{
    const QJsonArray checks = report.toObject()[u"checks"].toArray();
    for (const QJsonValue& value : checks) {
        if (value.toObject()[u"id"] == id)
            return value.toObject();
    }
    return {};
}

QString fixText(const QJsonObject& json)
{
    QString text = u"Corrections by profile %1:\n"_s.arg(plain(json[u"profile"]));
    const QJsonArray steps = json[u"steps"].toArray();
    for (const QJsonValue& value : steps) {
        const QJsonObject step = value.toObject();
        text += u"  "_s
            + row({{plain(step[u"check"]), 12}, {plain(step[u"action"]), 16},
                {u"%1 to %2"_s.arg(seconds(step[u"start"]), seconds(step[u"end"])), 24}, {plain(step[u"values"]), 0}});
    }
    if (steps.isEmpty())
        text += u"  none\n"_s;
    const QJsonArray refused = json[u"refused"].toArray();
    for (const QJsonValue& value : refused) {
        const QJsonObject refusal = value.toObject();
        text += u"  "_s
            + row({{plain(refusal[u"check"]), 12}, {u"left as it is"_s, 16}, {plain(refusal[u"detail"]), 0}});
    }
    if (!json.contains(u"after"_s))
        return text
            + (steps.isEmpty() ? QString() : u"Nothing was written. With --out FILE the corrected copy is made.\n"_s);
    const QJsonArray checks = json[u"before"].toObject()[u"checks"].toArray();
    for (const QJsonValue& value : checks) {
        const QJsonObject before = value.toObject();
        const QJsonObject after = checkNamed(json[u"after"], before[u"id"].toString());
        if (before[u"result"] == after[u"result"] && before[u"result"].toString() == u"pass")
            continue;
        text += u"  %1 before: %2  %3\n"_s.arg(
            plain(before[u"id"]).leftJustified(12), plain(before[u"result"]), plain(before[u"measured"]));
        text += u"  %1 after:  %2  %3\n"_s.arg(QString(12, u' '), plain(after[u"result"]), plain(after[u"measured"]));
    }
    if (!json[u"proved"].toBool())
        return text
            + u"The correction does not make it pass after %1 attempts; nothing was written.\n"_s.arg(
                plain(json[u"attempts"]));
    const QJsonObject file = json[u"file"].toObject();
    text
        += u"Written: %1 (%2, %3 bytes)\n"_s.arg(plain(json[u"out"]), plain(file[u"container"]), plain(file[u"bytes"]));
    const QJsonArray streams = file[u"streams"].toArray();
    for (const QJsonValue& value : streams) {
        const QJsonObject stream = value.toObject();
        text += u"  stream %1: %2, %3 %4\n"_s.arg(plain(stream[u"index"]), plain(stream[u"codec"]),
            plain(stream[u"treatment"]), safeText(stream[u"detail"].toString()));
    }
    return text;
}

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

QString gatesText(const QJsonObject& json)
{
    QString text;
    const QJsonArray gates = json[u"gates"].toArray();
    for (const QJsonValue& value : gates) {
        const QJsonObject gate = value.toObject();
        text += u"  "_s
            + row({{plain(gate[u"state"]), 14}, {plain(gate[u"id"]), 18}, {plain(gate[u"why"]), 28},
                {plain(gate[u"detail"]), 0}});
    }
    text += u"State: %1\n"_s.arg(plain(json[u"state"]));
    if (!json[u"live_url"].toString().isEmpty())
        text += u"Live: %1\nWatch: %2\n"_s.arg(plain(json[u"live_url"]), plain(json[u"page_url"]));
    return text;
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

QString generic(const QJsonObject& json)
{
    QString text;
    for (auto it = json.begin(); it != json.end(); ++it) {
        if (it.key() == u"schema")
            continue;
        const QJsonArray array = it->toArray();
        if (!it->isArray() || array.isEmpty() || !array.first().isObject()) {
            text += row({{it.key() + u':', 16}, {plain(*it), 0}});
            continue;
        }
        text += it.key() + u":\n"_s;
        for (const QJsonValue& entry : array)
            text += u"  %1\n"_s.arg(plain(entry));
    }
    return text;
}

/// What a person can do about it, by the kind of error.
QString advice(const QString& code)
{
    if (code == u"missing")
        return u"\"vidimus doctor\" shows what is missing."_s;
    if (code == u"unavailable")
        return u"Nothing is lost. It is sent by itself when the catalog answers; \"vidimus outbox\" shows what waits."_s;
    if (code == u"disk_full")
        return u"Free some space and run it again."_s;
    if (code == u"conflict")
        return u"Look at what stands there now, then decide again."_s;
    if (code == u"denied")
        return u"Use a profile whose role may do this."_s;
    if (code == u"internal")
        return u"This is a fault of the program; nothing more was done."_s;
    return u"Nothing was changed."_s;
}

} // namespace

QString errorText(const QJsonObject& error)
{
    return u"%1\n%2\n"_s.arg(safeText(error[u"detail"].toString()), advice(error[u"code"].toString()));
}

QString textOf(const QString& verb, const workbench::VerbReply& reply)
{
    if (reply.json.contains(u"error"_s))
        return errorText(reply.json[u"error"].toObject());
    if (verb == u"check")
        return checkText(reply.json);
    if (verb == u"fix")
        return fixText(reply.json);
    if (verb == u"bench")
        return figuresText(reply.json);
    if (verb == u"demo")
        return stepsText(reply.json);
    if (verb == u"rights conflicts")
        return issuesText(reply.json);
    if (verb == u"rights effect")
        return effectText(reply.json);
    if (verb == u"publish" || verb == u"publication")
        return gatesText(reply.json);
    return generic(reply.json);
}

} // namespace vidimus::cli
