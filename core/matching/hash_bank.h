#pragma once

#include "core/matching/pdq_hash.h"

#include <QString>
#include <array>
#include <optional>
#include <vector>

namespace vidimus::matching {

/// What a hit in a bank means for an asset.
enum class BankSeverity : std::uint8_t {
    Notice, ///< shown beside the asset
    Review, ///< a person must look: needs attention, before others in the queue
    Block, ///< known to be forbidden: the same, before all others
};
inline constexpr std::array kAllBankSeverities {BankSeverity::Notice, BankSeverity::Review, BankSeverity::Block};
[[nodiscard]] const char* bankSeverityName(BankSeverity severity); ///< "notice", "review", "block"
[[nodiscard]] std::optional<BankSeverity> bankSeverityFromName(QStringView name);

/// One known picture.
struct BankEntry {
    PdqHash hash;
    int quality = 100; ///< as its source says; below kPdqMinQuality it matches nothing
    QString label; ///< the source's words: tags, a case number

    friend bool operator==(const BankEntry&, const BankEntry&) = default;
};

/// A named list of known content.
struct HashBank {
    QString id; ///< UUID
    QString name;
    BankSeverity severity = BankSeverity::Review;
    std::vector<BankEntry> entries;
};

} // namespace vidimus::matching
