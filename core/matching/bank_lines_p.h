#pragma once

#include "core/matching/bank_import.h"

namespace vidimus::matching {

/// Notes a line that was refused.
void reject(BankFile& file, qint64 line, const char* code, const QString& message);
/// Adds a hash as its source gives it, or notes why not.
void addEntry(BankFile& file, qint64 line, QStringView hash, int quality, const QString& label);

/// The forms of readBankFile() that have lines.
[[nodiscard]] Result<BankFile> readBankLines(QByteArrayView bytes);
[[nodiscard]] Result<BankFile> readBankJson(QByteArrayView bytes);

} // namespace vidimus::matching
