#include "core/avails/avail_row.h"

#include "core/avails/csv_table.h"
#include "core/avails/kept_columns_p.h"
#include "core/avails/markup.h"

#include <algorithm>
#include <array>

namespace vidimus::avails {

using namespace Qt::StringLiterals;

namespace {

/// Columns that say what is granted; those of kKeptColumns are kept as text, all others are named in notes.
/// EMA/MovieLabs Avails 1.9, Movies and TV.
constexpr std::array kRead {"DisplayName"_L1, "Territory"_L1, "TerritoryExclusion"_L1, "WorkType"_L1,
    "TitleInternalAlias"_L1, "SeriesTitleInternalAlias"_L1, "SeasonNumber"_L1, "EpisodeNumber"_L1,
    "EpisodeTitleInternalAlias"_L1, "EntryType"_L1, "TitleStatus"_L1, "LicenseType"_L1, "Exclusive"_L1, "ContractID"_L1,
    "Start"_L1, "StartLag"_L1, "End"_L1, "EndLag"_L1, "WindowDuration"_L1, "SuppressionLiftDate"_L1, "AnnounceDate"_L1,
    "SpecialPreOrderFulfillDate"_L1, "TitleID"_L1, "EditID"_L1, "EpisodeTitleID"_L1, "EpisodeEditID"_L1,
    "SeriesContentID"_L1, "SeasonContentID"_L1, "EpisodeContentID"_L1, "ContentID"_L1, "AvailID"_L1, "ALID"_L1};

struct OtherName {
    QLatin1StringView written;
    QLatin1StringView column;
};
/// Spellings of older versions and of sample workbooks.
constexpr std::array kOtherNames {OtherName {"AvailContentID"_L1, "ContentID"_L1},
    OtherName {"EpisodeTitle"_L1, "EpisodeTitleInternalAlias"_L1},
    OtherName {"SeriesTitle"_L1, "SeriesTitleInternalAlias"_L1}, OtherName {"Title"_L1, "TitleInternalAlias"_L1},
    OtherName {"ExclusionTerritory"_L1, "TerritoryExclusion"_L1}, OtherName {"LicenceType"_L1, "LicenseType"_L1},
    OtherName {"LocalizationOffering"_L1, "LocalizationType"_L1}, OtherName {"AvailStart"_L1, "Start"_L1},
    OtherName {"AvailEnd"_L1, "End"_L1}, OtherName {"SeriesID"_L1, "SeriesContentID"_L1},
    OtherName {"BundledALIDs"_L1, "BundleALIDs"_L1}, OtherName {"BundleALID"_L1, "BundleALIDs"_L1},
    OtherName {"VolumeDistributinoNumber"_L1, "VolumeDistributionNumber"_L1},
    OtherName {"CaptionsIncluded"_L1, "CaptionIncluded"_L1}, OtherName {"CaptionsExemption"_L1, "CaptionExemption"_L1},
    OtherName {"SeasonID"_L1, "SeasonContentID"_L1}, OtherName {"EpisodeID"_L1, "EpisodeContentID"_L1}};

QString plain(QString name)
{
    return name.remove(u' ').remove(u'_').toLower();
}

QString columnNamed(const QString& heading, const ColumnMapping& mapping)
{
    for (auto own = mapping.columns.begin(); own != mapping.columns.end(); ++own) {
        if (plain(own.key()) == plain(heading))
            return own.value(); // empty: the licensor's column is known and not wanted
    }
    const QString name = plain(heading);
    for (const QLatin1StringView known : kRead) {
        if (name == plain(known))
            return known;
    }
    for (const KeptColumn& kept : kKeptColumns) {
        if (name == plain(kept.column))
            return kept.column;
    }
    for (const OtherName& other : kOtherNames) {
        if (name == plain(other.written))
            return other.column;
    }
    return {};
}

/// The licensor's profile says that nobody needs it.
bool isUnwanted(const QString& heading, const ColumnMapping& mapping)
{
    for (auto own = mapping.columns.begin(); own != mapping.columns.end(); ++own) {
        if (own->isEmpty() && plain(own.key()) == plain(heading))
            return true;
    }
    return false;
}

} // namespace

Columns::Columns(const QStringList& headings, const ColumnMapping& mapping)
    : m_headings(headings)
    , m_constants(mapping.constants)
{
    for (qsizetype i = 0; i < headings.size(); ++i) {
        const QString name = headings[i].isEmpty() ? QString() : columnNamed(headings[i], mapping);
        if (!name.isEmpty() && !m_index.contains(name))
            m_index.insert(name, static_cast<int>(i));
        else if (!headings[i].isEmpty() && !headings[i].startsWith(kOurHeading)) {
            m_unused.append(headings[i]);
            if (!isUnwanted(headings[i], mapping))
                m_unusedPlaces.append(static_cast<int>(i));
        }
    }
}

bool Columns::has(QLatin1StringView name) const
{
    return m_index.contains(name) || m_constants.contains(name);
}

QString Columns::cell(const SheetRow& row, QLatin1StringView name) const
{
    const auto place = m_index.constFind(name);
    const QString text = place == m_index.constEnd() ? QString() : withoutFormulaGuard(row.cells.value(*place));
    return text.isEmpty() ? m_constants.value(name) : text;
}

QString Columns::heading(QLatin1StringView name) const
{
    const QString written = m_headings.value(m_index.value(name, -1));
    return written.isEmpty() ? QString(name) : written;
}

int Columns::place(QLatin1StringView name) const
{
    return m_index.value(name, -1);
}

QString Columns::headingAt(int place) const
{
    if (const QString written = m_headings.value(place); !written.isEmpty())
        return written;
    QString letters; // as a spreadsheet counts: A … Z, AA …
    for (int rest = place + 1; rest > 0; rest = (rest - 1) / 26)
        letters.prepend(QChar(u'A' + (rest - 1) % 26));
    return letters;
}

QStringList Columns::notKept(const SheetRow& row) const
{
    QStringList names;
    for (const int place : m_unusedPlaces) {
        if (!row.cells.value(place).isEmpty())
            names.append(m_headings[place]);
    }
    for (qsizetype place = m_headings.size(); place < row.cells.size(); ++place) {
        if (!row.cells[place].isEmpty())
            names.append(headingAt(static_cast<int>(place)));
    }
    return names;
}

bool Columns::looksLikeHeadings(const QStringList& cells, const ColumnMapping& mapping)
{
    ColumnMapping names = mapping;
    names.constants.clear();
    const Columns columns(cells, names);
    const int known = static_cast<int>(columns.m_index.size());
    return (columns.has("Territory"_L1) && known > 1) || (columns.has("Start"_L1) && columns.has("End"_L1));
}

QString columnOfHeading(const QString& heading)
{
    return columnNamed(heading, {});
}

QStringList importedColumns()
{
    QStringList columns {kRead.begin(), kRead.end()};
    for (const KeptColumn& kept : kKeptColumns)
        columns.append(kept.column);
    return columns;
}

} // namespace vidimus::avails
