#include "core/rights/conflicts.h"

#include "core/rights/conflict_scan_p.h"
#include "core/rights/json_fields_p.h"

#include <algorithm>
#include <array>

namespace vidimus::rights {

using namespace Qt::StringLiterals;

namespace {

// In the order of the enumerators.
constexpr std::array kCodeNames {"EXCLUSIVE_OVERLAP"_L1, "OUTSIDE_DEAL_TERM"_L1, "EMPTY_WINDOW"_L1, "SHADOWED"_L1,
    "DUPLICATE"_L1, "GAP"_L1, "NO_SUCCESSOR"_L1, "RATING_MISSING"_L1, "CHILD_WITHOUT_RIGHTS"_L1,
    "ORPHAN_GROUP_VERSION"_L1, "REGION_UNRESOLVABLE"_L1, "RIGHTS_WITHOUT_MATERIAL"_L1, "MATERIAL_WITHOUT_RIGHTS"_L1};

std::optional<Instant> instantOf(std::int64_t millis)
{
    return millis == kAlways || millis == kOpen ? std::nullopt : std::optional(Instant {Milliseconds {millis}});
}

} // namespace

QString conflictCodeName(ConflictCode code)
{
    return QString(kCodeNames[static_cast<std::size_t>(code)]);
}

Window windowOf(std::int64_t start, std::int64_t end)
{
    return {instantOf(start), instantOf(end)};
}

Conflicts ConflictSink::take()
{
    std::sort(m_conflicts.list.begin(), m_conflicts.list.end(), [](const Conflict& a, const Conflict& b) {
        return std::tie(a.code, a.rules, a.title) < std::tie(b.code, b.rules, b.title);
    });
    return std::move(m_conflicts);
}

QJsonObject toJson(const Conflict& conflict)
{
    QJsonArray rules;
    for (const WindowId& id : conflict.rules)
        rules.append(id.toString());
    return {{u"code"_s, conflictCodeName(conflict.code)}, {u"rules"_s, rules}, {u"title"_s, conflict.title.toString()},
        {u"territory"_s, QJsonArray::fromStringList(conflict.territories)},
        {u"from"_s, fields::toValue(conflict.window.start)}, {u"to"_s, fields::toValue(conflict.window.end)}};
}

QJsonObject toJson(const MoreConflicts& more)
{
    const QString title = more.title.toString();
    const QString sentence = more.atLeast
        ? u"\"%1\" has at least %2 more conflicts than are listed; counting stopped there."_s
        : u"\"%1\" has %2 more conflicts than are listed."_s;
    return {{u"title"_s, title}, {u"count"_s, more.count}, {u"at_least"_s, more.atLeast},
        {u"sentence"_s, sentence.arg(title).arg(more.count)}};
}

} // namespace vidimus::rights
