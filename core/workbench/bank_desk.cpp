#include "core/workbench/bank_desk.h"

#include "core/base/durable_file.h"
#include "core/store/workspace_store.h"
#include "core/workbench/content_match.h"
#include "core/workbench/match_library.h"
#include "core/workbench/permission.h"
#include "core/workbench/workspace.h"

#include <QFileInfo>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxNameCharacters = 100;

Result<matching::BankFile> readList(const QString& path)
{
    const auto bytes = readFile(path, matching::kMaxBankFileBytes);
    if (!bytes)
        return bytes.error();
    return matching::readBankFile(*bytes);
}

Result<store::BankRow> findBank(const store::UnitOfWork& unit, const QString& name)
{
    auto bank = unit.banks.findByName(name);
    if (!bank)
        return std::move(bank).error();
    if (!*bank)
        return Error {ErrorCode::NotFound, u"there is no bank \"%1\""_s.arg(name.left(kMaxNameCharacters)), "no_bank"};
    return **std::move(bank);
}

} // namespace

Result<BankImport> importBank(Workspace& workspace, const QString& path, const QString& name,
    std::optional<matching::BankSeverity> severity, const CancelToken& cancel, const ProgressSink& progress)
{
    if (auto allowed = requirePermission(workspace, moderation::Action::Decide, u"bank:"_s + name.left(100)); !allowed)
        return std::move(allowed).error();
    if (name.trimmed() != name || name.isEmpty() || name.size() > kMaxNameCharacters)
        return Error {
            ErrorCode::Invalid, u"a bank's name has 1 to %1 characters"_s.arg(kMaxNameCharacters), "bad_name"};
    auto file = readList(path);
    if (!file)
        return std::move(file).error();
    BankImport result {.bank = {}, .file = *std::move(file)};
    const auto stored = workspace.store().write([&](store::UnitOfWork& unit) -> Result<void> {
        const auto known = unit.banks.findByName(name);
        if (!known)
            return known.error();
        result.bank = known->value_or(store::BankRow {.id = newUuid(), .name = name});
        result.bank.severity = severity.value_or(result.bank.severity);
        result.bank.changedAt = unit.now();
        if (auto put = unit.banks.put(result.bank); !put)
            return put;
        const auto added = unit.banks.addEntries(result.bank.id, result.file.entries);
        if (!added)
            return added.error();
        result.added = *added;
        result.bank.hashes += *added;
        const QJsonObject after {{u"bank"_s, name}, {u"added"_s, result.added},
            {u"severity"_s, QString::fromLatin1(matching::bankSeverityName(result.bank.severity))}};
        return unit.audit.append(
            workspace.me().id.toString(), u"bank_import"_s, u"bank:"_s + result.bank.id, QJsonValue::Null, after);
    });
    if (!stored)
        return stored.error();
    workspace.matches().forgetBanks();
    const auto hits = matchAllWithBanks(workspace, cancel, progress);
    if (!hits)
        return hits.error();
    result.assetsWithHits = *hits;
    return result;
}

Result<qint64> exportBank(Workspace& workspace, const QString& name, matching::BankFormat format, const QString& path)
{
    if (auto allowed = requirePermission(workspace, moderation::Action::Decide, u"bank:"_s + name.left(100)); !allowed)
        return std::move(allowed).error();
    auto bank = workspace.store().read([&](const store::UnitOfWork& unit) -> Result<matching::HashBank> {
        const auto row = findBank(unit, name);
        if (!row)
            return row.error();
        auto entries = unit.banks.entries(row->id);
        if (!entries)
            return std::move(entries).error();
        return matching::HashBank {row->id, row->name, row->severity, *std::move(entries)};
    });
    if (!bank)
        return std::move(bank).error();
    if (auto written = writeFileDurably(path, matching::writeBankFile(*bank, format)); !written)
        return std::move(written).error();
    return static_cast<qint64>(bank->entries.size());
}

Result<std::vector<store::BankRow>> listBanks(Workspace& workspace)
{
    return workspace.store().read([](const store::UnitOfWork& unit) { return unit.banks.list(); });
}

QJsonObject toJson(const store::BankRow& bank)
{
    return {{u"id"_s, bank.id}, {u"name"_s, bank.name},
        {u"severity"_s, QString::fromLatin1(matching::bankSeverityName(bank.severity))}, {u"hashes"_s, bank.hashes},
        {u"changed_at"_s, toRfc3339(bank.changedAt)}};
}

Result<matching::HashBank> readBank(const QString& path)
{
    auto file = readList(path);
    if (!file)
        return std::move(file).error();
    const QString name = QFileInfo(path).fileName();
    return matching::HashBank {name, name, matching::BankSeverity::Review, std::move(file->entries)};
}

} // namespace vidimus::workbench
