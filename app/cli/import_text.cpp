#include "app/cli/import_text.h"

#include "app/cli/terminal.h"

#include <QJsonArray>

namespace vidimus::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kShownRows = 20;

QString joined(const QJsonValue& list)
{
    if (list.isString())
        return safeText(list.toString());
    QStringList words;
    const QJsonArray array = list.toArray();
    for (const QJsonValue& word : array)
        words.append(safeText(word.toString()));
    return words.join(u", "_s);
}

/// "DE, FR", "WORLD but RU".
QString placesText(const QJsonValue& territory)
{
    const QString without = joined(territory[u"exclude"]);
    const QString in = joined(territory[u"include"]);
    return without.isEmpty() ? in : u"%1 but %2"_s.arg(in, without);
}

/// "DE on every site with svod, 2026-01-01T00:00:00Z to for ever"
QString windowText(const QJsonObject& rule)
{
    return u"%1  %2 in %3 on %4 with %5, %6 to %7"_s.arg(safeText(rule[u"scope"].toString()),
        rule[u"effect"].toString(), placesText(rule[u"territory"]),
        joined(rule[u"sites"]).replace(u"*"_s, u"every site"_s),
        joined(rule[u"offers"]).replace(u"*"_s, u"every offer"_s), rule[u"start"].toString(u"always"_s),
        rule[u"end"].toString(u"for ever"_s));
}

template<class Line>
QString changesText(const QJsonObject& changes, const QString& heading, Line line)
{
    QString text;
    for (const QString& what : {u"added"_s, u"changed"_s, u"removed"_s}) {
        const QJsonArray list = changes[what].toArray();
        if (list.isEmpty())
            continue;
        text += u"%1 %2: %3\n"_s.arg(heading, what).arg(list.size());
        for (qsizetype i = 0; i < std::min(list.size(), kShownRows); ++i)
            text += u"  %1\n"_s.arg(line(list[i].toObject()));
        if (list.size() > kShownRows)
            text += u"  and %1 more; --json has them all\n"_s.arg(list.size() - kShownRows);
    }
    return text;
}

QString cellsText(const QJsonArray& messages, const QString& heading)
{
    if (messages.isEmpty())
        return {};
    QString text = u"%1: %2\n"_s.arg(heading).arg(messages.size());
    for (const QJsonValue& value : messages) {
        const QJsonObject message = value.toObject();
        QStringList place;
        if (message[u"row"].toInt() > 0)
            place.append(u"row %1"_s.arg(message[u"row"].toInt()));
        if (const QString column = safeText(message[u"column"].toString()); !column.isEmpty())
            place.append(column);
        if (const QString cell = safeText(message[u"value"].toString()); !cell.isEmpty())
            place.append(u"\"%1\""_s.arg(cell));
        text += u"  %1: %2 (%3)\n"_s.arg(place.isEmpty() ? u"the file"_s : place.join(u", "_s),
            safeText(message[u"message"].toString()), message[u"code"].toString());
    }
    return text;
}

QString named(const QJsonObject& entry)
{
    const QString name = safeText(entry[u"name"].toString(entry[u"licensor"].toString()));
    const QString id = safeText(entry[u"id"].toString());
    return name.isEmpty() ? id : u"%1  %2"_s.arg(id, name);
}

} // namespace

QString importText(const QJsonObject& reply)
{
    QString text = u"%1 rows: %2 accepted, %3 rejected (time zones %4)\n"_s.arg(reply[u"rows"].toInt())
                       .arg(reply[u"accepted"].toInt())
                       .arg(reply[u"rejected"].toInt())
                       .arg(reply[u"time_zones"].toString());
    const QString message = safeText(reply[u"message"].toString());
    const QString changes = changesText(reply[u"titles"].toObject(), u"Titles"_s, named)
        + changesText(reply[u"deals"].toObject(), u"Deals"_s, named)
        + changesText(reply[u"plan"].toObject(), u"Windows"_s, windowText);
    if (!message.isEmpty() && !changes.isEmpty())
        text += u"What the good rows say:\n"_s;
    return text + (changes.isEmpty() ? u"Nothing is different from what stands.\n"_s : changes)
        + cellsText(reply[u"errors"].toArray(), u"Errors"_s) + cellsText(reply[u"notes"].toArray(), u"Notes"_s)
        + (message.isEmpty() ? QString() : message + u'\n');
}

QString decisionText(const QJsonObject& reply)
{
    const QJsonObject decision = reply[u"decision"].toObject();
    QString text
        = u"%1  asset %2\n"_s.arg(safeText(decision[u"verdict"].toString()), safeText(decision[u"asset"].toString()));
    for (const auto& [member, label] : {std::pair(u"reason"_s, u"reason"_s), {u"note"_s, u"note"_s},
             {u"duplicate_of"_s, u"repeats"_s}, {u"replaces"_s, u"replaces"_s}, {u"second_reviewer"_s, u"second"_s}}) {
        if (const QString value = safeText(decision[member].toString()); !value.isEmpty())
            text += u"  %1 %2\n"_s.arg(label.leftJustified(10), value);
    }
    if (!decision[u"from"].isNull() && !decision[u"from"].isUndefined())
        text += u"  range      %1 to %2 s\n"_s.arg(decision[u"from"].toDouble()).arg(decision[u"to"].toDouble());
    text += u"  id         %1\n"_s.arg(safeText(decision[u"id"].toString()));
    if (decision[u"state"].toString() == u"draft")
        return text + u"Somebody else's decision stands, so this one is kept as a draft.\n"_s;
    if (reply[u"already_stood"].toBool())
        return text + u"It stood already; nothing was changed.\n"_s;
    return text + u"It leaves at %1; until then it can be taken back.\n"_s.arg(reply[u"leaves_at"].toString());
}

} // namespace vidimus::cli
