#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <cstdint>
#include <span>
#include <vector>

namespace vidimus::audit {

using Proof = std::vector<QByteArray>; ///< 32-byte hashes, in the order of RFC 6962

/// The audit path of leaf \a index (from 0) in the tree over \a leafHashes (RFC 6962, section 2.1.1).
/// Errors: Invalid when the index is outside.
[[nodiscard]] Result<Proof> inclusionProof(std::span<const QByteArray> leafHashes, std::uint64_t index);
/// Whether the leaf is at \a index of the tree of \a size leaves with this root (RFC 9162, section 2.1.3.2).
[[nodiscard]] bool verifyInclusion(
    const QByteArray& leafHash, std::uint64_t index, std::uint64_t size, const Proof& proof, const QByteArray& root);

/// Shows that the tree over \a leafHashes is the one over its first \a oldSize leaves, continued (section 2.1.2).
/// Errors: Invalid when oldSize is 0 or larger than the tree.
[[nodiscard]] Result<Proof> consistencyProof(std::span<const QByteArray> leafHashes, std::uint64_t oldSize);
/// RFC 9162, section 2.1.4.2.
[[nodiscard]] bool verifyConsistency(std::uint64_t oldSize, const QByteArray& oldRoot, std::uint64_t newSize,
    const QByteArray& newRoot, const Proof& proof);

} // namespace vidimus::audit
