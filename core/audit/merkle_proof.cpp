#include "core/audit/merkle_proof.h"

#include "core/audit/merkle_hash.h"
#include "core/audit/merkle_tree.h"

#include <bit>

namespace vidimus::audit {

using namespace Qt::StringLiterals;

namespace {

using Leaves = std::span<const QByteArray>;

/// The largest power of two smaller than \a size (≥ 2): where RFC 6962 divides a tree.
std::size_t splitOf(std::size_t size)
{
    return std::bit_floor(size - 1);
}

void appendPath(Leaves leaves, std::size_t index, Proof& proof)
{
    if (leaves.size() <= 1)
        return;
    const std::size_t split = splitOf(leaves.size());
    const bool left = index < split;
    appendPath(left ? leaves.first(split) : leaves.subspan(split), left ? index : index - split, proof);
    proof.push_back(merkleRoot(left ? leaves.subspan(split) : leaves.first(split)));
}

/// SUBPROOF(oldSize, leaves, whole) of section 2.1.2; \a whole says that the old tree is this subtree itself.
void appendSubproof(Leaves leaves, std::size_t oldSize, bool whole, Proof& proof)
{
    if (oldSize == leaves.size()) {
        if (!whole)
            proof.push_back(merkleRoot(leaves));
        return;
    }
    const std::size_t split = splitOf(leaves.size());
    if (oldSize <= split) {
        appendSubproof(leaves.first(split), oldSize, whole, proof);
        proof.push_back(merkleRoot(leaves.subspan(split)));
    } else {
        appendSubproof(leaves.subspan(split), oldSize - split, false, proof);
        proof.push_back(merkleRoot(leaves.first(split)));
    }
}

} // namespace

Result<Proof> inclusionProof(Leaves leafHashes, std::uint64_t index)
{
    if (index >= leafHashes.size())
        return Error {ErrorCode::Invalid, u"entry %1 is not in the tree"_s.arg(index), "audit_index"};
    Proof proof;
    appendPath(leafHashes, index, proof);
    return proof;
}

bool verifyInclusion(
    const QByteArray& leafHash, std::uint64_t index, std::uint64_t size, const Proof& proof, const QByteArray& root)
{
    if (index >= size)
        return false;
    std::uint64_t first = index;
    std::uint64_t last = size - 1;
    QByteArray hash = leafHash;
    for (const QByteArray& step : proof) {
        if (last == 0)
            return false;
        if ((first & 1) != 0 || first == last) {
            hash = nodeHash(step, hash);
            while ((first & 1) == 0 && first != 0) {
                first >>= 1;
                last >>= 1;
            }
        } else {
            hash = nodeHash(hash, step);
        }
        first >>= 1;
        last >>= 1;
    }
    return last == 0 && hash == root;
}

Result<Proof> consistencyProof(Leaves leafHashes, std::uint64_t oldSize)
{
    if (oldSize == 0 || oldSize > leafHashes.size())
        return Error {
            ErrorCode::Invalid, u"there is no tree of %1 entries to compare with"_s.arg(oldSize), "audit_size"};
    Proof proof;
    appendSubproof(leafHashes, oldSize, true, proof);
    return proof;
}

bool verifyConsistency(std::uint64_t oldSize, const QByteArray& oldRoot, std::uint64_t newSize,
    const QByteArray& newRoot, const Proof& proof)
{
    if (oldSize == 0 || oldSize > newSize)
        return false;
    if (oldSize == newSize)
        return proof.empty() && oldRoot == newRoot;
    Proof path = proof;
    if (std::has_single_bit(oldSize))
        path.insert(path.begin(), oldRoot);
    if (path.empty())
        return false;
    std::uint64_t first = oldSize - 1;
    std::uint64_t last = newSize - 1;
    while ((first & 1) != 0) {
        first >>= 1;
        last >>= 1;
    }
    QByteArray oldHash = path.front();
    QByteArray newHash = path.front();
    for (std::size_t i = 1; i < path.size(); ++i) {
        const QByteArray& step = path[i];
        if (last == 0)
            return false;
        if ((first & 1) != 0 || first == last) {
            oldHash = nodeHash(step, oldHash);
            newHash = nodeHash(step, newHash);
            while ((first & 1) == 0 && first != 0) {
                first >>= 1;
                last >>= 1;
            }
        } else {
            newHash = nodeHash(newHash, step);
        }
        first >>= 1;
        last >>= 1;
    }
    return last == 0 && oldHash == oldRoot && newHash == newRoot;
}

} // namespace vidimus::audit
