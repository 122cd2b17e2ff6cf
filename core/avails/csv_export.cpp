#include "core/avails/csv_export.h"

#include "core/avails/rights_reports.h"

namespace vidimus::avails {

QByteArray exportCsv(const rights::RuleSet& rules, Extent extent)
{
    return toCsv(availSheet(rules, extent));
}

} // namespace vidimus::avails
