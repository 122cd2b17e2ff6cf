#pragma once

#include "core/base/result.h"
#include "core/rights/rule_set.h"

#include <QByteArray>

namespace vidimus::avails {

/// The rows of availSheet() as a workbook of typed texts. Pure; any thread. Errors: those of writeXlsx().
[[nodiscard]] Result<QByteArray> exportXlsx(const rights::RuleSet& rules);

} // namespace vidimus::avails
