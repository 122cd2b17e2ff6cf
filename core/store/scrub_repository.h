#pragma once

#include "core/base/ids.h"
#include "core/base/instant.h"
#include "core/sql/connection.h"

#include <optional>
#include <vector>

namespace vidimus::store {

/// The bytes behind one or more assets; \a asset and \a name are those of the oldest.
struct StoredOriginal {
    AssetId asset;
    QByteArray sha256; ///< hex
    qint64 bytes = 0;
    QString name; ///< a label only
    friend bool operator==(const StoredOriginal&, const StoredOriginal&) = default;
};
/// What came of reading an original back; without an error it is what was ingested.
struct ScrubResult {
    QByteArray sha256; ///< hex, of the original
    Instant at {};
    std::optional<Error> error;
};
/// An original that was not as it should be when it was last read.
struct DamagedOriginal {
    StoredOriginal original;
    Instant at {}; ///< when that was seen
    Error error;
};
/// What is known of all originals, each counted once however many assets share it.
struct ScrubTotals {
    int originals = 0;
    qint64 bytes = 0;
    int verified = 0; ///< read back and whole, since the time asked for
    int damaged = 0;
    std::optional<Instant> last; ///< when any was last read back
    friend bool operator==(const ScrubTotals&, const ScrubTotals&) = default;
};

/// When each original was read back. Part of a transaction; const functions only read.
class ScrubRepository {
public:
    explicit ScrubRepository(sql::Connection& connection)
        : m_connection(&connection)
    {
    }
    /// Replaces what was known of these bytes.
    [[nodiscard]] Result<void> put(const ScrubResult& result);

    [[nodiscard]] Result<std::optional<ScrubResult>> find(const QByteArray& sha256) const;
    /// Originals that were not read back since \a before: first the damaged ones, then those whose bytes were seen the
    /// longest ago, for which an ingest counts, because it takes the hash. A time after \a now is of a clock that was
    /// wrong and counts as none.
    [[nodiscard]] Result<std::vector<StoredOriginal>> due(Instant before, Instant now, int limit) const;
    [[nodiscard]] Result<ScrubTotals> totals(Instant since, Instant now) const;
    [[nodiscard]] Result<std::vector<DamagedOriginal>> damaged(int limit) const; ///< newest first

private:
    sql::Connection* m_connection;
};

} // namespace vidimus::store
