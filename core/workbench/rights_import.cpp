#include "core/workbench/rights_import.h"

#include "core/avails/csv_export.h"
#include "core/avails/file_kind.h"
#include "core/avails/markup.h"
#include "core/avails/rights_reports.h"
#include "core/avails/xlsx_export.h"
#include "core/avails/xml_export.h"
#include "core/base/durable_file.h"
#include "core/base/json.h"
#include "core/moderation/role.h"
#include "core/rights/rule_set_json.h"
#include "core/workbench/licensor_profile.h"
#include "core/workbench/open_input.h"
#include "core/workbench/permission.h"
#include "core/workbench/rules_cache.h"
#include "core/workbench/workspace.h"
#include "core/worker/worker_pool.h"

#include <QFileInfo>
#include <functional>
#include <unistd.h>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

/// Everything but text is opened in a worker only.
bool isForWorker(int fd)
{
    char head[avails::kFileKindBytes] {};
    const auto got = pread(fd, head, sizeof head, 0);
    return avails::fileKindOf({head, std::max<qsizetype>(got, 0)}) != avails::FileKind::Text;
}

rights::RuleSet narrowed(rights::RuleSet rules, const avails::GrantFilter& filter)
{
    const bool all
        = filter.licensor.isEmpty() && filter.territory.isEmpty() && !filter.period.start && !filter.period.end;
    if (all)
        return rules;
    const avails::GrantSieve sieve(rules, filter);
    std::erase_if(rules.rules, [&](const rights::Rule& rule) { return !sieve.lets(rule); });
    return rules;
}

/// One that nobody has heard of may be a slip: what is imported in its name belongs to it from then on.
Result<void> noteNewLicensor(Workspace& workspace, const QString& licensor, avails::ImportPlan& plan)
{
    if (licensor.isEmpty())
        return {};
    const auto known = isKnownLicensor(workspace, licensor);
    if (!known)
        return known.error();
    if (!*known) {
        plan.notes.push_back({.value = licensor.left(200),
            .code = u"NEW_LICENSOR"_s,
            .message
            = u"no licensor of this name is known: the import makes it one, and its dates and columns are read "
              "as nobody's in particular; \"vidimus rights licensor NAME --set FILE\" keeps how its files are "
              "read"_s});
    }
    return {};
}

} // namespace

bool isHeldBack(const avails::ImportPlan& plan, const RightsImport& import)
{
    return plan.rejected > 0 && !import.skipBadRows;
}

Result<bool> isKnownLicensor(Workspace& workspace, const QString& name)
{
    const auto rules = workspace.rules().view(workspace);
    const auto profiles = licensorsWithProfile(workspace);
    if (!rules || !profiles)
        return rules ? profiles.error() : rules.error();
    return !rights::Licensors((*rules)->rules).known(name).isEmpty() || profiles->contains(name, Qt::CaseInsensitive);
}

RightsPlan planOfImport(const avails::ImportPlan& plan, const QString& file)
{
    RightsPlan change {.why = u"import of %1, time zones %2"_s.arg(QFileInfo(file).fileName(), plan.timeZones)};
    for (const auto* list : {&plan.rules.added, &plan.rules.changed})
        change.put.insert(change.put.end(), list->begin(), list->end());
    for (const rights::Rule& rule : plan.rules.removed)
        change.remove.push_back(rule.id);
    for (const auto* list : {&plan.titles.added, &plan.titles.changed})
        change.titles.insert(change.titles.end(), list->begin(), list->end());
    for (const auto* list : {&plan.deals.added, &plan.deals.changed})
        change.deals.insert(change.deals.end(), list->begin(), list->end());
    return change;
}

Result<std::vector<avails::SheetTable>> readLicensorFile(Workspace& workspace, const QString& file)
{
    const auto input = openInput(file);
    if (!input)
        return input.error();
    if (isForWorker(input->get())) {
        const auto bytes = workspace.workers().readSheets(input->get());
        if (!bytes)
            return bytes.error();
        return avails::sheetsFromBytes(*bytes);
    }
    const auto bytes = readFile(file, avails::kMaxCsvBytes);
    if (!bytes)
        return bytes.error();
    auto sheet = avails::readCsvSheet(*bytes, u"Avails"_s);
    if (!sheet)
        return std::move(sheet).error();
    return std::vector {*std::move(sheet)};
}

