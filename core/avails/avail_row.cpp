#include "core/avails/avail_row.h"

#include "core/rights/territory.h"
#include "core/rights/validate.h"

#include <QRegularExpression>
#include <array>

namespace vidimus::avails {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kShownLength = 200;

/// Both the data dictionary's words and the validator's (they differ in AVOD and Library), and FVOD of later sheets.
constexpr std::array kLicenseTypes {
    "EST"_L1, "VOD"_L1, "SVOD"_L1, "AVOD"_L1, "FVOD"_L1, "POEST"_L1, "Pre-Release"_L1, "Library"_L1};

template<class T>
using Words = std::initializer_list<std::pair<QLatin1StringView, T>>;

template<class T>
std::optional<T> wordOf(const QString& text, Words<T> words)
{
    for (const auto& [word, value] : words) {
        if (text.compare(word, Qt::CaseInsensitive) == 0)
            return value;
    }
    return std::nullopt;
}

class RowReader {
public:
    RowReader(const CsvRow& row, const Columns& columns, const ImportOptions& options, const rights::RuleSet& existing,
        ImportPlan& plan)
        : m_row(row)
        , m_columns(columns)
        , m_options(options)
        , m_existing(existing)
        , m_plan(plan)
    {
    }

    std::optional<AvailRow> run()
    {
        m_out.number = m_row.number;
        refuseFormulas();
        readTitle();
        readTerritory();
        readLicense();
        readTimes();
        readStatus();
        m_out.availId = cell("AvailID"_L1);
        m_out.licensor = m_options.licensor.isEmpty() ? cell("DisplayName"_L1) : m_options.licensor;
        m_out.grant.deal = DealId(cell("ContractID"_L1));
        m_out.grant.sites.all = true;
        m_out.grant.provenance = rights::Provenance {m_options.fileName, m_options.sheetName, m_row.number};
        return m_good ? std::optional(std::move(m_out)) : std::nullopt;
    }

private:
    [[nodiscard]] QString cell(QLatin1StringView name) const { return m_columns.cell(m_row, name); }

    CellMessage message(QLatin1StringView column, const QString& code, const QString& text) const
    {
        return {
            m_options.sheetName, m_row.number, m_columns.heading(column), cell(column).left(kShownLength), code, text};
    }
    void fail(QLatin1StringView column, const QString& code, const QString& text)
    {
        m_good = false;
        m_plan.errors.push_back(message(column, code, text));
    }

    void refuseFormulas()
    {
        for (const QString& text : m_row.cells) {
            if (!text.startsWith(u'='))
                continue;
            m_good = false;
            m_plan.errors.push_back({m_options.sheetName, m_row.number, {}, text.left(kShownLength), u"FORMULA"_s,
                u"the cell holds a formula; paste its value"_s});
        }
    }

    void readTitle()
    {
        rights::Title& title = m_out.title;
        const std::initializer_list<std::pair<QLatin1StringView, QString>> idColumns {{"ALID"_L1, u"alid"_s},
            {"ContentID"_L1, u"content_id"_s}, {"TitleID"_L1, u"title_id"_s}, {"EditID"_L1, u"edit_id"_s}};
        for (const auto& [column, key] : idColumns) {
            const QString id = cell(column);
            if (id.isEmpty())
                continue;
            title.ids.insert(key, id);
            if (title.id.isEmpty())
                title.id = TitleId(id);
        }
        if (title.id.isEmpty())
            fail("ALID"_L1, u"MISSING"_s, u"the row names no title: fill ALID, ContentID or TitleID"_s);
        title.name = cell("TitleInternalAlias"_L1);
        if (title.name.isEmpty())
            title.name = cell("TitleDisplayUnlimited"_L1);
        const QString work = cell("WorkType"_L1);
        using Kind = rights::TitleKind;
        const auto kind = wordOf<Kind>(work,
            {{"Movie"_L1, Kind::Film}, {"Film"_L1, Kind::Film}, {"Episode"_L1, Kind::Episode},
                {"Season"_L1, Kind::Season}, {"Series"_L1, Kind::Series}, {"Collection"_L1, Kind::Bundle},
                {"Short"_L1, Kind::Clip}, {"Promotion"_L1, Kind::Clip}, {"Supplement"_L1, Kind::Clip},
                {"Volume"_L1, Kind::Season}, {""_L1, Kind::Film}});
        if (kind)
            title.kind = *kind;
        else
            fail("WorkType"_L1, u"UNKNOWN_VALUE"_s, u"not a work type; write Movie, Episode, Season or Series"_s);
    }

