#pragma once

#include "core/base/cancel.h"
#include "core/matching/alignment.h"
#include "core/matching/fingerprint.h"
#include "core/matching/hash_index.h"

#include <optional>

namespace vidimus::matching {

/// A document of the library that shows what the query shows.
struct NearDuplicate {
    std::uint64_t document = 0;
    bool mirrored = false; ///< the query is its mirror image
    int distance = 0; ///< the middle one of its segments' hashes; for an image the least
    double share = 0; ///< of the query's length that is in segments, 0…1
    double shareOfDocument = 0; ///< of the document's length
    /// All of it is common to many documents (a series' intro) and it is not nearly all of either: no duplicate.
    bool commonPassage = false;
    std::vector<MatchSegment> segments; ///< a is the query
};

struct SearchOptions {
    int distance = kPdqMatchDistance; ///< of hashes that are the same picture
    int reach = 64; ///< of hashes that make a document worth a look: crops and logos
    int lookUps = 256; ///< hashes of a long query that are looked up, spread over its length
    int candidates = 64; ///< documents that are compared in full
    int commonDocuments = 4; ///< a moment found in this many documents is common
    double nearlyAll = 0.9; ///< share from which even common content is a duplicate
    AlignmentOptions alignment;
};

/// The hashes of a fingerprint that are worth storing and comparing: of quality enough, of the content and, where it
/// differs, of the whole picture too.
[[nodiscard]] std::vector<TimedHash> hashesOf(const Fingerprint& fingerprint);
/// For the index, under this number.
[[nodiscard]] IndexedDocument documentOf(const Fingerprint& fingerprint, std::uint64_t number);

/// Documents of \a index that show what \a query shows, wholly or in part, re-encoded, cropped by a tenth, with bars,
/// with a logo, mirrored, or faster or slower by 8 %; for an image the moments at which it is seen. The likest first,
/// common passages last. \a except: left out. Errors: Canceled.
[[nodiscard]] Result<std::vector<NearDuplicate>> findNearDuplicates(const Fingerprint& query, const HashIndex& index,
    std::uint64_t except = 0, const SearchOptions& options = {}, const CancelToken& cancel = {});

[[nodiscard]] QJsonObject toJson(const MatchSegment& segment);
/// None for what is no segment: ends before starts, negative times or a distance beyond 256.
[[nodiscard]] std::optional<MatchSegment> segmentFromJson(const QJsonObject& object);

} // namespace vidimus::matching