Result<avails::ImportPlan> importRights(Workspace& workspace, const RightsImport& import)
{
    if (auto allowed = requirePermission(workspace, moderation::Action::EditRights, u"rights"_s); !allowed)
        return std::move(allowed).error();
    const auto profile
        = import.profile ? Result<LicensorProfile>(*import.profile) : licensorProfile(workspace, import.licensor);
    if (!profile)
        return profile.error();
    const auto sheets = readLicensorFile(workspace, import.file);
    if (!sheets)
        return sheets.error();
    const auto rules = workspace.rules().view(workspace);
    if (!rules)
        return rules.error();
    auto plan = avails::planImport(*sheets,
        {.licensor = import.licensor,
            .times = profile->times,
            .mapping = profile->mapping,
            .fileName = QFileInfo(import.file).fileName(),
            .offers = profile->offers},
        (*rules)->rules);
    if (!plan)
        return plan;
    if (auto noted = noteNewLicensor(workspace, import.licensor, *plan); !noted)
        return std::move(noted).error();
    if (!import.markedUp.isEmpty()) {
        const auto workbook = avails::markUp(*sheets, *plan, profile->mapping);
        if (!workbook)
            return workbook.error();
        if (auto written = writeFileDurably(QFileInfo(import.markedUp).absoluteFilePath(), *workbook); !written)
            return std::move(written).error();
    }
    if (import.dryRun || isHeldBack(*plan, import))
        return plan;
    const RightsPlan change = planOfImport(*plan, import.file);
    const bool empty = change.put.empty() && change.remove.empty() && change.titles.empty() && change.deals.empty();
    if (!empty) {
        if (auto applied = applyRightsPlan(workspace, change); !applied)
            return std::move(applied).error();
    }
    return plan;
}

Result<SheetHeadings> readHeadings(Workspace& workspace, const QString& file, const avails::ColumnMapping& mapping)
{
    const auto sheets = readLicensorFile(workspace, file);
    if (!sheets)
        return sheets.error();
    const auto named = [&mapping](const avails::SheetTable& sheet) { return avails::headingRowOf(sheet, mapping); };
    const auto wide = [](const avails::SheetTable& sheet) -> qsizetype {
        const auto row = std::ranges::find_if(sheet.rows, [](const avails::SheetRow& one) {
            return std::ranges::count_if(one.cells, [](const QString& cell) { return !cell.isEmpty(); }) >= 3;
        });
        return row == sheet.rows.end() ? -1 : row - sheet.rows.begin();
    };
    for (const std::function<qsizetype(const avails::SheetTable&)>& find :
        {std::function(named), std::function(wide)}) {
        for (const avails::SheetTable& sheet : *sheets) {
            const qsizetype place = find(sheet);
            if (place < 0)
                continue;
            const auto row = sheet.rows.begin() + place;
            const auto data = std::find_if(std::next(row), sheet.rows.end(), [](const avails::SheetRow& one) {
                const QString first = one.cells.value(0);
                return !one.isEmpty() && !first.startsWith("//"_L1) && !first.startsWith("REQ"_L1, Qt::CaseInsensitive)
                    && !first.startsWith("Opt"_L1, Qt::CaseInsensitive);
            });
            return SheetHeadings {
                sheet.name, row->number, row->cells, data == sheet.rows.end() ? QStringList() : data->cells};
        }
    }
    return Error {ErrorCode::Invalid, u"no row of the file looks like headings"_s, "no_headings"};
}

Result<QByteArray> exportRights(Workspace& workspace, const RightsExport& wanted)
{
    const auto view = workspace.rules().view(workspace);
    if (!view)
        return view.error();
    const rights::RuleSet& all = (*view)->rules;
    if (wanted.format == RightsFormat::Json)
        return vidimus::toJson(rights::toJson(all)) + '\n';
    if (wanted.format == RightsFormat::Calendar)
        return avails::exportCalendar(all, wanted.filter, workspace.clock().now());
    if (wanted.format == RightsFormat::Status || wanted.format == RightsFormat::Report) {
        const auto sheet = wanted.format == RightsFormat::Status
            ? Result<avails::SheetTable>(avails::statusReply(all, wanted.filter, workspace.clock().now()))
            : avails::availabilityReport(all, wanted.filter);
        if (!sheet)
            return sheet.error();
        return wanted.asCsv ? Result<QByteArray>(avails::toCsv(*sheet)) : avails::toXlsx(*sheet);
    }
    const rights::RuleSet rules = narrowed(all, wanted.filter);
    const avails::GrantFilter& filter = wanted.filter;
    const bool part = !filter.territory.isEmpty() || filter.period.start || filter.period.end; // of a licensor's
    const auto extent = part ? avails::Extent::Part : avails::Extent::Whole;
    if (wanted.format == RightsFormat::Csv)
        return avails::exportCsv(rules, extent);
    if (wanted.format == RightsFormat::Xml)
        return avails::exportXml(rules, extent);
    return avails::exportXlsx(rules, extent);
}

} // namespace vidimus::workbench