    QStringList territories(QLatin1StringView column)
    {
        static const QRegularExpression between(u"[,;\\s]+"_s);
        QStringList names;
        for (const QString& code : cell(column).split(between, Qt::SkipEmptyParts)) {
            // ZZ and WW stand for the world in sheets, though the standard has neither.
            const bool world = code == u"ZZ" || code == u"WW" || code.compare("WORLD"_L1, Qt::CaseInsensitive) == 0;
            const QString name = world ? u"WORLD"_s : code;
            if (!rights::validateTerritory(m_existing, name))
                fail(column, u"UNKNOWN_TERRITORY"_s,
                    u"\"%1\" is no ISO 3166 country or subdivision"_s.arg(code.left(kShownLength)));
            names.append(name);
        }
        return names;
    }

    void readTerritory()
    {
        m_out.grant.territory.include = territories("Territory"_L1);
        m_out.grant.territory.exclude = territories("TerritoryExclusion"_L1);
        if (cell("Territory"_L1).isEmpty())
            fail("Territory"_L1, u"MISSING"_s, u"the territory is missing; write a country such as FR, or ZZ"_s);
    }

    void readLicense()
    {
        const QString type = cell("LicenseType"_L1);
        QString known;
        for (const QLatin1StringView word : kLicenseTypes) {
            if (type.compare(word, Qt::CaseInsensitive) == 0)
                known = word;
        }
        if (known.isEmpty())
            fail("LicenseType"_L1, type.isEmpty() ? u"MISSING"_s : u"UNKNOWN_VALUE"_s,
                u"the licence type must be one of EST, VOD, SVOD, AVOD, FVOD, POEST, Pre-Release, Library"_s);
        m_out.grant.offers.names = m_options.offers.value(known, {known.toLower()});
        m_out.grant.terms.insert(u"license_type"_s, known);
        const std::initializer_list<std::pair<QLatin1StringView, QString>> terms {{"FormatProfile"_L1, u"format"_s},
            {"HDR"_L1, u"hdr"_s}, {"Download"_L1, u"download"_s}, {"RentalDuration"_L1, u"rental_duration"_s},
            {"WatchDuration"_L1, u"watch_duration"_s}, {"PriceType"_L1, u"price_type"_s},
            {"PriceValue"_L1, u"price_value"_s}, {"PriceCurrency"_L1, u"price_currency"_s},
            {"AssetLanguage"_L1, u"asset_language"_s}, {"AllowedLanguages"_L1, u"allowed_languages"_s},
            {"HoldbackLanguage"_L1, u"holdback_language"_s}};
        for (const auto& [column, key] : terms) {
            if (const QString text = cell(column); !text.isEmpty())
                m_out.grant.terms.insert(key, text);
        }
        const auto exclusive = wordOf<bool>(cell("Exclusive"_L1),
            {{"Yes"_L1, true}, {"Y"_L1, true}, {"TRUE"_L1, true}, {"T"_L1, true}, {"1"_L1, true}, {"No"_L1, false},
                {"N"_L1, false}, {"FALSE"_L1, false}, {"F"_L1, false}, {"0"_L1, false}, {""_L1, false}});
        if (exclusive)
            m_out.grant.exclusive = *exclusive;
        else
            fail("Exclusive"_L1, u"UNKNOWN_VALUE"_s, u"must be Yes or No"_s);
    }

    /// "9999-12-31" and its like, as text or as a serial, are how a spreadsheet says "for ever".
    [[nodiscard]] static bool isFarFuture(const QString& text)
    {
        const auto read = rights::importTime(text, rights::TimeColumn::Start, {});
        return read && read->instant && *read->instant >= kLatest;
    }

