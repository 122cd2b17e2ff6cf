#pragma once

#include "core/base/cancel.h"
#include "core/matching/bank_import.h"
#include "core/store/bank_repository.h"

namespace vidimus::workbench {

class Workspace;

/// What came of a list.
struct BankImport {
    store::BankRow bank;
    matching::BankFile file;
    qint64 added = 0; ///< hashes the bank did not have
    qint64 assetsWithHits = 0; ///< of the library, in any bank
};

/// Adds a list of known content to the bank \a name (made when it is not there; \a severity: unchanged when none is
/// given, review for a new one) and looks the library up in it. One audit entry. Errors: Denied (role), NotFound, Io,
/// Invalid (reason "bad_list", "bad_name"), LimitExceeded, DiskFull, Canceled (the bank is kept).
[[nodiscard]] Result<BankImport> importBank(Workspace& workspace, const QString& path, const QString& name,
    std::optional<matching::BankSeverity> severity, const CancelToken& cancel = {}, const ProgressSink& progress = {});

/// Writes a bank to a file, durably. How many hashes. Errors: Denied, NotFound (no such bank), Io, DiskFull.
[[nodiscard]] Result<qint64> exportBank(
    Workspace& workspace, const QString& name, matching::BankFormat format, const QString& path);

[[nodiscard]] Result<std::vector<store::BankRow>> listBanks(Workspace& workspace);
[[nodiscard]] QJsonObject toJson(const store::BankRow& bank);

/// A bank that stands in a file and in no workspace. Errors: as matching::readBankFile(), NotFound, Io.
[[nodiscard]] Result<matching::HashBank> readBank(const QString& path);

} // namespace vidimus::workbench
