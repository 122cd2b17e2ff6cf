#include "core/avails/calendar_export.h"

#include "core/base/sha256.h"
#include "core/rights/pre_order.h"

#include <QDateTime>
#include <QHash>
#include <QTimeZone>

namespace vidimus::avails {

using namespace Qt::StringLiterals;

namespace {

/// Commas, semicolons, backslashes and line ends stand escaped in a text (3.3.11); other control characters are
/// dropped.
QString escaped(const QString& text)
{
    QString out;
    for (const QChar letter : text) {
        if (letter == u'\n')
            out += u"\\n"_s;
        else if (letter == u'\\' || letter == u',' || letter == u';')
            out += u'\\' + QString(letter);
        else if (letter >= u' ')
            out += letter;
    }
    return out;
}

QString instantText(Instant instant)
{
    return QDateTime::fromMSecsSinceEpoch(instant.time_since_epoch().count(), QTimeZone::utc())
        .toString(u"yyyyMMdd'T'HHmmss'Z'");
}

class Calendar {
public:
    void line(const QString& name, const QString& value)
    {
        // A line is at most 75 octets (3.1); a fold must not cut a letter of several.
        const QByteArray text = (name + u':' + value).toUtf8();
        qsizetype at = 0;
        qsizetype room = 75;
        while (text.size() - at > room) {
            qsizetype end = at + room;
            while ((static_cast<quint8>(text[end]) & 0xC0) == 0x80)
                --end;
            m_bytes += text.mid(at, end - at) + "\r\n ";
            at = end;
            room = 74;
        }
        m_bytes += text.mid(at) + "\r\n";
    }
    QByteArray take() { return std::move(m_bytes); }

private:
    QByteArray m_bytes;
};

enum class What { Starts, Ends, PreOrder, Announced };

struct Occasion {
    const rights::Rule& rule;
    QString title;
    QString licensor;
    What what = What::Starts;
    Instant at;
};

/// How a kind of occasion is called: to people, in the event's id, and as a category.
struct Words {
    QString summary;
    QString key;
    QString category;
};

Words wordsOf(What what)
{
    switch (what) {
    case What::Starts:
        return {u"Starts"_s, u"/start"_s, u"RIGHTS START"_s};
    case What::Ends:
        return {u"Ends"_s, u"/end"_s, u"RIGHTS END"_s};
    case What::PreOrder:
        return {u"Pre-order"_s, u"/pre-order"_s, u"PRE-ORDER START"_s};
    case What::Announced:
        return {u"Announced"_s, u"/announced"_s, u"ANNOUNCEMENT"_s};
    }
    return {};
}

/// The instants of a grant that people plan for. A grant that takes orders alone neither starts nor ends playing.
std::vector<std::pair<What, Instant>> occasionsOf(const rights::Rule& rule)
{
    std::vector<std::pair<What, Instant>> occasions;
    const auto add = [&occasions](What what, const std::optional<Instant>& at) {
        if (at)
            occasions.emplace_back(what, *at);
    };
    if (rule.announced && !rule.announced->isEmpty())
        add(What::Announced, rule.announced->start);
    if (rule.preOrder && !rule.preOrder->isEmpty())
        add(What::PreOrder, rule.preOrder->start);
    if (!rights::isPreOrderOnly(rule)) {
        add(What::Starts, rule.window.start);
        add(What::Ends, rule.window.end);
    }
    return occasions;
}

void addEvent(Calendar& calendar, const Occasion& occasion, Instant stamp)
{
    const rights::Rule& rule = occasion.rule;
    const auto [what, keyEnd, category] = wordsOf(occasion.what);
    const QString key = rule.id.toString() + keyEnd;
    calendar.line(u"BEGIN"_s, u"VEVENT"_s);
    calendar.line(u"UID"_s, QString::fromLatin1(sha256Hex(key.toUtf8()).left(32)) + u"@vidimus"_s);
    calendar.line(u"DTSTAMP"_s, instantText(stamp));
    calendar.line(u"DTSTART"_s, instantText(occasion.at));
    const QString offers = rule.offers.all ? u"*"_s : rule.offers.names.join(u", ");
    const QString where = rule.territory.include.join(u", ");
    calendar.line(u"SUMMARY"_s, escaped(u"%1: %2 (%3, %4)"_s.arg(what, occasion.title, where, offers)));
    calendar.line(u"DESCRIPTION"_s,
        escaped(
            u"%1\n%2\n%3\n%4"_s.arg(rule.scope.toString(), rule.id.toString(), rule.deal.toString(), occasion.licensor)
                .trimmed()));
    calendar.line(u"CATEGORIES"_s, category);
    calendar.line(u"TRANSP"_s, u"TRANSPARENT"_s);
    for (const int days : {90, 60, 30, 7, 1}) {
        if (occasion.what != What::Ends)
            break;
        calendar.line(u"BEGIN"_s, u"VALARM"_s);
        calendar.line(u"ACTION"_s, u"DISPLAY"_s);
        calendar.line(u"DESCRIPTION"_s, escaped(u"%1: %2"_s.arg(what, occasion.title)));
        calendar.line(u"TRIGGER"_s, u"-P%1D"_s.arg(days));
        calendar.line(u"END"_s, u"VALARM"_s);
    }
    calendar.line(u"END"_s, u"VEVENT"_s);
}

} // namespace

QByteArray exportCalendar(const rights::RuleSet& rules, const GrantFilter& filter, Instant stamp)
{
    QHash<QString, QString> titles;
    for (const rights::Title& title : rules.titles)
        titles.insert(title.id.toString(), title.name.isEmpty() ? title.id.toString() : title.name);
    const GrantSieve sieve(rules, filter);
    Calendar calendar;
    calendar.line(u"BEGIN"_s, u"VCALENDAR"_s);
    calendar.line(u"VERSION"_s, u"2.0"_s);
    calendar.line(u"PRODID"_s, u"-//Vidimus//Rights//EN"_s);
    for (const rights::Rule& rule : rules.rules) {
        if (!sieve.lets(rule))
            continue;
        const QString title = titles.value(rule.scope.toString(), rule.scope.toString());
        for (const auto& [what, at] : occasionsOf(rule)) {
            const bool inside = (!filter.period.start || at >= *filter.period.start)
                && (!filter.period.end || at <= *filter.period.end);
            if (inside)
                addEvent(calendar, {rule, title, sieve.licensors().of(rule), what, at}, stamp);
        }
    }
    calendar.line(u"END"_s, u"VCALENDAR"_s);
    return calendar.take();
}

} // namespace vidimus::avails
