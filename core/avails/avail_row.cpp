#include "core/avails/row_context_p.h"

#include "core/avails/kept_columns_p.h"
#include "core/avails/rating_age_p.h"
#include "core/avails/xml_asset_p.h"
#include "core/rights/territory.h"
#include "core/rights/time_import.h"
#include "core/rights/validate.h"

#include <QRegularExpression>
#include <array>

namespace vidimus::avails {

using namespace Qt::StringLiterals;

namespace {

/// Both the data dictionary's words and the validator's (they differ in AVOD and Library), and FVOD of later sheets.
constexpr std::array kLicenseTypes {
    "EST"_L1, "VOD"_L1, "SVOD"_L1, "AVOD"_L1, "FVOD"_L1, "POEST"_L1, "Pre-Release"_L1, "Library"_L1};

const Words<bool> kTruth {{"Yes"_L1, true}, {"Y"_L1, true}, {"TRUE"_L1, true}, {"T"_L1, true}, {"1"_L1, true},
    {"No"_L1, false}, {"N"_L1, false}, {"FALSE"_L1, false}, {"F"_L1, false}, {"0"_L1, false}, {""_L1, false}};

void refuseFormulas(RowContext& context)
{
    for (int place = 0; place < context.row.cells.size(); ++place) {
        const QString& text = context.row.cells[place];
        if (!text.startsWith(u'='))
            continue;
        context.good = false;
        context.plan.errors.push_back({context.options.sheetName, context.row.number, context.columns.headingAt(place),
            text.left(kShownLength), u"FORMULA"_s, u"the cell holds a formula; paste its value"_s, place});
    }
}

void noteWhatIsNotKept(RowContext& context)
{
    const QStringList names = context.columns.notKept(context.row);
    if (names.isEmpty())
        return;
    context.plan.notes.push_back({context.options.sheetName, context.row.number, {},
        names.join(u", "_s).left(kShownLength), u"NOT_KEPT"_s, u"not kept: %1"_s.arg(names.join(u", "_s).left(500))});
}

QStringList territories(RowContext& context, QLatin1StringView column)
{
    static const QRegularExpression between(u"[,;\\s]+"_s);
    QStringList names;
    for (const QString& code : context.cell(column).split(between, Qt::SkipEmptyParts)) {
        // ZZ and WW stand for the world in sheets, though the standard has neither.
        const bool world = code == u"ZZ" || code == u"WW" || code.compare("WORLD"_L1, Qt::CaseInsensitive) == 0;
        QString name = world ? u"WORLD"_s : code;
        if (!rights::validateTerritory(context.existing, name)) {
            name = code.toUpper(); // "fr", as people type it
            if (!rights::validateTerritory(context.existing, name))
                context.fail(column, u"UNKNOWN_TERRITORY"_s,
                    u"\"%1\" is no ISO 3166 country or subdivision%2"_s.arg(code.left(kShownLength),
                        name == u"UK" ? u"; the United Kingdom is GB"_s
                                      : u"; write a code such as FR or CA-QC, or ZZ for the world"_s));
        }
        names.append(name);
    }
    return names;
}

void readTerritory(RowContext& context, AvailRow& out)
{
    out.grant.territory.include = territories(context, "Territory"_L1);
    out.grant.territory.exclude = territories(context, "TerritoryExclusion"_L1);
    if (context.cell("Territory"_L1).isEmpty())
        context.fail("Territory"_L1, u"MISSING"_s, u"the territory is missing; write a country such as FR, or ZZ"_s);
}

void keepTerms(RowContext& context, AvailRow& out)
{
    for (const KeptColumn& kept : kKeptColumns) {
        if (!context.columns.has(kept.column))
            continue;
        if (const QString text = context.cell(kept.column); !text.isEmpty())
            out.grant.terms.insert(kept.term, kept.language ? text.toLower() : text);
    }
}

/// One country's rating is the title's there; of a row for many the text alone is kept.
void readRating(RowContext& context, AvailRow& out, const QString& country, const QString& system, const QString& value)
{
    const rights::TerritoryAtom atom = rights::atomFromText(country);
    const bool oneCountry = atom != rights::kNoAtom && !rights::isSubdivision(atom);
    const auto age = ageOfRating(system, value);
    if (oneCountry && age) {
        out.title.ratings.insert(country, *age);
        return;
    }
    context.note("RatingValue"_L1, u"RATING_IS_TEXT"_s,
        oneCountry ? u"no age is known for \"%1\", so it is kept as text and limits nobody"_s.arg(value.left(64))
                   : u"a rating holds for one country, so it is kept as text and limits nobody"_s);
}

void readRatings(RowContext& context, AvailRow& out)
{
    if (const QString value = context.cell("RatingValue"_L1); !value.isEmpty())
        readRating(context, out, out.grant.territory.include.join(u' '), context.cell("RatingSystem"_L1), value);
    for (const QString& one : context.cell("Ratings"_L1).split(u';', Qt::SkipEmptyParts)) {
        const QStringList parts = one.trimmed().split(u'|');
        readRating(context, out, parts.value(0).toUpper(), parts.value(1), parts.value(2));
    }
}

/// The standard's word for a licence type; an offer that the catalogue knows by this name; nothing for anything else.
QString knownType(const RowContext& context, const QString& type)
{
    for (const QLatin1StringView word : kLicenseTypes) {
        if (type.compare(word, Qt::CaseInsensitive) == 0)
            return word;
    }
    return context.existing.offers.contains(type) ? type : QString();
}

/// One word in a licensor's sheet; our own export writes the offers of a grant that no sheet made as a list, or "*".
void readLicense(RowContext& context, AvailRow& out)
{
    const QString written = context.cell("LicenseType"_L1);
    QStringList types;
    for (const QString& part : written.split(u',', Qt::SkipEmptyParts)) {
        const QString type = knownType(context, part.trimmed());
        if (type.isEmpty() && written != u"*")
            context.fail("LicenseType"_L1, u"UNKNOWN_VALUE"_s,
                u"the licence type must be one of EST, VOD, SVOD, AVOD, FVOD, POEST, Pre-Release, Library"_s);
        types.append(type);
        // Who orders before it plays buys what is sold afterwards.
        const QString word = type == u"POEST" ? u"est"_s : type.toLower();
        out.grant.offers.names += context.options.offers.value(type, {word});
    }
    if (written.isEmpty())
        context.fail("LicenseType"_L1, u"MISSING"_s, u"the licence type is missing; write EST, VOD, SVOD or AVOD"_s);
    if (written == u"*")
        out.grant.offers = {.all = true};
    else if (types.size() == 1)
        out.grant.terms.insert(u"license_type"_s, types[0]);
    keepTerms(context, out);
    if (const auto exclusive = wordOf<bool>(context.cell("Exclusive"_L1), kTruth))
        out.grant.exclusive = *exclusive;
    else
        context.fail("Exclusive"_L1, u"UNKNOWN_VALUE"_s, u"must be Yes or No"_s);
}

/// Columns that the standard wants in every row. What an empty one is taken for is said, and refuses nothing: house
/// layouts and older sheets leave them out.
void noteEmptyColumns(RowContext& context)
{
    const QString work = u"so the row is taken for a film, or by its numbers for a season or an episode"_s;
    const QString entry = u"so the row adds or changes its own grant, and nothing else is removed"_s;
    const std::array<std::pair<QLatin1StringView, QString>, 4> wanted {std::pair("WorkType"_L1, work),
        {"EntryType"_L1, entry}, {"FormatProfile"_L1, u"so any format may be shown"_s},
        {"DisplayName"_L1, u"so nobody is known as its licensor; name one with --licensor"_s}};
    for (const auto& [column, meaning] : wanted) {
        const bool said = column == "DisplayName"_L1 && !context.options.licensor.isEmpty();
        if (context.columns.has(column) && context.cell(column).isEmpty() && !said)
            context.note(column, u"REQUIRED_EMPTY"_s, u"nothing is written here, %1"_s.arg(meaning));
    }
}

/// Texts that no answer depends on are kept as they are; one that the standard does not know is said.
void noteUnusualValues(RowContext& context)
{
    static const QRegularExpression format(u"^(3D)?(SD|HD|UHD|4K|8K)?([ ,;/]|$)"_s);
    static const QRegularExpression amount(u"^\\d+(\\.\\d+)?$"_s);
    const auto check = [&context](QLatin1StringView column, const auto& isUsual, const QString& wanted) {
        const QString text = context.cell(column);
        if (!text.isEmpty() && !isUsual(text))
            context.note(column, u"UNUSUAL_VALUE"_s, u"kept as text; the standard writes %1"_s.arg(wanted));
    };
    const auto isFormat = [](const QString& text) { return format.match(text.toUpper()).hasMatch(); };
    const auto isAmount = [](const QString& text) { return amount.match(text).hasMatch(); };
    check("FormatProfile"_L1, isFormat, u"SD, HD, UHD or 3D"_s);
    check("RentalDuration"_L1, isXmlDuration, u"a duration such as P30D or PT48H"_s);
    check("WatchDuration"_L1, isXmlDuration, u"a duration such as P30D or PT48H"_s);
    const QString price = context.cell("PriceType"_L1);
    if (price.endsWith("WSP"_L1) || price.endsWith("MRP"_L1) || price.endsWith("SRP"_L1))
        check("PriceValue"_L1, isAmount, u"an amount such as 4.99"_s);
}

/// A rule between columns that no right depends on is a note; only what changes what is granted refuses the row.
void checkSale(RowContext& context, const QString& type)
{
    const bool sold = type == u"EST" || type == u"VOD" || type == u"POEST";
    if (!sold)
        return;
    if (context.columns.has("PriceType"_L1) && context.cell("PriceType"_L1).isEmpty()
        && context.cell("SRP"_L1).isEmpty())
        context.note("PriceType"_L1, u"PRICE_MISSING"_s, u"a row that sells or rents needs a price"_s);
    if (context.cell("AssetLanguage"_L1).contains(u','))
        context.note("AssetLanguage"_L1, u"ONE_LANGUAGE"_s, u"a row that sells or rents names one language at most"_s);
}

/// Free text counts only where the licensor says so.
void noteException(RowContext& context)
{
    const QString text = (context.cell("OtherTerms"_L1) + u' ' + context.cell("OtherInstructions"_L1)).trimmed();
    context.note("ExceptionFlag"_L1, u"READ_BY_A_PERSON"_s,
        text.isEmpty() ? u"the licensor asks a person to read the row, and says nothing more in it"_s
                       : u"the licensor asks a person to read: %1"_s.arg(text.left(500)));
}

/// Rules between the columns (MovieLabs, structure rules).
void checkTogether(RowContext& context, const AvailRow& out)
{
    const QString type = out.grant.terms.value(u"license_type"_s).toString();
    const bool preOrder = type == u"POEST";
    if (preOrder && context.cell("SuppressionLiftDate"_L1).isEmpty())
        context.fail("SuppressionLiftDate"_L1, u"MISSING"_s, u"a pre-order needs the date from which it may be sold"_s);
    if (!preOrder && !context.cell("SpecialPreOrderFulfillDate"_L1).isEmpty())
        context.fail("SpecialPreOrderFulfillDate"_L1, u"NOT_ALLOWED"_s, u"only a POEST row is a pre-order"_s);
    checkSale(context, type);
    if (!context.cell("BundleALIDs"_L1).isEmpty()) {
        if (out.title.kind != rights::TitleKind::Bundle)
            context.fail("BundleALIDs"_L1, u"NOT_ALLOWED"_s, u"only a Collection is a bundle of others"_s);
        else
            context.note("BundleALIDs"_L1, u"BUNDLE_IS_TEXT"_s, u"kept as text; its parts get no rights by this row"_s);
    }
    const QString work = context.cell("WorkType"_L1);
    const bool extra = work.compare("Supplement"_L1, Qt::CaseInsensitive) == 0
        || work.compare("Promotion"_L1, Qt::CaseInsensitive) == 0;
    if (extra && context.cell("ALID"_L1).isEmpty())
        context.fail("ALID"_L1, u"MISSING"_s, u"a supplement or promotion names the ALID that it belongs to"_s);
    if (out.grant.territory.include.contains(u"US"_s) && context.columns.has("CaptionIncluded"_L1)
        && context.cell("CaptionIncluded"_L1).isEmpty() && context.cell("CaptionExemption"_L1).isEmpty())
        context.note("CaptionIncluded"_L1, u"CAPTION_MISSING"_s, u"a row for the US says whether captions are there"_s);
    const auto exception = wordOf<bool>(context.cell("ExceptionFlag"_L1), kTruth);
    if (!exception)
        context.fail("ExceptionFlag"_L1, u"UNKNOWN_VALUE"_s, u"must be Yes or No"_s);
    else if (*exception)
        noteException(context);
}

void readStatus(RowContext& context, AvailRow& out)
{
    using Status = rights::RuleStatus;
    const auto status = wordOf<Status>(context.cell("TitleStatus"_L1),
        {{"Pending"_L1, Status::Pending}, {"Approved"_L1, Status::Approved}, {"Revoked"_L1, Status::Revoked},
            {"Expired"_L1, Status::Revoked}, {""_L1, Status::Approved}});
    if (status)
        out.grant.status = *status;
    else
        context.fail("TitleStatus"_L1, u"UNKNOWN_VALUE"_s, u"must be Pending, Approved, Revoked or Expired"_s);
    const auto entry = wordOf<EntryType>(context.cell("EntryType"_L1),
        {{"Full Extract"_L1, EntryType::FullExtract}, {"Full Delete"_L1, EntryType::Delete},
            {"Delete"_L1, EntryType::Delete}, {"Create"_L1, EntryType::Merge}, {"Update"_L1, EntryType::Merge},
            {""_L1, EntryType::Merge}});
    if (entry)
        out.entry = *entry;
    else
        context.fail(
            "EntryType"_L1, u"UNKNOWN_VALUE"_s, u"must be Full Extract, Full Delete, Create, Update or Delete"_s);
}

} // namespace

CellMessage RowContext::message(QLatin1StringView column, const QString& code, const QString& text) const
{
    return {options.sheetName, row.number, columns.heading(column), cell(column).left(kShownLength), code, text,
        columns.place(column)};
}

void RowContext::fail(QLatin1StringView column, const QString& code, const QString& text)
{
    good = false;
    if (row.cells.value(columns.place(column)).startsWith(u'='))
        return; // a formula is said once, and is no date and no number besides
    plan.errors.push_back(message(column, code, text));
}

void RowContext::note(QLatin1StringView column, const QString& code, const QString& text)
{
    plan.notes.push_back(message(column, code, text));
}

std::optional<AvailRow> readAvailRow(const SheetRow& row, const Columns& columns, const ImportOptions& options,
    const rights::RuleSet& existing, const KnownEvents& events, ImportPlan& plan)
{
    RowContext context {row, columns, options, existing, events, plan};
    AvailRow out;
    out.number = row.number;
    refuseFormulas(context);
    readTitle(context, out);
    readTerritory(context, out);
    readLicense(context, out);
    readTimes(context, out);
    readStatus(context, out);
    checkTogether(context, out);
    noteEmptyColumns(context);
    noteUnusualValues(context);
    readRatings(context, out);
    noteWhatIsNotKept(context);
    out.availId = context.cell("AvailID"_L1);
    out.licensor = options.licensor.isEmpty() ? context.cell("DisplayName"_L1) : options.licensor;
    out.grant.deal = DealId(context.cell("ContractID"_L1));
    out.grant.sites.all = true;
    out.grant.provenance = rights::Provenance {
        options.fileName, options.sheetName, row.number, rights::timeZoneDatabaseVersion(), out.licensor};
    return context.good ? std::optional(std::move(out)) : std::nullopt;
}

} // namespace vidimus::avails
