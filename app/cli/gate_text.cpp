#include "app/cli/gate_text.h"

#include "app/cli/table_text.h"
#include "app/cli/terminal.h"

#include <QHash>
#include <QJsonArray>

namespace vidimus::cli {

using namespace Qt::StringLiterals;

namespace {

/// What a gate found; %1 is its detail.
QString sentenceOf(const QString& why, const QString& detail)
{
    static const QHash<QString, QString> sentences {
        {u"asset_missing"_s, u"There is no file: the title has no version that could be published."_s},
        {u"moderation_missing"_s, u"Nobody has decided on this version yet."_s},
        {u"moderation_of_other_version"_s, u"The decision was made on other bytes than those to be published."_s},
        {u"moderation_not_passed"_s, u"The standing decision is %1, not a pass."_s},
        {u"moderation_passed"_s, u"Decided on exactly these bytes."_s},
        {u"no_rights"_s, u"No deal grants a window for this title."_s},
        {u"licensed_now"_s, u"Licensed now in %1."_s},
        {u"licensed_later"_s, u"The next window begins %1; until then nobody can watch it."_s},
        {u"not_licensed"_s, u"All windows have ended or are shut, and none follows."_s},
        {u"no_conflicts"_s, u"No two windows contradict each other."_s},
        {u"rights_in_conflict"_s, u"Pairs of windows that contradict each other: %1; deny wins until it is settled."_s},
        {u"checks_passed"_s, u"No finding is above its limit."_s},
        {u"checks_failed"_s, u"Checks that found something beyond the limit: %1."_s},
        {u"checks_warned"_s, u"There are findings, below the limit that would stop it."_s},
        {u"checks_not_evaluated"_s, u"The checks were not run on this version, or could not judge it."_s},
        {u"no_renditions"_s, u"There are no renditions; visitors need at least one to play."_s},
        {u"renditions_of_other_version"_s, u"The renditions were made from other bytes."_s},
        {u"renditions_ready"_s, u"Renditions made from exactly these bytes: %1."_s},
        {u"no_poster"_s, u"There is no poster; the page shows a grey field until one is made."_s},
        {u"poster_ready"_s, u"The poster is there."_s},
    };
    const QString sentence = sentences.value(why, why);
    if (why == u"licensed_later" && detail.isEmpty())
        return u"The next window has not begun."_s;
    return sentence.contains(u"%1") ? sentence.arg(detail) : sentence;
}

/// The command that would open it.
QString fixOf(const QString& fix)
{
    static const QHash<QString, QString> commands {
        {u"review"_s, u"vidimus decide ASSET pass"_s},
        {u"transcode"_s, u"vidimus transcode FILE --out DIR"_s},
        {u"edit_rights"_s, u"vidimus rights import FILE"_s},
        {u"check_again"_s, u"vidimus check FILE"_s},
        {u"ingest"_s, u"vidimus ingest FILE"_s},
    };
    return commands.value(fix);
}

} // namespace

QString gatesText(const QJsonObject& json)
{
    QString text;
    const QJsonArray gates = json[u"gates"].toArray();
    for (const QJsonValue& value : gates) {
        const QJsonObject gate = value.toObject();
        const QString state = gate[u"state"].toString();
        text += u"  "_s
            + row({{plain(gate[u"state"]), 14}, {plain(gate[u"id"]), 18},
                {safeText(sentenceOf(gate[u"why"].toString(), gate[u"detail"].toString())), 0}});
        const QString fix = fixOf(gate[u"fix"].toString());
        if (state != u"pass" && !fix.isEmpty())
            text += QString(36, u' ') + fix + u'\n';
    }
    text += u"State: %1\n"_s.arg(plain(json[u"state"]));
    if (!json[u"live_url"].toString().isEmpty())
        text += u"Live: %1\nWatch: %2\n"_s.arg(plain(json[u"live_url"]), plain(json[u"page_url"]));
    if (const QString cause = json[u"waits_for"_s].toString(); !cause.isEmpty())
        text += u"It waits in the outbox for the catalog: %1\n"_s.arg(safeText(cause));
    if (const QString served = json[u"serve_with"].toString(); !served.isEmpty())
        text
            += u"It is served as long as a studio or a command is open on this workspace. To serve it without them: %1\n"_s
                   .arg(safeText(served));
    return text;
}

} // namespace vidimus::cli