    std::optional<Instant> readTime(QLatin1StringView column, rights::TimeColumn kind)
    {
        const QString text = cell(column);
        if (text.isEmpty()) {
            fail(column, u"MISSING"_s, u"the date is missing; for no bound write Immediate or Open"_s);
            return std::nullopt;
        }
        if (kind == rights::TimeColumn::End && isFarFuture(text)) {
            m_plan.notes.push_back(message(column, u"YEAR_MEANS_OPEN"_s, u"read as an open end"_s));
            return std::nullopt;
        }
        const auto read = rights::importTime(text, kind, m_options.times);
        if (!read) {
            fail(column, QString::fromLatin1(read.error().reason), read.error().detail);
            return std::nullopt;
        }
        if (!read->condition.isEmpty())
            fail(column, u"CONDITION_NEEDS_EVENT"_s, u"a condition needs a known event; write the date"_s);
        if (!read->warning.isEmpty())
            m_plan.notes.push_back(
                message(column, read->warning, u"read as %1"_s.arg(toRfc3339(read->instant.value_or(Instant {})))));
        return read->instant;
    }

    void readTimes()
    {
        rights::Window& window = m_out.grant.window;
        window.start = readTime("Start"_L1, rights::TimeColumn::Start);
        window.end = readTime("End"_L1, rights::TimeColumn::End);
        if (window.isEmpty())
            fail("End"_L1, u"END_BEFORE_START"_s,
                u"the window ends at %1, not after its start at %2"_s.arg(
                    toRfc3339(*window.end), toRfc3339(*window.start)));
        for (const auto& [column, bound] : {std::pair("Start"_L1, window.start), std::pair("End"_L1, window.end)}) {
            if (bound && (*bound < kEarliest || *bound >= kLatest))
                fail(column, u"BAD_DATE"_s,
                    u"the year lies outside %1 to %2"_s.arg(rights::kFirstYear).arg(rights::kLastYear));
        }
    }

    void readStatus()
    {
        using Status = rights::RuleStatus;
        const auto status = wordOf<Status>(cell("TitleStatus"_L1),
            {{"Pending"_L1, Status::Pending}, {"Approved"_L1, Status::Approved}, {"Revoked"_L1, Status::Revoked},
                {"Expired"_L1, Status::Revoked}, {""_L1, Status::Approved}});
        if (status)
            m_out.grant.status = *status;
        else
            fail("TitleStatus"_L1, u"UNKNOWN_VALUE"_s, u"must be Pending, Approved, Revoked or Expired"_s);
        const auto entry = wordOf<EntryType>(cell("EntryType"_L1),
            {{"Full Extract"_L1, EntryType::FullExtract}, {"Full Delete"_L1, EntryType::Delete},
                {"Delete"_L1, EntryType::Delete}, {"Create"_L1, EntryType::Merge}, {"Update"_L1, EntryType::Merge},
                {""_L1, EntryType::Merge}});
        if (entry)
            m_out.entry = *entry;
        else
            fail("EntryType"_L1, u"UNKNOWN_VALUE"_s, u"must be Full Extract, Full Delete, Create, Update or Delete"_s);
    }

    // 1900-01-01 and 2200-01-01 UTC, the years of rights::validate().
    static constexpr Instant kEarliest {Milliseconds {-2208988800000}};
    static constexpr Instant kLatest {Milliseconds {7258118400000}};

    const CsvRow& m_row;
    const Columns& m_columns;
    const ImportOptions& m_options;
    const rights::RuleSet& m_existing;
    ImportPlan& m_plan;
    AvailRow m_out;
    bool m_good = true;
};

} // namespace

std::optional<AvailRow> readAvailRow(const CsvRow& row, const Columns& columns, const ImportOptions& options,
    const rights::RuleSet& existing, ImportPlan& plan)
{
    return RowReader(row, columns, options, existing, plan).run();
}

} // namespace vidimus::avails
