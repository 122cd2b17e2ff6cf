#pragma once

#include "core/avails/calendar_export.h"
#include "core/avails/sheet_table.h"
#include "core/base/cancel.h"

namespace vidimus::avails {

/// What goes back to a licensor about what came: one row a grant, with TitleStatus as Avails knows it (Pending,
/// Approved, Revoked, Expired), under the ids that the licensor gave, whether it is the grant that decides an answer
/// somewhere at \a now (LiveNow: what is taken down or held back is not), and where it came from. Revoked grants are in
/// it, whatever the filter says of status. Pure; any thread.
[[nodiscard]] SheetTable statusReply(const rights::RuleSet& rules, const GrantFilter& filter, Instant now);

/// What may really be played, ordered before it plays, and announced (the column Question), by the answers and not by
/// the rules: one row a title and block of territories × sites × offers × time, cut to the filter's period and
/// territory. Series and seasons play nothing and have no row; LevelsAbove says how many of them stand above a title.
/// With a licensor, what that licensor's deals alone would give under all restrictions. Pure; any thread. Errors:
/// Canceled.
[[nodiscard]] Result<SheetTable> availabilityReport(
    const rights::RuleSet& rules, const GrantFilter& filter, const CancelToken& cancel = {});

/// A sheet as CSV (RFC 4180, formula-safe) or as a workbook whose first rows stay in sight. Errors: those of
/// writeXlsx().
[[nodiscard]] QByteArray toCsv(const SheetTable& sheet);
[[nodiscard]] Result<QByteArray> toXlsx(const SheetTable& sheet, int headingRows = 1);

} // namespace vidimus::avails
