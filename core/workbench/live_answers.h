#pragma once

#include "core/rights/query.h"
#include "core/workbench/rights_desk.h"

#include <map>

namespace vidimus::workbench {

/// Where an answer came from.
enum class AnsweredBy {
    Snapshot, ///< the compiled form, as a player's backend reads it
    Rules, ///< the rules themselves: the compiled form is not ready
};

/// What stands behind an answer, to be shown beside it.
struct AnswerBasis {
    AnsweredBy by = AnsweredBy::Rules;
    quint64 version = 0; ///< of the compiled form, counted since this program started; 0 with Rules
    QString statement; ///< English: why the rules were asked; empty with Snapshot
};

/// A place in the world and in the offer, at an instant.
struct LiveCell {
    QString country;
    QString subdivision;
    QString site;
    QString offer;
    Instant at {};
    rights::Question question = rights::Question::Playable;
};

struct LiveAnswer {
    rights::Answer answer; ///< reason and decidedBy only when the rules were asked
    AnswerBasis basis;
};

struct LiveTitles {
    std::vector<TitleId> titles; ///< at most \a limit, in the order of the snapshot
    qint64 count = 0; ///< of all
    AnswerBasis basis;
};

/// How many titles are live in each country, for a map. Countries with none are left out.
struct LiveMap {
    std::map<QString, qint64> countries;
    AnswerBasis basis;
};

/// The stored rules as they answer at an instant, through the compiled form. It is compiled in the background after
/// each save; until it is ready the rules are asked, and the basis says so. Without age limit and entitlement.
/// Any thread. Errors: Io, Corrupt.
[[nodiscard]] Result<LiveAnswer> liveAnswer(Workspace& workspace, const TitleId& title, const LiveCell& cell);
[[nodiscard]] Result<LiveTitles> liveTitles(Workspace& workspace, const LiveCell& cell, int limit = 1000);
/// \a cell's country plays no part. \a title: empty for all.
[[nodiscard]] Result<LiveMap> liveMap(Workspace& workspace, const LiveCell& cell, const TitleId& title = {});

} // namespace vidimus::workbench
