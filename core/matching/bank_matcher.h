#pragma once

#include "core/matching/alignment.h"
#include "core/matching/fingerprint.h"
#include "core/matching/hash_bank.h"

#include <memory>
#include <span>

namespace vidimus::matching {

/// Hashes of one bank under one label that a fingerprint comes near to.
struct BankMatch {
    std::size_t bank = 0; ///< position in what the matcher was given
    QString label;
    int distance = 0; ///< the least
    bool mirrored = false; ///< it is near only when mirrored or turned
    double share = 0; ///< of the fingerprint's usable frames
    std::vector<MatchSegment> segments; ///< a is the fingerprint; a bank knows no times
};

/// Looks fingerprints up in several banks at once. Immutable; any thread.
class BankMatcher {
public:
    explicit BankMatcher(std::vector<HashBank> banks);

    [[nodiscard]] const std::vector<HashBank>& banks() const { return m_banks; }
    /// Every hash within \a reach (at most kPdqMatchDistance: then none is missed), by severity, then distance.
    [[nodiscard]] std::vector<BankMatch> match(const Fingerprint& fingerprint, int reach = kPdqMatchDistance) const;

private:
    std::vector<HashBank> m_banks;
    std::shared_ptr<const HashSegment> m_hashes; ///< a bank is a document, a hash's time its position in it
};

} // namespace vidimus::matching
