#include "core/avails/csv_export.h"

#include "core/avails/avail_sheet.h"
#include "core/avails/rights_reports.h"

namespace vidimus::avails {

QByteArray exportCsv(const rights::RuleSet& rules)
{
    return toCsv(availSheet(rules));
}

} // namespace vidimus::avails
