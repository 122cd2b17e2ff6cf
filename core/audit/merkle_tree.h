#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <cstdint>
#include <span>
#include <vector>

namespace vidimus::audit {

/// An append-only RFC 6962 Merkle tree that remembers only the roots of its full subtrees (at most 64 hashes), so that
/// adding costs O(1) on average and the root O(log n). A value; one thread at a time.
class MerkleTree {
public:
    MerkleTree() = default;
    /// From what peaks() gave. Errors: Corrupt when the number of hashes does not fit \a size.
    [[nodiscard]] static Result<MerkleTree> restore(std::uint64_t size, std::vector<QByteArray> peaks);

    void add(QByteArrayView leaf);
    void addHash(const QByteArray& hash);
    [[nodiscard]] std::uint64_t size() const { return m_size; }
    [[nodiscard]] QByteArray root() const;
    /// Roots of the full subtrees, the largest (leftmost) first: one for each 1 bit of size().
    [[nodiscard]] const std::vector<QByteArray>& peaks() const { return m_peaks; }

private:
    std::uint64_t m_size = 0;
    std::vector<QByteArray> m_peaks;
};

/// The root over leaf hashes (section 2.1).
[[nodiscard]] QByteArray merkleRoot(std::span<const QByteArray> leafHashes);

} // namespace vidimus::audit
