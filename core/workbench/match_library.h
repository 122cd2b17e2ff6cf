#pragma once

#include "core/base/cancel.h"
#include "core/matching/bank_matcher.h"
#include "core/matching/hash_index.h"

#include <mutex>

namespace vidimus::workbench {

class Workspace;

/// The hash index and the banks of a workspace, opened when they are first needed. Thread-safe.
class MatchLibrary {
public:
    /// In step with the workspace's fingerprints: what is missing is added, what is gone removed, and an index that is
    /// damaged made anew. Errors: Io, DiskFull, Corrupt (the database), Canceled.
    [[nodiscard]] Result<std::shared_ptr<matching::HashIndex>> index(
        Workspace& workspace, const CancelToken& cancel = {});
    /// All banks of the workspace. Errors: Io, Corrupt.
    [[nodiscard]] Result<std::shared_ptr<const matching::BankMatcher>> banks(Workspace& workspace);
    void forgetBanks();

private:
    std::mutex m_mutex;
    std::shared_ptr<matching::HashIndex> m_index; // shared: a search goes on while it is made anew
    std::shared_ptr<const matching::BankMatcher> m_banks;
};

} // namespace vidimus::workbench
