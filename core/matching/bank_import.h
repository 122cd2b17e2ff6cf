#pragma once

#include "core/matching/hash_bank.h"

#include <QByteArray>
#include <QJsonArray>

namespace vidimus::matching {

inline constexpr qint64 kMaxBankFileBytes = qint64(1) << 30;
inline constexpr qint64 kMaxBankJsonBytes = qint64(64) << 20; ///< JSON is read as a whole
inline constexpr qint64 kMaxBankLineBytes = 4096;
inline constexpr qsizetype kMaxBankEntries = 10'000'000;
inline constexpr qsizetype kMaxReportedErrors = 100;
inline constexpr qsizetype kMaxBankLabel = 500; ///< characters; longer ones are cut

/// What was wrong with one line of a list.
struct BankFileError {
    qint64 line = 0; ///< from 1; of JSON the item
    QByteArray code; ///< "bad_hash", "bad_quality", "bad_text", "line_too_long", "bad_item"
    QString message;
};

/// What was read from a list of known content.
struct BankFile {
    QByteArray format; ///< "csv", "text" or "json"
    std::vector<BankEntry> entries;
    qint64 lines = 0; ///< that were to hold a hash
    qint64 rejected = 0;
    qint64 otherKinds = 0; ///< entries of another kind of hash, or deleted ones: left out, no error
    std::vector<BankFileError> errors; ///< the first kMaxReportedErrors
};

/// Reads a list of PDQ hashes, untrusted, in any of these forms; a bad line is reported and the others are kept:
/// - CSV `hash,quality,label`, with that header in any order or without; quoted fields within a line;
/// - the CSV of Meta's hasher-matcher-actioner, `hash,id,time,tags`;
/// - the text of python-threatexchange's local file exchange, `pdq HASH` a line;
/// - JSON of the ThreatExchange API (`data[]{type, indicator, tags}`) and of HMA's bank contents (`signals{pdq}`).
/// Errors: Invalid (reason "bad_list": nothing in it is a hash), LimitExceeded.
[[nodiscard]] Result<BankFile> readBankFile(QByteArrayView bytes);

[[nodiscard]] QJsonArray toJson(const std::vector<BankFileError>& errors);

enum class BankFormat : std::uint8_t {
    Csv, ///< `hash,quality,label`; a label that a spreadsheet would take for a formula gets an apostrophe
    Text, ///< `pdq HASH` a line
    Json, ///< ThreatExchange: `data[]{indicator, type, tags}`
};
[[nodiscard]] std::optional<BankFormat> bankFormatFromName(QStringView name); ///< "csv", "text", "json"
[[nodiscard]] QByteArray writeBankFile(const HashBank& bank, BankFormat format);

} // namespace vidimus::matching
