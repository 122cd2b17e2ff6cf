#include "core/rights/names.h"
#include "core/rights/territory.h"
#include "core/workbench/verb_table.h"

#include <algorithm>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

Result<Instant> instantOption(const VerbRequest& request, const QString& option, Instant fallback)
{
    const QString text = request.options.value(option);
    return text.isEmpty() ? Result<Instant>(fallback) : parseRfc3339(text);
}

Result<std::optional<Milliseconds>> mediaTimeOption(const VerbRequest& request, const QString& option)
{
    if (!request.has(option))
        return std::optional<Milliseconds> {};
    double seconds = 0;
    const QStringList parts = request.options.value(option).split(u':');
    for (const QString& part : parts) {
        bool fine = false;
        const double value = part.toDouble(&fine);
        if (!fine || value < 0 || parts.size() > 3 || (parts.size() > 1 && value >= 60 && &part != &parts.first()))
            return Error {ErrorCode::Invalid, u"--%1: not a time: \"%2\""_s.arg(option, request.options.value(option)),
                "bad_time"};
        seconds = seconds * 60 + value;
    }
    if (seconds > 1e7)
        return Error {ErrorCode::Invalid, u"--%1: too large"_s.arg(option), "bad_time"};
    return std::optional(Milliseconds {static_cast<qint64>(seconds * 1000 + 0.5)});
}

ProgressSink progressNotes(const VerbNotes& notes, const QString& line)
{
    return [&notes, line](const Progress& progress) {
        if (notes)
            notes(progress.total > 0 ? progress.done / progress.total : -1, line);
    };
}

Result<AskedPlace> placeOption(const VerbRequest& request)
{
    AskedPlace place {request.options.value(u"country"_s).toUpper(), request.options.value(u"subdivision"_s).toUpper()};
    const rights::TerritoryAtom country = rights::atomFromText(place.country);
    if (country == rights::kNoAtom || rights::isSubdivision(country)
        || !rights::isAssignedCountry(rights::countryOf(country))) {
        return Error {ErrorCode::Invalid,
            u"--country: \"%1\" is no country; give a code of ISO 3166-1 such as DE, or XX where it is not known"_s.arg(
                request.options.value(u"country"_s)),
            "usage"};
    }
    if (place.subdivision.isEmpty())
        return place;
    const rights::TerritoryAtom part = rights::atomFromText(place.subdivision);
    if (part == rights::kNoAtom || !rights::isSubdivision(part)
        || rights::countryOf(part) != rights::countryOf(country)) {
        return Error {ErrorCode::Invalid,
            u"--subdivision: \"%1\" is no part of %2; give a code of ISO 3166-2 such as CA-QC"_s.arg(
                request.options.value(u"subdivision"_s), place.country),
            "usage"};
    }
    return place;
}

QString knownAs(const QString& id, const QStringList& names)
{
    if (names.contains(id))
        return id;
    const auto found = std::ranges::find_if(
        names, [&id](const QString& name) { return name.compare(id, Qt::CaseInsensitive) == 0; });
    return found == names.end() ? id : *found;
}

Result<rights::Question> questionOption(const VerbRequest& request)
{
    if (!request.has(u"question"_s))
        return rights::Question::Playable;
    const auto question = rights::fromName<rights::Question>(request.options.value(u"question"_s));
    if (!question)
        return Error {ErrorCode::Invalid, u"--question is playable, pre_order or announced"_s, "usage"};
    return *question;
}

Result<LicensorProfile> profileOption(const VerbContext& context)
{
    const VerbRequest& request = context.request;
    auto profile = licensorProfile(*context.workspace, request.options.value(u"licensor"_s));
    if (!profile)
        return profile;
    profile->times.zone = request.options.value(u"zone"_s, profile->times.zone);
    if (const auto zone = rights::checkZone(profile->times.zone); !zone)
        return Error {ErrorCode::Invalid, u"--zone: "_s + zone.error().detail, "usage"};
    if (request.has(u"dates"_s)) {
        const auto dates = rights::dateFormatFromName(request.options.value(u"dates"_s));
        if (!dates)
            return Error {ErrorCode::Invalid, u"--dates is iso, mdy, dmy or serial"_s, "usage"};
        profile->times.dates = *dates;
    }
    const QString rule = request.options.value(u"date-only-end"_s);
    if (rule == u"exclusive")
        profile->times.dateOnlyEnd = rights::DateOnlyEnd::Exclusive;
    else if (rule == u"inclusive_day")
        profile->times.dateOnlyEnd = rights::DateOnlyEnd::InclusiveDay;
    else if (!rule.isEmpty())
        return Error {ErrorCode::Invalid, u"--date-only-end is inclusive_day or exclusive"_s, "usage"};
    return profile;
}

} // namespace vidimus::workbench
