#pragma once

#include "core/base/cancel.h"
#include "core/matching/bank_matcher.h"
#include "core/matching/near_duplicates.h"
#include "core/store/match_repository.h"

namespace vidimus::workbench {

class Workspace;

/// Something known that a file shows: an asset of the library, or an entry of a bank.
struct ContentMatch {
    store::StoredMatch::Kind kind = store::StoredMatch::Kind::Asset;
    QString id; ///< of the asset or the bank
    QString name; ///< of the asset's file or the bank
    QString label; ///< of the bank's entry
    matching::BankSeverity severity = matching::BankSeverity::Notice;
    bool mirrored = false;
    bool commonPassage = false; ///< a passage that many assets share: no duplicate
    int distance = 0;
    double share = 0; ///< of the file
    std::vector<matching::MatchSegment> segments; ///< a is the file
};
[[nodiscard]] QJsonObject toJson(const ContentMatch& match);

/// Matches of \a fingerprint with the workspace's library, the likest first. \a except is left out. Errors: Io,
/// Corrupt, Canceled.
[[nodiscard]] Result<std::vector<ContentMatch>> matchLibrary(Workspace& workspace,
    const matching::Fingerprint& fingerprint, const AssetId& except = {}, const CancelToken& cancel = {});
/// Matches with \a banks, the gravest first.
[[nodiscard]] std::vector<ContentMatch> matchBanks(
    const matching::BankMatcher& banks, const matching::Fingerprint& fingerprint);

/// Looks up an asset whose fingerprint was just stored, keeps what is found, and moves the asset up the queue when a
/// bank says so. Errors: Io, DiskFull, Corrupt, Canceled.
[[nodiscard]] Result<void> matchAsset(Workspace& workspace, const AssetId& asset, const CancelToken& cancel = {});
/// Looks the whole library up in the banks again. How many assets have hits. Errors: as matchAsset().
[[nodiscard]] Result<qint64> matchAllWithBanks(
    Workspace& workspace, const CancelToken& cancel = {}, const ProgressSink& progress = {});

} // namespace vidimus::workbench
