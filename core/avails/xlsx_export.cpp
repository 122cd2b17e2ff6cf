#include "core/avails/xlsx_export.h"

#include "core/avails/rights_reports.h"

namespace vidimus::avails {

Result<QByteArray> exportXlsx(const rights::RuleSet& rules, Extent extent)
{
    return toXlsx(availSheet(rules, extent));
}

} // namespace vidimus::avails
