#include "core/avails/csv_export.h"

#include "core/avails/rights_reports.h"
#include "core/avails/sheet_template.h"

namespace vidimus::avails {

QByteArray exportCsv(const rights::RuleSet& rules, Extent extent)
{
    return toCsv(inTemplate(availSheet(rules, extent)));
}

} // namespace vidimus::avails
