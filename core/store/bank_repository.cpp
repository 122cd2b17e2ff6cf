#include "core/store/bank_repository.h"

namespace vidimus::store {

using namespace Qt::StringLiterals;

namespace {

const QString kSelect
    = u"SELECT b.id, b.name, b.severity, (SELECT count(*) FROM bank_hashes h WHERE h.bank_id = b.id), "
      "b.changed_at FROM banks b "_s;

/// 32 bytes, bit 255 first: the order of the text form.
QByteArray bytesOf(const matching::PdqHash& hash)
{
    return QByteArray::fromHex(matching::toHex(hash).toLatin1());
}

Result<BankRow> readBank(const sql::Statement& row)
{
    const auto severity = matching::bankSeverityFromName(row.text(2));
    if (!severity)
        return Error {ErrorCode::Corrupt, u"bank severity \"%1\""_s.arg(row.text(2)), "stored_bank"};
    return BankRow {row.text(0), row.text(1), *severity, row.integer(3), row.instant(4)};
}

Result<matching::BankEntry> readEntry(const sql::Statement& row)
{
    const auto hash = matching::pdqHashFromHex(QString::fromLatin1(row.bytes(0).toHex()));
    if (!hash)
        return Error {ErrorCode::Corrupt, hash.error().detail, "stored_bank"};
    return matching::BankEntry {*hash, static_cast<int>(row.integer(1)), row.text(2)};
}

} // namespace

Result<void> BankRepository::put(const BankRow& bank)
{
    const auto done = m_connection->execute(
        u"INSERT INTO banks (id, name, severity, changed_at) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
        "name = excluded.name, severity = excluded.severity, changed_at = excluded.changed_at"_s,
        bank.id, bank.name, QString::fromLatin1(matching::bankSeverityName(bank.severity)), bank.changedAt);
    return done ? Result<void>() : Result<void>(done.error());
}

Result<qint64> BankRepository::addEntries(const QString& bank, std::span<const matching::BankEntry> entries)
{
    const QString count = u"SELECT count(*) FROM bank_hashes WHERE bank_id = ?"_s;
    const auto before = m_connection->integer(count, bank);
    if (!before)
        return before;
    auto statement = m_connection->prepare(
        u"INSERT INTO bank_hashes (bank_id, hash, quality, label) VALUES (?, ?, ?, ?) ON CONFLICT (bank_id, hash) "
        "DO UPDATE SET quality = excluded.quality, label = CASE excluded.label WHEN '' THEN label ELSE excluded.label END"_s);
    if (!statement)
        return std::move(statement).error();
    for (const matching::BankEntry& entry : entries) {
        if (auto added = statement->bind(bank, bytesOf(entry.hash), entry.quality, entry.label).run(); !added)
            return std::move(added).error();
    }
    const auto after = m_connection->integer(count, bank);
    return after ? Result<qint64>(*after - *before) : after;
}

Result<std::vector<BankRow>> BankRepository::list() const
{
    return m_connection->all(kSelect + u"ORDER BY b.name"_s, readBank);
}

Result<std::optional<BankRow>> BankRepository::findByName(const QString& name) const
{
    return m_connection->one(kSelect + u"WHERE b.name = ?"_s, readBank, name);
}

Result<std::vector<matching::BankEntry>> BankRepository::entries(const QString& bank) const
{
    return m_connection->all(
        u"SELECT hash, quality, label FROM bank_hashes WHERE bank_id = ? ORDER BY hash"_s, readEntry, bank);
}

} // namespace vidimus::store
