#include "core/base/durable_file.h"
#include "core/base/json.h"
#include "core/rights/licensors.h"
#include "core/rights/territory.h"
#include "core/workbench/licensor_profile.h"
#include "core/workbench/rights_import.h"
#include "core/workbench/rules_cache.h"
#include "core/workbench/verb_table.h"
#include "core/workbench/workspace.h"

#include <QJsonArray>
#include <algorithm>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

Result<VerbReply> runRightsImport(const VerbContext& context)
{
    const VerbRequest& request = context.request;
    const auto profile = profileOption(context);
    if (!profile)
        return profile.error();
    const RightsImport import {.file = request.operands.first(),
        .licensor = request.options.value(u"licensor"_s),
        .profile = *profile,
        .dryRun = request.has(u"dry-run"_s),
        .skipBadRows = request.has(u"skip-bad-rows"_s),
        .markedUp = request.options.value(u"marked-up"_s)};
    const auto plan = importRights(*context.workspace, import);
    if (!plan)
        return plan.error();
    QJsonObject json = avails::toJson(*plan);
    const bool held = isHeldBack(*plan, import);
    json.insert(u"applied"_s, !import.dryRun && !held);
    if (held) {
        const QString what = plan->rejected == 1 ? u"1 of %1 rows is wrong"_s.arg(plan->rows)
                                                 : u"%1 of %2 rows are wrong"_s.arg(plan->rejected).arg(plan->rows);
        json.insert(u"message"_s,
            u"%1, so nothing of the list %2 imported. Correct them (--marked-up FILE writes a workbook that shows each "
            "fault in its cell, for the licensor), or take the other %3 with --skip-bad-rows."_s
                .arg(what, import.dryRun ? u"would be"_s : u"was"_s)
                .arg(plan->accepted));
    }
    const bool nothing = plan->accepted == 0 && plan->rejected > 0;
    return VerbReply {nothing || (held && !import.dryRun) ? ExitCode::BadInput
            : plan->rejected > 0                          ? ExitCode::AnswerIsNo
                                                          : ExitCode::Done,
        json};
}

namespace {

/// A name that no grant, contract or profile has is a slip, and would give an empty file.
Result<void> knownLicensor(Workspace& workspace, const QString& name)
{
    if (name.isEmpty())
        return {};
    const auto known = isKnownLicensor(workspace, name);
    if (!known || *known)
        return known ? Result<void>() : Result<void>(known.error());
    const auto rules = workspace.rules().view(workspace);
    const auto profiles = licensorsWithProfile(workspace);
    if (!rules || !profiles)
        return rules ? profiles.error() : rules.error();
    QStringList names = rights::Licensors((*rules)->rules).names() + *profiles;
    names.removeDuplicates();
    names.sort();
    constexpr qsizetype kShown = 20;
    const QString shown = names.mid(0, kShown).join(u", "_s) + (names.size() > kShown ? u", …"_s : QString());
    return Error {ErrorCode::NotFound,
        names.isEmpty() ? u"no such licensor: %1; none is known yet"_s.arg(name)
                        : u"no such licensor: %1; known are %2"_s.arg(name, shown),
        "unknown_licensor"};
}

bool isGroup(Workspace& workspace, const QString& name)
{
    const auto view = workspace.rules().view(workspace);
    return name == u"WORLD"
        || (view
            && std::ranges::find((*view)->rules.groups, name, &rights::TerritoryGroup::name)
                != (*view)->rules.groups.end());
}

} // namespace

Result<VerbReply> runRightsExport(const VerbContext& context)
{
    const VerbRequest& request = context.request;
    const QString name = request.options.value(u"format"_s);
    const QHash<QString, RightsFormat> formats {{u"csv"_s, RightsFormat::Csv}, {u"xlsx"_s, RightsFormat::Xlsx},
        {u"xml"_s, RightsFormat::Xml}, {u"json"_s, RightsFormat::Json}, {u"ics"_s, RightsFormat::Calendar},
        {u"status"_s, RightsFormat::Status}, {u"report"_s, RightsFormat::Report}};
    const auto format = formats.constFind(name);
    if (format == formats.constEnd())
        return Error {ErrorCode::Invalid, u"--format is xlsx, csv, xml, json, ics, status or report"_s, "usage"};
    const QString territory = request.options.value(u"territory"_s);
    const rights::TerritoryAtom atom = rights::atomFromText(QString(territory.toUpper()));
    const bool isCode = atom != rights::kNoAtom && rights::isAssignedCountry(rights::countryOf(atom));
    if (request.has(u"territory"_s) && !isCode && !isGroup(*context.workspace, territory)) {
        return Error {ErrorCode::Invalid,
            u"--territory: \"%1\" is no territory; give a code of ISO 3166 such as DE or CA-QC, or a group of the workspace"_s
                .arg(territory),
            "usage"};
    }
    RightsExport wanted {.format = *format,
        .asCsv = request.options.value(u"out"_s).endsWith(u".csv"_s, Qt::CaseInsensitive),
        .filter
        = {.licensor = request.options.value(u"licensor"_s), .territory = isCode ? territory.toUpper() : territory}};
    for (const auto& [option, bound] :
        {std::pair(u"from"_s, &wanted.filter.period.start), std::pair(u"to"_s, &wanted.filter.period.end)}) {
        if (!request.has(option))
            continue;
        const auto instant = parseRfc3339(request.options.value(option));
        if (!instant)
            return instant.error();
        *bound = *instant;
    }
    if (auto known = knownLicensor(*context.workspace, wanted.filter.licensor); !known)
        return std::move(known).error();
    const auto bytes = exportRights(*context.workspace, wanted);
    if (!bytes)
        return bytes.error();
    if (auto written = writeFileDurably(request.options.value(u"out"_s), *bytes); !written)
        return std::move(written).error();
    return VerbReply {ExitCode::Done, {{u"format"_s, name}, {u"bytes"_s, bytes->size()}}};
}

Result<VerbReply> runRightsLicensor(const VerbContext& context)
{
    constexpr qint64 kMaxProfileBytes = 1 << 20;
    Workspace& workspace = *context.workspace;
    if (context.request.operands.isEmpty()) {
        if (context.request.has(u"set"_s))
            return Error {ErrorCode::Invalid, u"--set needs the licensor's name"_s, "usage"};
        const auto names = licensorsWithProfile(workspace);
        if (!names)
            return names.error();
        return VerbReply {ExitCode::Done, {{u"licensors"_s, QJsonArray::fromStringList(*names)}}};
    }
    const QString licensor = context.request.operands.first();
    if (const QString file = context.request.options.value(u"set"_s); !file.isEmpty()) {
        const auto bytes = readFile(file, kMaxProfileBytes);
        if (!bytes)
            return bytes.error();
        const auto json = parseJsonObject(*bytes);
        if (!json)
            return json.error();
        const auto profile = licensorProfileFromJson(*json);
        if (!profile)
            return profile.error();
        if (auto kept = keepLicensorProfile(workspace, licensor, *profile); !kept)
            return std::move(kept).error();
    }
    if (auto known = knownLicensor(workspace, licensor); !known)
        return std::move(known).error();
    const auto profile = licensorProfile(workspace, licensor);
    if (!profile)
        return profile.error();
    return VerbReply {ExitCode::Done, {{u"licensors"_s, QJsonArray {licensor}}, {u"profile"_s, toJson(*profile)}}};
}

} // namespace vidimus::workbench
