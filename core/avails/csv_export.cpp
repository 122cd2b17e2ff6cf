#include "core/avails/csv_export.h"

#include "core/avails/avail_sheet.h"
#include "core/avails/csv_table.h"

namespace vidimus::avails {

using namespace Qt::StringLiterals;

QByteArray exportCsv(const rights::RuleSet& rules)
{
    QString csv;
    for (const SheetRow& row : availSheet(rules).rows) {
        QStringList quoted;
        for (const QString& cell : row.cells)
            quoted.append(csvCell(cell));
        csv += quoted.join(u',') + u"\r\n"_s;
    }
    return csv.toUtf8();
}

} // namespace vidimus::avails
