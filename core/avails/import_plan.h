#pragma once

#include "core/rights/rule_set.h"

#include <QJsonObject>
#include <QString>
#include <vector>

namespace vidimus::avails {

/// One thing about one cell. Codes of errors: BAD_DATE, BAD_ZONE, CONDITION_NEEDS_EVENT, END_BEFORE_START, MISSING,
/// UNKNOWN_TERRITORY, UNKNOWN_VALUE, FORMULA, COLUMN_MISSING, DUPLICATE_ROW, NOTHING_TO_DELETE, ID_TAKEN (by a
/// restriction).
/// Codes of notes: LOCAL_TIME_TWICE, LOCAL_TIME_SKIPPED, END_OF_DAY_ROUNDED, YEAR_MEANS_OPEN, EMPTY_ROWS_SKIPPED,
/// NOTE_ROW_SKIPPED, UNUSED_COLUMN, REMOVALS_HELD_BACK (a full extract with rejected rows removes nothing),
/// SUPPRESSED_UNTIL, PRE_ORDER_ONLY (a POEST row lets nothing play), END_INCLUDES_DAY, DATE_READ_AS (one that can be
/// read in two ways), CONDITION_RESOLVED, NOT_KEPT (cells of the row that no grant can hold), RATING_IS_TEXT,
/// RATING_DIFFERS, BUNDLE_IS_TEXT, PRICE_MISSING, ONE_LANGUAGE, CAPTION_MISSING, VOLUME_TWICE, AVAIL_ID_SHARED (by two
/// licensors), AVAIL_ID_TWICE (in one file), SAME_EDIT (one edit under two ALIDs), CONTRACT_OF_ANOTHER, KEPT_ELSEWHERE
/// and OWNER_UNKNOWN (what a full extract does not replace), REQUIRED_EMPTY, UNUSUAL_VALUE, READ_BY_A_PERSON,
/// ID_READ_AS, END_FROM_DURATION, SHEET_SKIPPED, NEW_LICENSOR.
struct CellMessage {
    QString sheet;
    int row = 0; ///< 1-based, as a spreadsheet shows it; 0: the whole sheet
    QString column; ///< name as in the sheet
    QString value; ///< as written, at most 200 characters
    QString code;
    QString message; ///< English, for logs and --json; people's sentences are made from the code
    int place = -1; ///< of the cell in its row, 0-based; -1: none, or the column's name tells
};

template<class T>
struct Changes {
    std::vector<T> added;
    std::vector<T> changed; ///< the new values
    std::vector<T> removed;
};

/// What an import would do; nothing is changed by making one.
struct ImportPlan {
    int rows = 0; ///< data rows seen: without headings, notes and empty rows
    int accepted = 0;
    int rejected = 0;
    QString timeZones; ///< version of the zone database that local times were read with
    std::vector<CellMessage> errors;
    std::vector<CellMessage> notes;
    Changes<rights::Rule> rules;
    Changes<rights::Title> titles;
    Changes<rights::Deal> deals;
};

/// {"rows", "accepted", "rejected", "time_zones", "errors": […], "notes": […], "plan": {"added", "changed", "removed"}
/// (rules), and the same for titles and deals}.
[[nodiscard]] QJsonObject toJson(const ImportPlan& plan);
/// \a existing with the plan applied; the result is validated by the caller (rights::validate).
[[nodiscard]] rights::RuleSet applied(const ImportPlan& plan, rights::RuleSet existing);

} // namespace vidimus::avails
