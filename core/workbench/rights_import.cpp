#include "core/workbench/rights_import.h"

#include "core/avails/csv_export.h"
#include "core/avails/markup.h"
#include "core/avails/xlsx_export.h"
#include "core/avails/xml_export.h"
#include "core/base/durable_file.h"
#include "core/base/json.h"
#include "core/moderation/role.h"
#include "core/rights/rule_set_json.h"
#include "core/workbench/licensor_profile.h"
#include "core/workbench/open_input.h"
#include "core/workbench/permission.h"
#include "core/workbench/rights_desk.h"
#include "core/workbench/rules_cache.h"
#include "core/workbench/workspace.h"
#include "core/worker/worker_pool.h"

#include <QFileInfo>
#include <unistd.h>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

/// A zip, XML or old Excel file, which only a worker may open; everything else is read as text.
bool isForWorker(int fd)
{
    char head[64] {};
    const auto got = pread(fd, head, sizeof head, 0);
    const QByteArray bytes = QByteArray(head, std::max<qsizetype>(got, 0)).trimmed();
    for (const char* start : {"PK", "<", "\xEF\xBB\xBF<", "\xFF\xFE", "\xFE\xFF", "\xD0\xCF\x11\xE0"}) {
        if (bytes.startsWith(start))
            return true;
    }
    return false;
}

RightsPlan planFrom(const avails::ImportPlan& plan, const QString& file)
{
    RightsPlan change {.why = u"import of "_s + QFileInfo(file).fileName()};
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

} // namespace

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
    const auto profile = licensorProfile(workspace, import.licensor);
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
            .times = import.times.value_or(profile->times),
            .mapping = profile->mapping,
            .fileName = QFileInfo(import.file).fileName(),
            .offers = profile->offers},
        (*rules)->rules);
    if (!plan)
        return plan;
    if (!import.markedUp.isEmpty()) {
        const auto workbook = avails::markUp(*sheets, *plan, profile->mapping);
        if (!workbook)
            return workbook.error();
        if (auto written = writeFileDurably(QFileInfo(import.markedUp).absoluteFilePath(), *workbook); !written)
            return std::move(written).error();
    }
    if (import.dryRun)
        return plan;
    const RightsPlan change = planFrom(*plan, import.file);
    const bool empty = change.put.empty() && change.remove.empty() && change.titles.empty() && change.deals.empty();
    if (!empty) {
        if (auto applied = applyRightsPlan(workspace, change); !applied)
            return std::move(applied).error();
    }
    return plan;
}

Result<QByteArray> exportRights(Workspace& workspace, RightsFormat format)
{
    const auto rules = workspace.rules().view(workspace);
    if (!rules)
        return rules.error();
    switch (format) {
    case RightsFormat::Csv:
        return avails::exportCsv((*rules)->rules);
    case RightsFormat::Xlsx:
        return avails::exportXlsx((*rules)->rules);
    case RightsFormat::Xml:
        return avails::exportXml((*rules)->rules);
    case RightsFormat::Json:
        break;
    }
    return vidimus::toJson(rights::toJson((*rules)->rules)) + '\n';
}

} // namespace vidimus::workbench
