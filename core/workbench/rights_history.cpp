#include "core/workbench/rights_history.h"

#include "core/rights/rule_set_json.h"
#include "core/store/workspace_store.h"
#include "core/workbench/upkeep.h"
#include "core/workbench/workspace.h"

#include <QHash>
#include <QJsonArray>
#include <QSet>
#include <algorithm>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

constexpr int kPage = 100;

/// One entry of the log about windows: those that it put, and the ids that it took away.
struct LoggedEdit {
    Instant at {};
    QString person;
    QString why;
    std::vector<rights::Rule> put;
    QStringList removed;
};

/// Of an entry, the rules that \a wanted takes.
template<class Wanted>
LoggedEdit editIn(const audit::LogEntry& entry, const QHash<QString, QString>& names, Wanted wanted)
{
    const QJsonObject after = entry.after.toObject();
    LoggedEdit edit {.at = entry.at,
        .person = names.value(entry.actor, entry.actor),
        .why = after.value("why"_L1).toString(),
        .put = {},
        .removed = {}};
    for (const QJsonValue& put : after.value("put"_L1).toArray()) {
        if (!wanted(put.toObject()))
            continue;
        if (auto rule = rights::ruleFromJson(put.toObject()))
            edit.put.push_back(*std::move(rule));
    }
    for (const QJsonValue& removed : after.value("removed"_L1).toArray())
        edit.removed.append(removed.toString());
    return edit;
}

/// Newest first.
template<class Wanted>
Result<std::vector<LoggedEdit>> loggedEdits(Workspace& workspace, const CancelToken& cancel, Wanted wanted)
{
    QHash<QString, QString> names;
    if (const auto known = people(workspace)) {
        for (const Person& person : *known)
            names.insert(person.id.toString(), person.name);
    }
    return workspace.store().read([&](const store::UnitOfWork& unit) -> Result<std::vector<LoggedEdit>> {
        std::vector<LoggedEdit> edits;
        quint64 before = 0;
        for (int looked = 0; looked < kMaxHistoryEntries; looked += kPage) {
            if (cancel.isCanceled())
                return Error {ErrorCode::Canceled, u"the history is not wanted any more"_s, "canceled"};
            const auto page = unit.audit.page(u"rights"_s, before, kPage);
            if (!page)
                return page.error();
            for (const audit::LogEntry& entry : *page) {
                before = entry.sequence;
                edits.push_back(editIn(entry, names, wanted));
            }
            if (std::ssize(*page) < kPage)
                break;
        }
        return edits;
    });
}

/// What happened to some windows, each with what stood before it.
std::vector<WindowChange> changesOf(std::vector<LoggedEdit> edits, const QSet<QString>& windows)
{
    std::vector<WindowChange> changes;
    QHash<QString, rights::Rule> standing;
    const auto add = [&](const LoggedEdit& edit, const QString& id, std::optional<rights::Rule> after) {
        const auto known = standing.constFind(id);
        std::optional<rights::Rule> before
            = known == standing.constEnd() ? std::nullopt : std::optional<rights::Rule>(*known);
        if (after)
            standing.insert(id, *after);
        else
            standing.remove(id);
        changes.push_back({WindowId(id), edit.at, edit.person, edit.why, std::move(before), std::move(after)});
    };
    std::ranges::reverse(edits);
    for (const LoggedEdit& edit : edits) {
        for (const rights::Rule& rule : edit.put) {
            if (windows.contains(rule.id.toString()))
                add(edit, rule.id.toString(), rule);
        }
        for (const QString& id : edit.removed) {
            if (windows.contains(id))
                add(edit, id, std::nullopt);
        }
    }
    std::ranges::reverse(changes);
    return changes;
}

} // namespace

Result<std::vector<WindowChange>> windowHistory(Workspace& workspace, const WindowId& window, const CancelToken& cancel)
{
    auto edits = loggedEdits(
        workspace, cancel, [&](const QJsonObject& put) { return put.value("id"_L1).toString() == window.toString(); });
    if (!edits)
        return std::move(edits).error();
    return changesOf(std::move(*edits), {window.toString()});
}

Result<std::vector<WindowChange>> titleHistory(Workspace& workspace, const TitleId& title, const CancelToken& cancel)
{
    auto edits = loggedEdits(workspace, cancel,
        [&](const QJsonObject& put) { return put.value("scope"_L1).toString() == title.toString(); });
    if (!edits)
        return std::move(edits).error();
    QSet<QString> windows;
    for (const LoggedEdit& edit : *edits) {
        for (const rights::Rule& rule : edit.put)
            windows.insert(rule.id.toString());
    }
    return changesOf(std::move(*edits), windows);
}

} // namespace vidimus::workbench
