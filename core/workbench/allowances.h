#pragma once

#include "core/base/ids.h"
#include "core/checks/allowance.h"
#include "core/store/unit_of_work.h"

#include <optional>

namespace vidimus::workbench {

class Workspace;

/// What a person says of findings of an asset's content: "allowed here because …".
struct AllowRequest {
    AssetId asset;
    QString checkId;
    QString detail; ///< token of the findings that are meant; empty: all of this check
    std::optional<double> from; ///< seconds; none: from the first to the last such finding of the newest report
    std::optional<double> to;
    QString reason;
    std::optional<Instant> expires; ///< none: for good
};

/// Remembers it for the content and marks it in the stored reports of every asset with the same bytes, and of those
/// that repeat its pictures; one audit entry. Errors: Denied, NotFound (no such asset, check or finding), Invalid (no
/// reason, an empty range, an expiry that is past), Io.
[[nodiscard]] Result<checks::Allowance> allowFinding(Workspace& workspace, const AllowRequest& request);
/// Takes it back: the findings count again. Errors: Denied, NotFound, Io.
[[nodiscard]] Result<void> forgetAllowance(Workspace& workspace, const checks::AllowanceId& id);
/// Of an asset's content, oldest first, expired ones too; of everything, newest first, for an empty id.
/// Errors: NotFound, Io, Corrupt.
[[nodiscard]] Result<std::vector<checks::Allowance>> listAllowances(Workspace& workspace, const AssetId& asset);

/// Notes in the stored reports of an asset what is carried over from originals that it repeats, once its matches are
/// known (see carriedAllowances()). Errors: NotFound, Io, Corrupt.
[[nodiscard]] Result<void> carryAllowances(Workspace& workspace, const AssetId& asset);

/// A fresh report of this content with what people allowed in it, or in an original that it repeats. Part of a
/// transaction. Errors: Io, Corrupt.
[[nodiscard]] Result<checks::Report> applyAllowances(const store::UnitOfWork& unit, const QByteArray& sha256,
    checks::Report report, const checks::Measurements& measurements, Instant now);

/// A stored report as it stands at \a now: what was allowed for a time counts again after it. Part of a transaction.
/// Errors: Io, Corrupt.
[[nodiscard]] Result<checks::Report> standingReport(
    const store::UnitOfWork& unit, const QByteArray& sha256, const store::StoredReport& stored, Instant now);

} // namespace vidimus::workbench
