#include "app/cli/rights_text.h"

#include "app/cli/terminal.h"
#include "core/rights/everywhere.h"

#include <QJsonArray>

namespace vidimus::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kShownNames = 8;
constexpr qsizetype kShownRanges = 100;

/// A list as far as a line can hold it; "every site" where it is all.
QString names(const QJsonObject& range, const QString& member, const QString& all = {})
{
    if (!all.isEmpty() && range[u"all_"_s + member].toBool())
        return all;
    QStringList list;
    const QJsonArray array = range[member].toArray();
    for (const QJsonValue& name : array)
        list.append(name == u"*"_s ? u"others"_s : safeText(name.toString()));
    if (member == u"countries") {
        if (const auto leftOut = rights::leftOutOf(list))
            return leftOut->isEmpty() ? u"every country"_s : u"every country but "_s + leftOut->join(u", "_s);
    }
    const qsizetype more = list.size() - kShownNames;
    const QString shown = list.mid(0, kShownNames).join(u", "_s);
    return more > 0 ? u"%1 and %2 more"_s.arg(shown).arg(more) : shown;
}

QString rangesText(const QJsonArray& ranges, const QString& heading)
{
    QString text = u"%1: %2\n"_s.arg(heading).arg(ranges.size());
    for (qsizetype i = 0; i < std::min(ranges.size(), kShownRanges); ++i) {
        const QJsonObject range = ranges[i].toObject();
        text += u"  %1  %2\n      in %3\n      on %4 with %5\n"_s.arg(safeText(range[u"title"].toString()),
            u"%1 to %2"_s.arg(range[u"from"].toString(u"always"_s), range[u"to"].toString(u"for ever"_s)),
            names(range, u"countries"_s), names(range, u"sites"_s, u"every site"_s),
            names(range, u"offers"_s, u"every offer"_s));
    }
    if (ranges.size() > kShownRanges)
        text += u"  and %1 more; --json has them all\n"_s.arg(ranges.size() - kShownRanges);
    return text;
}

/// A window in a few words: where, for whom, from when to when.
QString windowText(const QJsonValue& window)
{
    if (!window.isObject())
        return u"–"_s;
    const QJsonObject rule = window.toObject();
    const QString status = rule[u"status"].toString();
    const QJsonObject territory = rule[u"territory"].toObject();
    const QString without = names(territory, u"exclude"_s);
    const QString places = names(territory, u"include"_s) + (without.isEmpty() ? QString() : u" but "_s + without);
    const QString text
        = u"%1 to %2, %3, %4"_s.arg(rule[u"start"].toString(u"always"_s), rule[u"end"].toString(u"open"_s), places,
            rule[u"offers"].isString() ? u"every offer"_s : names(rule, u"offers"_s));
    return status.isEmpty() ? text : text + u", "_s + safeText(status);
}

} // namespace

QString historyText(const QJsonObject& reply)
{
    const QJsonArray changes = reply[u"changes"].toArray();
    std::vector<QStringList> lines {{u"AT"_s, u"BY"_s, u"WINDOW"_s, u"BEFORE"_s, u"AFTER"_s, u"WHY"_s}};
    for (const QJsonValue& value : changes) {
        const QJsonObject change = value.toObject();
        lines.push_back({safeText(change[u"at"].toString()), safeText(change[u"by"].toString()),
            safeText(change[u"window"].toString()), windowText(change[u"before"]), windowText(change[u"after"]),
            safeText(change[u"why"].toString())});
    }
    std::vector<qsizetype> widths(static_cast<std::size_t>(lines.front().size()), 0);
    for (const QStringList& line : lines) {
        for (std::size_t column = 0; column + 1 < widths.size(); ++column)
            widths[column] = std::max(widths[column], line[static_cast<qsizetype>(column)].size());
    }
    QString text = u"changes (%1):\n"_s.arg(changes.size());
    for (const QStringList& line : lines) {
        QString joined;
        for (std::size_t column = 0; column < widths.size(); ++column)
            joined += line[static_cast<qsizetype>(column)].leftJustified(widths[column]) + u"  "_s;
        text += u"  "_s + joined.trimmed() + u'\n';
    }
    return text;
}

QString issuesText(const QJsonObject& reply)
{
    const QJsonArray issues = reply[u"conflicts"].toArray();
    QString conflicts, advice;
    for (const QJsonValue& value : issues) {
        const QJsonObject issue = value.toObject();
        const QString line = u"  %1  %2\n      %3\n"_s.arg(issue[u"code"].toString(),
            safeText(issue[u"sentence"].toString()), safeText(issue[u"fix"].toObject()[u"sentence"].toString()));
        (issue[u"advice"].toBool() ? advice : conflicts) += line;
    }
    const QJsonArray more = reply[u"more"].toArray();
    for (const QJsonValue& value : more)
        conflicts += u"  %1\n"_s.arg(safeText(value[u"sentence"].toString()));
    QString text = conflicts.isEmpty() ? u"No conflicts.\n"_s : u"Conflicts:\n"_s + conflicts;
    if (!advice.isEmpty())
        text += u"Advice:\n"_s + advice;
    if (reply[u"truncated"].toBool())
        text += u"There are more than can be listed.\n"_s;
    return text;
}

QString effectText(const QJsonObject& reply)
{
    if (reply[u"staged"].toInteger() == 0)
        return u"Nothing is staged: no draft waits. --plan FILE names what is looked at instead.\n"_s;
    return rangesText(reply[u"gained"].toArray(), u"Gained"_s) + rangesText(reply[u"lost"].toArray(), u"Lost"_s)
        + u"Titles: %1.  Live now: %2 cells gained, %3 lost.\n"_s.arg(reply[u"titles_changed"].toInteger())
              .arg(reply[u"live_gained"].toInteger())
              .arg(reply[u"live_lost"].toInteger());
}

} // namespace vidimus::cli
