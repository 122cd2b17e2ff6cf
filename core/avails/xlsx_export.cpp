#include "core/avails/xlsx_export.h"

#include "core/avails/avail_sheet.h"
#include "core/avails/xlsx_writer.h"

namespace vidimus::avails {

Result<QByteArray> exportXlsx(const rights::RuleSet& rules)
{
    const SheetTable sheet = availSheet(rules);
    OutSheet out {.name = sheet.name, .frozenRows = 1};
    for (const SheetRow& row : sheet.rows)
        out.rows.push_back(row.cells);
    for (int column = 0; column < out.rows.front().size(); ++column)
        out.styles.insert({0, column}, CellStyle::Heading);
    return writeXlsx({out});
}

} // namespace vidimus::avails
