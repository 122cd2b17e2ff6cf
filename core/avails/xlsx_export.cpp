#include "core/avails/xlsx_export.h"

#include "core/avails/rights_reports.h"
#include "core/avails/sheet_template.h"

namespace vidimus::avails {

Result<QByteArray> exportXlsx(const rights::RuleSet& rules, Extent extent)
{
    return toXlsx(inTemplate(availSheet(rules, extent)), kTemplateRows);
}

} // namespace vidimus::avails
