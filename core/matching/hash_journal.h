#pragma once

#include "core/matching/hash_segment.h"

namespace vidimus::matching {

/// One record of a hash index's journal: a document that was added, or the number of one that was removed.
struct JournalRecord {
    enum class Kind : std::uint32_t { Add = 1, Remove = 2 };
    Kind kind = Kind::Add;
    IndexedDocument document;
};

[[nodiscard]] QByteArray toBytes(const JournalRecord& record);
/// Takes the next record from the front of \a bytes; nothing when what is there is no whole record.
[[nodiscard]] std::optional<JournalRecord> takeJournalRecord(QByteArrayView& bytes);

} // namespace vidimus::matching
