#pragma once

#include "core/avails/sheet_table.h"

#include <QHash>
#include <QXmlStreamWriter>
#include <vector>

namespace vidimus::avails {

/// One row of a sheet by column name.
class NamedRow {
public:
    NamedRow(const SheetRow& headings, const SheetRow& row)
    {
        for (qsizetype i = 0; i < headings.cells.size(); ++i)
            m_cells.insert(headings.cells[i], row.cells.value(i));
    }
    [[nodiscard]] QString operator[](const QString& column) const { return m_cells.value(column); }

private:
    QHash<QString, QString> m_cells;
};

inline constexpr QStringView kAvailsNamespace = u"http://www.movielabs.com/schema/avails/v2.6/avails";
inline constexpr QStringView kMetadataNamespace = u"http://www.movielabs.com/schema/md/v2.10/md";

/// A term of a transaction, a list of columns: what its asset says there of the other rows does not hold for it.
inline constexpr QStringView kNotOfAssetTerm = u"NotOfAsset";

/// What an Asset element says, as a reader gets it back: column → text. A transaction whose row says something else
/// says so itself.
using SaidByAsset = QHash<QString, QString>;

/// Writes the Asset of some rows of one title: ids and names of the first, the ratings of all. Elements stand in the
/// order of the schema (avails-v2.6.xsd, AvailAsset-type), and a text that their type does not allow is left out.
[[nodiscard]] SaidByAsset writeXmlAsset(QXmlStreamWriter& xml, const std::vector<NamedRow>& rows);

/// Whether a text is an xs:duration (XML Schema 1.0, part 2, 3.2.6), such as PT1H30M.
[[nodiscard]] bool isXmlDuration(const QString& text);

} // namespace vidimus::avails
