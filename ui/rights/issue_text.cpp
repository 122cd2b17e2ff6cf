#include "ui/rights/issue_text.h"

#include "ui/rights/effect_rows.h"
#include "ui/rights/rights_texts.h"

#include <QCoreApplication>
#include <QHash>
#include <QLocale>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;
using widgets::Ink;

namespace {

constexpr std::size_t kMostRows = 2000;

QString tr(const char* text, int count = -1)
{
    return QCoreApplication::translate("IssueText", text, nullptr, count);
}

} // namespace

QString fixText(const engine::Fix& fix)
{
    const QString window = fix.edit.put.empty() ? QString() : windowText(fix.edit.put.front().window);
    if (fix.code == u"KEEP_ONE")
        return tr("Keep one, remove %n", static_cast<int>(fix.edit.remove.size()));
    if (fix.code == u"REMOVE_SHADOWED")
        return tr("Remove it; no answer changes");
    if (fix.code == u"CUT_OVERLAP")
        return fix.edit.put.empty() ? tr("Remove the one that the other covers")
                                    : tr("Cut the overlap: %1").arg(window);
    if (fix.code == u"EXCLUDE_TERRITORY")
        return tr("Leave the territory out of one of them");
    if (fix.code == u"CLIP_TO_DEAL")
        return tr("Clip it to the deal's term: %1").arg(window);
    if (fix.code == u"SWAP_DATES")
        return tr("Swap start and end: %1").arg(window);
    if (fix.code == u"REMOVE_EMPTY")
        return tr("Remove the empty window");
    if (fix.code == u"CLOSE_GAP")
        return tr("Close the gap: %1").arg(window);
    if (fix.code == u"ADD_SUCCESSOR")
        return tr("Draft a successor: %1").arg(window);
    if (fix.code == u"RATE_ADULT")
        return tr("Rate it for adults, as it is treated now");
    if (fix.code == u"COPY_FROM_SIBLING")
        return tr("Draft %n window(s) like its sibling's", static_cast<int>(fix.edit.put.size()));
    if (fix.code == u"TAKE_NEWEST_GROUP")
        return tr("Take the newest version of the group");
    if (fix.code == u"LEAVE_COARSE_SITES")
        return tr("Leave out the sites that know countries only");
    if (fix.code == u"DENY_WHOLE_COUNTRY")
        return tr("Restrict the whole country");
    if (fix.code == u"DRAFT_GRANT")
        return tr("Draft a window for it");
    if (fix.code == u"DELIVER_MATERIAL")
        return tr("Ask for the material");
    if (fix.code == u"ASK_LICENSOR")
        return tr("Ask the licensor");
    return fix.sentence;
}

std::vector<TableRow> issueRows(const engine::Issues& issues, const engine::RuleSet& rules)
{
    QHash<QString, QString> titles;
    for (const engine::Title& title : rules.titles)
        titles.insert(title.id.toString(), title.name.isEmpty() ? title.id.toString() : title.name);
    std::vector<TableRow> rows;
    for (std::size_t i = 0; i < std::min(issues.list.size(), kMostRows); ++i) {
        const engine::Issue& issue = issues.list[i];
        const engine::Conflict& conflict = issue.conflict;
        const bool advice = engine::isAdvice(conflict.code);
        const Ink ink = advice ? Ink::Warning : Ink::Rejected;
        TableCell what {conflictText(conflict.code), ink, advice ? u"warning"_s : u"cross"_s, {}, false, false, {}};
        //: Spoken before an entry of the list of conflicts; %1 is what it is.
        what.spoken = advice ? tr("Advice: %1").arg(what.text) : tr("Conflict: %1").arg(what.text);
        const bool stageable = !issue.fix.edit.isEmpty();
        rows.push_back({{what, {titles.value(conflict.title.toString()), std::nullopt, {}, {}, false, false, {}},
                            {shortList(conflict.territories, 4), Ink::Second, {}, {}, false, false,
                                conflict.territories.join(u", "_s)},
                            {windowText(conflict.window), Ink::Second, {}, {}, false, false, {}},
                            {fixText(issue.fix), stageable ? std::optional<Ink>() : Ink::Second,
                                stageable ? u"arrow-right"_s : QString(), {}, false, false, {}}},
            QString::number(i)});
    }
    for (const engine::MoreConflicts& more : issues.more) {
        const QString count = QLocale().toString(more.count);
        //: Below the list of conflicts; %1 is a number that may be large.
        const QString text = more.atLeast ? tr("At least %1 more, of one title; settle some of these first.").arg(count)
                                          : tr("%1 more, of one title; settle some of these first.").arg(count);
        rows.push_back({{{text, Ink::Second, {}, {}, false, false, {}},
                            {titles.value(more.title.toString()), std::nullopt, {}, {}, false, false, {}}},
            {}});
    }
    if (issues.list.size() > kMostRows || issues.truncated)
        rows.push_back(
            {{{tr("There are more; settle some of these first."), Ink::Second, {}, {}, false, false, {}}}, {}});
    return rows;
}

} // namespace vidimus::ui::rights
