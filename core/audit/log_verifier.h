#pragma once

#include "core/audit/merkle_tree.h"
#include "core/audit/signed_head.h"

#include <QJsonObject>
#include <optional>
#include <span>
#include <vector>

namespace vidimus::audit {

enum class LogResult {
    Verified, ///< every entry up to anchoredTo is as it was signed
    Unanchored, ///< sound in itself, but no trusted head covers anything
    BadEntry, ///< an entry does not parse, is not canonical, or is out of sequence
    Rewritten, ///< the entries do not give the root of a head
    Cut, ///< a head covers more entries than there are: a cut tail or a restored old backup
    BadHead, ///< a head with a wrong signature or an unknown key
};
[[nodiscard]] const char* logResultName(LogResult result);

/// The answer of "audit verify".
struct LogReport {
    std::uint64_t entries = 0;
    std::uint64_t anchoredTo = 0; ///< entries 1…anchoredTo are covered by a head; what follows is sound but unanchored
    LogResult result = LogResult::Unanchored;
    std::optional<std::uint64_t> firstBad; ///< a sequence number: at this entry or soon after it, up to the next head
    QString detail;

    [[nodiscard]] bool isSound() const { return result == LogResult::Verified || result == LogResult::Unanchored; }
};
/// {"entries", "anchored_to", "result", "first_bad"} as in the command-line contract, and "detail".
[[nodiscard]] QJsonObject toJson(const LogReport& report);

/// Which heads to hold the log against.
struct LogAnchors {
    std::vector<SignedHead> heads; ///< kept in the log itself, the signed tip among them
    std::vector<SignedHead> knownHeads; ///< kept elsewhere: by the server, in another folder, by another studio
    std::vector<QByteArray> trustedKeys; ///< public keys; a head by another key is a BadHead
};

/// Reads a log once, entry by entry, in O(log n) memory. One thread at a time.
class LogVerifier {
public:
    explicit LogVerifier(LogAnchors anchors);

    /// The next entry as stored. After a fault the rest is counted only. \a storedHash, if there is one, finds the
    /// very entry where a head could only say "somewhere before".
    void add(QByteArrayView leaf, const QByteArray& storedHash = {});
    [[nodiscard]] LogReport finish();

private:
    void compareHeads();
    void fail(LogResult result, std::uint64_t firstBad, const QString& detail);

    std::vector<SignedHead> m_heads; ///< all, by size
    std::size_t m_nextHead = 0;
    MerkleTree m_tree;
    LogReport m_report;
    bool m_failed = false;
};

/// LogVerifier in one call over entries in memory.
[[nodiscard]] LogReport verifyLog(std::span<const QByteArray> leaves, LogAnchors anchors);

} // namespace vidimus::audit
