#pragma once

#include "core/store/allowance_repository.h"
#include "core/store/asset_repository.h"
#include "core/store/audit_repository.h"
#include "core/store/bank_repository.h"
#include "core/store/comment_repository.h"
#include "core/store/decision_repository.h"
#include "core/store/fingerprint_repository.h"
#include "core/store/job_repository.h"
#include "core/store/match_repository.h"
#include "core/store/outbox_repository.h"
#include "core/store/publication_repository.h"
#include "core/store/report_repository.h"
#include "core/store/rule_repository.h"
#include "core/store/scrub_repository.h"
#include "core/store/settings_repository.h"

namespace vidimus::store {

/// All repositories over one transaction: everything done through them is kept together or not at all. An action of a
/// person is its local row, one outbox operation and one audit entry in the same UnitOfWork. Given to the function of
/// WorkspaceStore::write() on the writer's thread, or const, to read, by WorkspaceStore::read(); never kept.
class UnitOfWork {
public:
    /// To read.
    explicit UnitOfWork(sql::Connection& connection);
    /// To write.
    UnitOfWork(sql::Connection& connection, const SigningKey& key, Instant now);

    [[nodiscard]] Instant now() const { return m_now; } ///< when the transaction began

    AssetRepository assets;
    ReportRepository reports;
    AllowanceRepository allowances;
    DecisionRepository decisions;
    OutboxRepository outbox;
    RuleRepository rules;
    JobRepository jobs;
    PublicationRepository publications;
    FingerprintRepository fingerprints;
    BankRepository banks;
    MatchRepository matches;
    SettingsRepository settings;
    CommentRepository comments;
    ScrubRepository scrubs;
    AuditRepository audit;

private:
    Instant m_now {};
};

} // namespace vidimus::store
