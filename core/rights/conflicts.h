#pragma once

#include "core/base/cancel.h"
#include "core/rights/rule_set.h"

#include <QJsonObject>
#include <vector>

namespace vidimus::rights {

enum class ConflictCode {
    ExclusiveOverlap, ///< two exclusive grants of different licensors share a cell
    OutsideDealTerm, ///< a grant reaches outside the term of its deal
    EmptyWindow, ///< starts at or after its end
    Shadowed, ///< a grant that never decides: a hard restriction or a stronger grant covers it wholly
    Duplicate, ///< two rules that differ only in their id
    Gap, ///< advice: time without rights between two grants of one deal and title
    NoSuccessor, ///< advice: the last grant of a title ends and nothing follows
    RatingMissing, ///< advice: a country with rights where the title has no rating
    ChildWithoutRights, ///< advice: a playable title whose series or siblings have rights and which has none
    OrphanGroupVersion, ///< advice: a rule pins a version of a territory group, and a newer one exists
    RegionUnresolvable, ///< advice: a rule tells subdivisions apart on a site that does not learn them
    RightsWithoutMaterial, ///< advice: rights in force or to come, and nothing was delivered
    MaterialWithoutRights, ///< advice: delivered, and no rights in force or to come
};

/// Advice helps; a conflict is wrong as it stands.
[[nodiscard]] constexpr bool isAdvice(ConflictCode code)
{
    return code >= ConflictCode::Gap;
}
/// "EXCLUSIVE_OVERLAP".
[[nodiscard]] QString conflictCodeName(ConflictCode code);

struct Conflict {
    ConflictCode code = ConflictCode::Duplicate;
    std::vector<WindowId> rules; ///< sorted by id, except Shadowed: the shadowed one first
    TitleId title; ///< where it shows
    QStringList territories; ///< sorted
    Window window; ///< the time concerned
};

inline constexpr std::size_t kMaxConflicts = 10'000; ///< of all titles; the search ends there
inline constexpr std::size_t kMaxConflictsOfTitle = 1000; ///< more of one title are counted, not listed

/// Conflicts of a title beyond those that are listed.
struct MoreConflicts {
    TitleId title;
    qint64 count = 0;
    bool atLeast = false; ///< the search ended early: there may be more than so many
    friend bool operator==(const MoreConflicts&, const MoreConflicts&) = default;
};

struct Conflicts {
    std::vector<Conflict> list; ///< in order of code, then rules
    bool truncated = false; ///< there are more, of whatever titles
    std::vector<MoreConflicts> more;
};

/// Everything that needs a person, all at once (the first five codes). Revoked rules and ended deals are left out.
/// Pure; any thread.
[[nodiscard]] Conflicts findConflicts(const RuleSet& rules, const CancelToken& cancel = {});
/// The advice codes, without those about material. \a now: what has ended before is no advice.
[[nodiscard]] Conflicts findAdvice(const RuleSet& rules, Instant now, const CancelToken& cancel = {});
/// {"code", "rules", "title", "territory", "from", "to"}.
[[nodiscard]] QJsonObject toJson(const Conflict& conflict);
/// {"title", "count", "at_least", "sentence"}.
[[nodiscard]] QJsonObject toJson(const MoreConflicts& more);

} // namespace vidimus::rights
