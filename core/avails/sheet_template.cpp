#include "core/avails/sheet_template.h"

#include <algorithm>
#include <array>

namespace vidimus::avails {

using namespace Qt::StringLiterals;

namespace {

struct Category {
    QLatin1StringView name;
    QStringList columns; ///< a name that ends so belongs to it
};

/// EMA/MovieLabs Avails 1.9, row 1 of the Movies and TV sheets. What is in none of them is of AvailTrans.
const std::array kCategories {Category {"Disposition"_L1, {u"EntryType"_s, u"TitleStatus"_s}},
    Category {"Avail"_L1,
        {u"DisplayName"_s, u"Licensee"_s, u"ServiceProvider"_s, u"ALID"_s, u"AvailID"_s, u"BundleALIDs"_s, u"UV_ID"_s,
            u"DMA_ID"_s, u"ExceptionFlag"_s}},
    Category {"AvailAsset"_L1, {u"WorkType"_s, u"ContentID"_s, u"PackageLabel"_s, u"VolumeContentID"_s}},
    Category {"AvailMetadata"_L1,
        {u"InternalAlias"_s, u"DisplayUnlimited"_s, u"CompanyDisplayCredit"_s, u"GroupIdentity"_s, u"Director"_s,
            u"ReleaseYear"_s, u"ReleaseHistoryOriginal"_s, u"ReleaseHistoryPhysicalHV"_s, u"TotalRunTime"_s,
            u"SeasonNumber"_s, u"EpisodeNumber"_s, u"VolumeNumber"_s, u"DistributionNumber"_s, u"EpisodeCount"_s,
            u"SeasonCount"_s, u"TitleID"_s, u"EditID"_s, u"AltID"_s, u"RatingSystem"_s, u"RatingValue"_s,
            u"RatingReason"_s, u"CaptionIncluded"_s, u"CaptionExemption"_s, u"LocalizationType"_s, u"Metadata"_s}}};

/// What every row of Movies or of TV needs (EMA/MovieLabs Avails 1.9, "REQ").
const QStringList kRequired {u"DisplayName"_s, u"Territory"_s, u"WorkType"_s, u"TitleInternalAlias"_s, u"LicenseType"_s,
    u"FormatProfile"_s, u"Start"_s, u"End"_s, u"ContentID"_s, u"ALID"_s};

QString categoryOf(const QString& column)
{
    for (const Category& category : kCategories) {
        if (std::ranges::any_of(category.columns, [&column](const QString& end) { return column.endsWith(end); }))
            return category.name;
    }
    return u"AvailTrans"_s;
}

/// The note of EntryType stays empty: other readers take a row with an entry type for data.
QString noteOf(const QString& column)
{
    if (column == u"EntryType")
        return {};
    return kRequired.contains(column) ? u"REQ"_s : u"Opt"_s;
}

} // namespace

SheetTable inTemplate(const SheetTable& sheet)
{
    SheetTable out {.name = sheet.name};
    if (sheet.rows.empty())
        return out;
    const QStringList& names = sheet.rows.front().cells;
    QStringList categories, notes;
    for (const QString& name : names) {
        categories.append(categoryOf(name));
        notes.append(noteOf(name));
    }
    if (!notes.isEmpty())
        notes[0] = u"v1.9"_s;
    out.rows = {{1, categories}, {2, names}, {kTemplateRows, notes}};
    for (auto row = sheet.rows.begin() + 1; row != sheet.rows.end(); ++row)
        out.rows.push_back({static_cast<int>(out.rows.size()) + 1, row->cells});
    return out;
}

} // namespace vidimus::avails
