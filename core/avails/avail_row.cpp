#include "core/avails/row_context_p.h"

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
    for (const QString& text : context.row.cells) {
        if (!text.startsWith(u'='))
            continue;
        context.good = false;
        context.plan.errors.push_back({context.options.sheetName, context.row.number, {}, text.left(kShownLength),
            u"FORMULA"_s, u"the cell holds a formula; paste its value"_s});
    }
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
    const std::initializer_list<std::pair<QLatin1StringView, QString>> terms {{"FormatProfile"_L1, u"format"_s},
        {"HDR"_L1, u"hdr"_s}, {"Download"_L1, u"download"_s}, {"RentalDuration"_L1, u"rental_duration"_s},
        {"WatchDuration"_L1, u"watch_duration"_s}, {"PriceType"_L1, u"price_type"_s},
        {"PriceValue"_L1, u"price_value"_s}, {"PriceCurrency"_L1, u"price_currency"_s}, {"SRP"_L1, u"srp"_s},
        {"LicenseRightsDescription"_L1, u"rights_description"_s}, {"LocalizationType"_L1, u"localization"_s},
        {"VolumeNumber"_L1, u"volume"_s}};
    for (const auto& [column, key] : terms) {
        if (const QString text = context.cell(column); !text.isEmpty())
            out.grant.terms.insert(key, text);
    }
    // Language tags have no case (RFC 5646, 2.1.1); sheets write EN beside en.
    for (const auto& [column, key] :
        {std::pair("AssetLanguage"_L1, u"asset_language"_s), std::pair("AllowedLanguages"_L1, u"allowed_languages"_s),
            std::pair("HoldbackLanguage"_L1, u"holdback_language"_s)}) {
        if (const QString text = context.cell(column); !text.isEmpty())
            out.grant.terms.insert(key, text.toLower());
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

/// Rules between the columns (MovieLabs, structure rules).
void checkTogether(RowContext& context, const AvailRow& out)
{
    const bool preOrder = out.grant.terms.value(u"license_type"_s).toString() == u"POEST";
    if (preOrder && context.columns.has("SuppressionLiftDate"_L1) && context.cell("SuppressionLiftDate"_L1).isEmpty())
        context.fail("SuppressionLiftDate"_L1, u"MISSING"_s, u"a pre-order needs the date from which it may be sold"_s);
    if (!preOrder && !context.cell("SpecialPreOrderFulfillDate"_L1).isEmpty())
        context.fail("SpecialPreOrderFulfillDate"_L1, u"NOT_ALLOWED"_s, u"only a POEST row is a pre-order"_s);
    const auto exception = wordOf<bool>(context.cell("ExceptionFlag"_L1), kTruth);
    if (!exception)
        context.fail("ExceptionFlag"_L1, u"UNKNOWN_VALUE"_s, u"must be Yes or No"_s);
    else if (*exception)
        context.note("ExceptionFlag"_L1, u"READ_BY_A_PERSON"_s,
            u"the licensor asks a person to read: %1"_s.arg(
                (context.cell("OtherTerms"_L1) + u' ' + context.cell("OtherInstructions"_L1)).trimmed().left(500)));
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
    return {options.sheetName, row.number, columns.heading(column), cell(column).left(kShownLength), code, text};
}

void RowContext::fail(QLatin1StringView column, const QString& code, const QString& text)
{
    good = false;
    plan.errors.push_back(message(column, code, text));
}

void RowContext::note(QLatin1StringView column, const QString& code, const QString& text)
{
    plan.notes.push_back(message(column, code, text));
}

std::optional<AvailRow> readAvailRow(const SheetRow& row, const Columns& columns, const ImportOptions& options,
    const rights::RuleSet& existing, ImportPlan& plan)
{
    RowContext context {row, columns, options, existing, plan};
    AvailRow out;
    out.number = row.number;
    refuseFormulas(context);
    readTitle(context, out);
    readTerritory(context, out);
    readLicense(context, out);
    readTimes(context, out);
    readStatus(context, out);
    checkTogether(context, out);
    out.availId = context.cell("AvailID"_L1);
    out.licensor = options.licensor.isEmpty() ? context.cell("DisplayName"_L1) : options.licensor;
    out.grant.deal = DealId(context.cell("ContractID"_L1));
    out.grant.sites.all = true;
    out.grant.provenance = rights::Provenance {
        options.fileName, options.sheetName, row.number, rights::timeZoneDatabaseVersion(), out.licensor};
    return context.good ? std::optional(std::move(out)) : std::nullopt;
}

} // namespace vidimus::avails
