#pragma once

#include "core/avails/avail_sheet.h"
#include "core/base/result.h"

#include <QByteArray>

namespace vidimus::avails {

/// The rows of availSheet() in the layout of the templates, as a workbook of typed texts. Pure; any thread. Errors:
/// those of writeXlsx().
[[nodiscard]] Result<QByteArray> exportXlsx(const rights::RuleSet& rules, Extent extent = Extent::Whole);

} // namespace vidimus::avails
