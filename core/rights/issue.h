#pragma once

#include "core/rights/conflicts.h"

#include <set>

namespace vidimus::rights {

/// Changes of rules that belong together, as they are staged and saved.
struct RuleEdit {
    std::vector<Rule> put; ///< added, or in place of those of the same id
    std::vector<WindowId> remove;
    std::vector<Title> titles;
    std::vector<Deal> deals;
    [[nodiscard]] bool isEmpty() const { return put.empty() && remove.empty() && titles.empty() && deals.empty(); }
    friend bool operator==(const RuleEdit&, const RuleEdit&) = default;
};

/// What would settle an issue. Codes: KEEP_ONE, REMOVE_SHADOWED, CUT_OVERLAP, EXCLUDE_TERRITORY, CLIP_TO_DEAL,
/// SWAP_DATES, REMOVE_EMPTY, CLOSE_GAP, ADD_SUCCESSOR (a pending copy), RATE_ADULT (what holds without a rating),
/// COPY_FROM_SIBLING (pending copies), TAKE_NEWEST_GROUP, LEAVE_COARSE_SITES, DENY_WHOLE_COUNTRY, DRAFT_GRANT (pending,
/// no territory yet), DELIVER_MATERIAL, ASK_LICENSOR.
struct Fix {
    QString code;
    QString sentence; ///< English, for logs and --json; people's sentences are made from the code
    RuleEdit edit; ///< empty: there is nothing to stage (DELIVER_MATERIAL, ASK_LICENSOR)
    friend bool operator==(const Fix&, const Fix&) = default;
};

struct Issue {
    Conflict conflict;
    QString sentence; ///< English
    Fix fix;
};

struct Issues {
    std::vector<Issue> list; ///< in order of code, then rules, then title
    bool truncated = false; ///< more than kMaxConflicts
    std::vector<MoreConflicts> more; ///< of titles with more than kMaxConflictsOfTitle
};

/// What has been delivered. Titles that can be played, by id.
struct Material {
    std::set<TitleId> titles;
};

/// Conflicts and advice together, each with a sentence and what would settle it. \a material: null when nobody knows.
/// Rules that a fix adds anew are pending. Pure; any thread.
[[nodiscard]] Issues findIssues(
    const RuleSet& rules, const Material* material, Instant now, const CancelToken& cancel = {});
/// conflicts.h's members and "sentence", "fix": {"code", "sentence", "put": […], "remove": […], "titles": {…},
/// "deals": {…}}.
[[nodiscard]] QJsonObject toJson(const Issue& issue);

/// \a rules with the edit made; names of sites and offers that it brings are added. The caller validates.
[[nodiscard]] RuleSet applied(const RuleEdit& edit, RuleSet rules);
/// {"put", "remove", "titles", "deals"}; members may be left out, and the "code" and "sentence" of a fix are passed
/// over. Errors: Invalid with the place.
[[nodiscard]] Result<RuleEdit> ruleEditFromJson(const QJsonObject& json);
[[nodiscard]] QJsonObject toJson(const RuleEdit& edit);

} // namespace vidimus::rights
