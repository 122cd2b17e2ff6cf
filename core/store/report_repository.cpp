#include "core/store/report_repository.h"

#include "core/store/row_json.h"

namespace vidimus::store {

using namespace Qt::StringLiterals;

namespace {

const QString kColumns = u"asset_id, profile, verdict, report, measurements, created_at"_s;

Result<StoredReport> readReport(const sql::Statement& row)
{
    auto report = jsonColumn(row, 3);
    if (!report)
        return std::move(report).error();
    auto measurements = jsonColumn(row, 4);
    if (!measurements)
        return std::move(measurements).error();
    return StoredReport {.asset = row.id<AssetId>(0),
        .profile = row.text(1),
        .verdict = row.text(2),
        .report = std::move(*report),
        .measurements = std::move(*measurements),
        .createdAt = row.instant(5)};
}

} // namespace

Result<void> ReportRepository::put(const StoredReport& report)
{
    auto done = m_connection->execute(
        u"INSERT INTO reports (asset_id, profile, verdict, report, measurements, created_at) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (asset_id, profile) DO UPDATE SET verdict = excluded.verdict, report = excluded.report, "
        "measurements = excluded.measurements, created_at = excluded.created_at"_s,
        report.asset, report.profile, report.verdict, jsonText(report.report), jsonText(report.measurements),
        report.createdAt);
    if (!done)
        return std::move(done).error();
    return {};
}

Result<std::optional<StoredReport>> ReportRepository::find(const AssetId& asset, const QString& profile) const
{
    return m_connection->one(
        u"SELECT %1 FROM reports WHERE asset_id = ? AND profile = ?"_s.arg(kColumns), readReport, asset, profile);
}

Result<std::vector<StoredReport>> ReportRepository::findAll(const AssetId& asset) const
{
    return m_connection->all(
        u"SELECT %1 FROM reports WHERE asset_id = ? ORDER BY created_at DESC, profile"_s.arg(kColumns), readReport,
        asset);
}

} // namespace vidimus::store
