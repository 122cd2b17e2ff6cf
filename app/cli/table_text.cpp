#include "app/cli/table_text.h"

#include "app/cli/terminal.h"

#include <QJsonArray>
#include <QLocale>

namespace vidimus::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kWidestCell = 64; // characters; the last column is never cut

constexpr qsizetype kInlineEntries = 2; // of a list within a row, that are written out and not counted
constexpr qsizetype kInlineMembers = 4;

/// Members that lead a table, and such that end it: names first, sentences last.
const QStringList kFirst {u"index"_s, u"id"_s, u"name"_s, u"asset"_s, u"title"_s, u"code"_s, u"kind"_s, u"type"_s,
    u"state"_s, u"result"_s, u"severity"_s, u"time"_s, u"start"_s, u"end"_s, u"from"_s, u"to"_s};
const QStringList kLast {u"path"_s, u"detail"_s, u"message"_s, u"note"_s, u"why"_s};

qsizetype rank(const QString& member)
{
    const qsizetype first = kFirst.indexOf(member);
    if (first >= 0)
        return first;
    const qsizetype last = kLast.indexOf(member);
    return kFirst.size() + (last < 0 ? 0 : 1 + last);
}

QString label(const QString& member)
{
    QString text = member;
    text.replace(u'_', u' ');
    return text;
}

bool holdsObjects(const QJsonValue& value)
{
    return value.isArray() && value.toArray().first().isObject();
}

QString cell(const QString& member, const QJsonValue& value)
{
    if (value.isNull() || value.isUndefined())
        return {};
    if (member == u"bytes" && value.isDouble())
        return sizeText(value.toDouble());
    const QJsonArray list = value.toArray();
    const bool isLong = list.size() > kInlineEntries || list.first().toObject().size() > kInlineMembers;
    return holdsObjects(value) && isLong ? QString::number(list.size()) : plain(value);
}

QString tableText(const QJsonArray& rows)
{
    QStringList members;
    for (const QJsonValue& value : rows) {
        const QJsonObject object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it) {
            if (!members.contains(it.key()) && !cell(it.key(), *it).isEmpty())
                members.append(it.key());
        }
    }
    std::ranges::stable_sort(members, {}, rank);
    std::vector<QStringList> lines {QStringList()};
    for (const QString& member : members)
        lines.front().append(label(member).toUpper());
    for (const QJsonValue& value : rows) {
        QStringList& line = lines.emplace_back();
        for (const QString& member : members)
            line.append(cell(member, value.toObject()[member]));
    }
    std::vector<qsizetype> widths(static_cast<std::size_t>(members.size()), 0);
    for (const QStringList& line : lines) {
        for (std::size_t column = 0; column < widths.size(); ++column)
            widths[column]
                = std::max(widths[column], std::min(line[static_cast<qsizetype>(column)].size(), kWidestCell));
    }
    QString text;
    for (const QStringList& line : lines) {
        QString joined;
        for (qsizetype column = 0; column + 1 < line.size(); ++column) {
            const qsizetype width = widths[static_cast<std::size_t>(column)];
            const QString& words = line[column];
            joined += (words.size() > width ? words.left(width - 1) + u'…' : words.leftJustified(width)) + u"  "_s;
        }
        if (!line.isEmpty())
            joined += line.last();
        while (joined.endsWith(u' '))
            joined.chop(1);
        text += u"  %1\n"_s.arg(joined);
    }
    return text;
}

} // namespace

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

QString sizeText(double bytes)
{
    return QLocale::c().formattedDataSize(static_cast<qint64>(bytes), 1, QLocale::DataSizeSIFormat);
}

QString replyText(const QJsonObject& json)
{
    QString values, tables;
    for (auto it = json.begin(); it != json.end(); ++it) {
        if (it.key() == u"schema")
            continue;
        const qsizetype count = it->toArray().size();
        if (holdsObjects(*it))
            tables += u"%1 (%2):\n"_s.arg(label(it.key())).arg(count) + tableText(it->toArray());
        else if (it->isArray() && count == 0)
            tables += u"%1: none\n"_s.arg(label(it.key()));
        else
            values += row({{label(it.key()) + u':', 16}, {it.key() == u"bytes" ? cell(it.key(), *it) : plain(*it), 0}});
    }
    return values + tables;
}

} // namespace vidimus::cli
