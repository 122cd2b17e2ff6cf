#include "app/cli/explain_text.h"

#include "app/cli/terminal.h"

#include <QJsonArray>
#include <array>

namespace vidimus::cli {

using namespace Qt::StringLiterals;

namespace {

struct Words {
    QLatin1StringView code;
    const char16_t* text; ///< "{name}" stands for a value of the remedy
};

constexpr std::array kReasons {Words {"UNKNOWN_TITLE"_L1, u"no title has this id"},
    Words {"TAKEDOWN"_L1, u"it is taken down"}, Words {"REGULATORY"_L1, u"a regulation forbids it"},
    Words {"BLACKOUT"_L1, u"it is blacked out"}, Words {"HOLDBACK"_L1, u"it is held back"},
    Words {"EMBARGO"_L1, u"it is under embargo"}, Words {"RATING"_L1, u"the viewer is too young for it"},
    Words {"NO_RIGHTS"_L1, u"no grant speaks of it"}, Words {"STATUS"_L1, u"no grant is in force"},
    Words {"TERRITORY"_L1, u"no grant holds in this country"}, Words {"SITE"_L1, u"no grant holds on this site"},
    Words {"OFFER"_L1, u"no grant holds for this offer"}, Words {"NOT_YET"_L1, u"the grant has not begun"},
    Words {"EXPIRED"_L1, u"the grant has ended"}, Words {"EMPTY_WINDOW"_L1, u"the window ends before it starts"},
    Words {"NO_AVAILABLE_CHILD"_L1, u"nothing below it is available"}};

constexpr std::array kOutcomes {Words {"MATCHED"_L1, u"holds here"}, Words {"WARNED"_L1, u"warns, and stops nothing"},
    Words {"APPLIES"_L1, u"does not reach this title"}, Words {"REPLACED"_L1, u"is replaced by a title below"},
    Words {"STATUS"_L1, u"is not in force"}, Words {"TERRITORY"_L1, u"does not hold in this country"},
    Words {"SITE"_L1, u"does not hold on this site"}, Words {"OFFER"_L1, u"does not hold for this offer"},
    Words {"NOT_YET"_L1, u"has not begun"}, Words {"EXPIRED"_L1, u"has ended"},
    Words {"EMPTY_WINDOW"_L1, u"ends before it starts"}};

constexpr std::array kRemedies {Words {"APPROVE_RULE"_L1, u"approve the window"},
    Words {"ACTIVATE_DEAL"_L1, u"put the contract {deal} in force"},
    Words {"APPLY_TO_TITLE"_L1, u"let the window apply to this title"},
    Words {"EXTEND_INSTEAD_OF_REPLACE"_L1, u"let {title} add to what stands above it instead of replacing it"},
    Words {"ADD_TERRITORY"_L1, u"add {territory} to the window"}, Words {"ADD_SITE"_L1, u"add the site {site}"},
    Words {"ADD_OFFER"_L1, u"add the offer {offer}"}, Words {"WAIT_UNTIL"_L1, u"wait until {at}"},
    Words {"EXTEND_END"_L1, u"let the window end later than {end}"},
    Words {"EXTEND_DEAL"_L1, u"let the contract {deal} end later than {end}"},
    Words {"START_DEAL_EARLIER"_L1, u"let the contract {deal} begin before {start}"},
    Words {"CORRECT_WINDOW"_L1, u"correct the window, which starts {start} and ends {end}"},
    Words {"LIFT_RESTRICTION"_L1, u"lift the restriction {rule}"},
    Words {"SET_EVENT_DATE"_L1, u"give the event {event} its date"},
    Words {"RAISE_AGE_LIMIT"_L1, u"raise the viewer's age limit to {age}"},
    Words {"ADD_RATING"_L1, u"rate the title in {country}"}, Words {"ADD_RULE"_L1, u"add a window"},
    Words {"ADD_TITLE"_L1, u"ask by an id that is known; {title} is none"},
    Words {"MAKE_CHILD_AVAILABLE"_L1, u"make {title} available"}};

template<std::size_t Size>
QString wordsOf(const std::array<Words, Size>& list, const QString& code)
{
    for (const Words& words : list) {
        if (code == words.code)
            return QString::fromUtf16(words.text);
    }
    return safeText(code);
}

QString remedyText(const QJsonObject& remedy)
{
    QString text = wordsOf(kRemedies, remedy[u"code"].toString());
    for (auto value = remedy.begin(); value != remedy.end(); ++value)
        text.replace(u'{' + value.key() + u'}', safeText(value->toVariant().toString()));
    return text;
}

QString remediesText(const QJsonArray& remedies, const QString& indent)
{
    QString text;
    for (const QJsonValue& remedy : remedies)
        text += indent + u"- "_s + remedyText(remedy.toObject()) + u'\n';
    return text;
}

} // namespace

QString explainText(const QJsonObject& reply)
{
    const bool available = reply[u"available"].toBool();
    const QString decidedBy = safeText(reply[u"decided_by"].toString());
    QString text = available ? u"Available"_s : u"Not available: "_s + wordsOf(kReasons, reply[u"reason"].toString());
    if (!decidedBy.isEmpty())
        text += u" (%1 decides)"_s.arg(decidedBy);
    text += u".\n"_s;
    if (reply[u"minimum_age"].isDouble())
        text += u"For viewers from %1 on.\n"_s.arg(reply[u"minimum_age"].toInteger());
    if (const QString through = reply[u"through"].toString(); !through.isEmpty())
        text += u"Looked at through %1.\n"_s.arg(safeText(through));
    const QJsonArray trail = reply[u"trail"].toArray();
    if (!trail.isEmpty())
        text += u"Rules:\n"_s;
    for (const QJsonValue& value : trail) {
        const QJsonObject step = value.toObject();
        text += u"  %1 %2 on %3 %4\n"_s.arg(step[u"effect"] == u"deny"_s ? u"restriction"_s : u"grant"_s,
            safeText(step[u"rule"].toString()), safeText(step[u"scope"].toString()),
            wordsOf(kOutcomes, step[u"outcome"].toString()));
        if (!available)
            text += remediesText(step[u"remedies"].toArray(), u"      "_s);
    }
    const QJsonArray remedies = reply[u"remedies"].toArray();
    if (!remedies.isEmpty())
        text += u"The shortest way:\n"_s + remediesText(remedies, u"  "_s);
    return text;
}

} // namespace vidimus::cli
