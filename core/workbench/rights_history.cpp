#include "core/workbench/rights_history.h"

#include "core/rights/rule_set_json.h"
#include "core/store/workspace_store.h"
#include "core/workbench/upkeep.h"
#include "core/workbench/workspace.h"

#include <QHash>
#include <QJsonArray>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

constexpr int kPage = 100;

/// What an entry says of a window: nothing at all, a rule, or its removal.
std::optional<std::optional<rights::Rule>> saidOf(const WindowId& window, const QJsonValue& after)
{
    const QJsonObject object = after.toObject();
    for (const QJsonValue& put : object.value("put"_L1).toArray()) {
        if (put.toObject().value("id"_L1).toString() != window.toString())
            continue;
        auto rule = rights::ruleFromJson(put.toObject());
        return rule ? std::optional(std::optional(*std::move(rule))) : std::nullopt;
    }
    for (const QJsonValue& removed : object.value("removed"_L1).toArray()) {
        if (removed.toString() == window.toString())
            return std::optional<rights::Rule>();
    }
    return std::nullopt;
}

} // namespace

Result<std::vector<WindowChange>> windowHistory(Workspace& workspace, const WindowId& window, const CancelToken& cancel)
{
    QHash<QString, QString> names;
    if (const auto known = people(workspace)) {
        for (const Person& person : *known)
            names.insert(person.id.toString(), person.name);
    }
    auto changes = workspace.store().read([&](const store::UnitOfWork& unit) -> Result<std::vector<WindowChange>> {
        std::vector<WindowChange> list;
        quint64 before = 0;
        for (int looked = 0; looked < kMaxHistoryEntries; looked += kPage) {
            if (cancel.isCanceled())
                return Error {ErrorCode::Canceled, u"the history is not wanted any more"_s, "canceled"};
            const auto page = unit.audit.page(u"rights"_s, before, kPage);
            if (!page)
                return page.error();
            for (const audit::LogEntry& entry : *page) {
                before = entry.sequence;
                if (auto rule = saidOf(window, entry.after))
                    list.push_back({entry.at, names.value(entry.actor, entry.actor),
                        entry.after.toObject().value("why"_L1).toString(), std::nullopt, *std::move(rule)});
            }
            if (std::ssize(*page) < kPage)
                break;
        }
        return list;
    });
    if (!changes)
        return changes;
    for (std::size_t i = 0; i + 1 < changes->size(); ++i)
        (*changes)[i].before = (*changes)[i + 1].after;
    return changes;
}

} // namespace vidimus::workbench
