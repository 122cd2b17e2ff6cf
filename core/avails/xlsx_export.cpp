#include "core/avails/xlsx_export.h"

#include "core/avails/avail_sheet.h"
#include "core/avails/rights_reports.h"

namespace vidimus::avails {

Result<QByteArray> exportXlsx(const rights::RuleSet& rules)
{
    return toXlsx(availSheet(rules));
}

} // namespace vidimus::avails
