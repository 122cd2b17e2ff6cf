#include "core/audit/merkle_tree.h"

#include "core/audit/merkle_hash.h"

#include <bit>

namespace vidimus::audit {

using namespace Qt::StringLiterals;

Result<MerkleTree> MerkleTree::restore(std::uint64_t size, std::vector<QByteArray> peaks)
{
    if (static_cast<std::size_t>(std::popcount(size)) != peaks.size())
        return Error {ErrorCode::Corrupt, u"the kept peaks of the log do not fit its size"_s, "audit_peaks"};
    for (const QByteArray& peak : peaks) {
        if (peak.size() != 32)
            return Error {ErrorCode::Corrupt, u"a kept peak of the log is not 32 bytes"_s, "audit_peaks"};
    }
    MerkleTree tree;
    tree.m_size = size;
    tree.m_peaks = std::move(peaks);
    return tree;
}

void MerkleTree::add(QByteArrayView leaf)
{
    addHash(leafHash(leaf));
}

void MerkleTree::addHash(const QByteArray& hash)
{
    QByteArray node = hash;
    // Each trailing 1 bit of the old size is a full subtree of the size that the new node has just reached.
    for (std::uint64_t rest = m_size; (rest & 1) != 0; rest >>= 1) {
        node = nodeHash(m_peaks.back(), node);
        m_peaks.pop_back();
    }
    m_peaks.push_back(node);
    ++m_size;
}

QByteArray MerkleTree::root() const
{
    if (m_peaks.empty())
        return emptyRoot();
    QByteArray root = m_peaks.back();
    for (auto peak = m_peaks.rbegin() + 1; peak != m_peaks.rend(); ++peak)
        root = nodeHash(*peak, root);
    return root;
}

QByteArray merkleRoot(std::span<const QByteArray> leafHashes)
{
    MerkleTree tree;
    for (const QByteArray& hash : leafHashes)
        tree.addHash(hash);
    return tree.root();
}

} // namespace vidimus::audit
