#include "core/avails/avail_row.h"

#include <array>

namespace vidimus::avails {

using namespace Qt::StringLiterals;

namespace {

/// Columns that are read; the others are named in a note.
constexpr std::array kKnown {"ALID"_L1, "ContentID"_L1, "TitleID"_L1, "EditID"_L1, "AvailID"_L1, "ContractID"_L1,
    "DisplayName"_L1, "Territory"_L1, "TerritoryExclusion"_L1, "WorkType"_L1, "TitleInternalAlias"_L1,
    "TitleDisplayUnlimited"_L1, "EntryType"_L1, "TitleStatus"_L1, "LicenseType"_L1, "FormatProfile"_L1, "HDR"_L1,
    "Exclusive"_L1, "Download"_L1, "Start"_L1, "End"_L1, "RentalDuration"_L1, "WatchDuration"_L1, "PriceType"_L1,
    "PriceValue"_L1, "PriceCurrency"_L1, "AssetLanguage"_L1, "AllowedLanguages"_L1, "HoldbackLanguage"_L1};

QString plain(QString name)
{
    return name.remove(u' ').remove(u'_').toLower();
}

} // namespace

Columns::Columns(const QStringList& headings)
    : m_headings(headings)
{
    for (qsizetype i = 0; i < headings.size(); ++i) {
        bool known = false;
        for (const QLatin1StringView name : kKnown) {
            if (plain(headings[i]) != plain(name) || m_index.contains(name))
                continue;
            m_index.insert(name, static_cast<int>(i));
            known = true;
        }
        if (!known && !headings[i].isEmpty())
            m_unused.append(headings[i]);
    }
}

QString Columns::cell(const CsvRow& row, QLatin1StringView name) const
{
    return withoutFormulaGuard(row.cells.value(m_index.value(name, -1)));
}

QString Columns::heading(QLatin1StringView name) const
{
    const QString written = m_headings.value(m_index.value(name, -1));
    return written.isEmpty() ? QString(name) : written;
}

bool Columns::looksLikeHeadings(const QStringList& cells)
{
    const Columns columns(cells);
    return columns.has("Territory"_L1) || (columns.has("Start"_L1) && columns.has("End"_L1));
}

} // namespace vidimus::avails
