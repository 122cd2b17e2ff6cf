#include "core/audit/merkle_hash.h"
#include "core/audit/merkle_proof.h"
#include "core/audit/merkle_tree.h"

#include <QTest>

using namespace vidimus;
using namespace vidimus::audit;

class TestMerkle : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void knownRoots();
    void growsAsRecursiveDefinition();
    void everyInclusionProofHolds();
    void everyConsistencyProofHolds();
    void restoresFromPeaks();
    void refusesWrongPeaks();
    void refusesProofsOutOfRange();
};

namespace {

QByteArray hex(const char* text)
{
    return QByteArray::fromHex(text);
}

/// The inputs used by the published test vectors of Certificate Transparency.
const std::vector<QByteArray> kInputs {hex(""), hex("00"), hex("10"), hex("2021"), hex("3031"), hex("40414243"),
    hex("5051525354555657"), hex("606162636465666768696a6b6c6d6e6f")};
const std::vector<QByteArray> kRoots {hex("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
    hex("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
    hex("aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
    hex("d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
    hex("4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"),
    hex("76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"),
    hex("ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"),
    hex("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")};

std::vector<QByteArray> someHashes(int count)
{
    std::vector<QByteArray> hashes;
    for (int i = 0; i < count; ++i)
        hashes.push_back(leafHash(QByteArray::number(i)));
    return hashes;
}

/// RFC 6962, section 2.1, word by word.
QByteArray rootByDefinition(std::span<const QByteArray> hashes)
{
    if (hashes.size() == 1)
        return hashes.front();
    std::size_t split = 1;
    while (split * 2 < hashes.size())
        split *= 2;
    return nodeHash(rootByDefinition(hashes.first(split)), rootByDefinition(hashes.subspan(split)));
}

} // namespace

void TestMerkle::knownRoots()
{
    MerkleTree tree;
    QCOMPARE(tree.root().toHex(), QByteArray("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    for (std::size_t i = 0; i < kInputs.size(); ++i) {
        tree.add(kInputs[i]);
        QCOMPARE(tree.root().toHex(), kRoots[i].toHex());
    }
}

void TestMerkle::growsAsRecursiveDefinition()
{
    const auto hashes = someHashes(200);
    MerkleTree tree;
    for (std::size_t i = 0; i < hashes.size(); ++i) {
        tree.addHash(hashes[i]);
        QCOMPARE(tree.root(), rootByDefinition(std::span(hashes).first(i + 1)));
    }
}

void TestMerkle::everyInclusionProofHolds()
{
    const auto hashes = someHashes(33);
    for (std::size_t size = 1; size <= hashes.size(); ++size) {
        const auto leaves = std::span(hashes).first(size);
        const QByteArray root = merkleRoot(leaves);
        for (std::size_t index = 0; index < size; ++index) {
            const auto proof = inclusionProof(leaves, index);
            QVERIFY(proof);
            QVERIFY(verifyInclusion(hashes[index], index, size, *proof, root));
            QVERIFY(!verifyInclusion(leafHash("other"), index, size, *proof, root));
            QVERIFY(!verifyInclusion(hashes[index], index + 1, size, *proof, root));
            QVERIFY(!verifyInclusion(hashes[index], index, size, *proof, leafHash("root")));
            Proof longer = *proof;
            longer.push_back(root);
            QVERIFY(!verifyInclusion(hashes[index], index, size, longer, root));
        }
    }
}

void TestMerkle::everyConsistencyProofHolds()
{
    const auto hashes = someHashes(33);
    for (std::size_t size = 1; size <= hashes.size(); ++size) {
        const auto leaves = std::span(hashes).first(size);
        const QByteArray root = merkleRoot(leaves);
        for (std::size_t old = 1; old <= size; ++old) {
            const QByteArray oldRoot = merkleRoot(leaves.first(old));
            const auto proof = consistencyProof(leaves, old);
            QVERIFY(proof);
            QVERIFY(verifyConsistency(old, oldRoot, size, root, *proof));
            QVERIFY(!verifyConsistency(old, leafHash("x"), size, root, *proof));
            QVERIFY(!verifyConsistency(old, oldRoot, size, leafHash("x"), *proof));
            if (!proof->empty()) {
                Proof changed = *proof;
                changed.back() = leafHash("x");
                QVERIFY(!verifyConsistency(old, oldRoot, size, root, changed));
                changed.pop_back();
                QVERIFY(!verifyConsistency(old, oldRoot, size, root, changed));
            }
        }
    }
}

void TestMerkle::restoresFromPeaks()
{
    const auto hashes = someHashes(100);
    MerkleTree whole;
    for (const QByteArray& hash : hashes) {
        auto restored = MerkleTree::restore(whole.size(), whole.peaks());
        QVERIFY(restored);
        whole.addHash(hash);
        restored->addHash(hash);
        QCOMPARE(restored->root(), whole.root());
    }
}

void TestMerkle::refusesWrongPeaks()
{
    QCOMPARE(MerkleTree::restore(3, {leafHash("a")}).error().code, ErrorCode::Corrupt);
    QCOMPARE(MerkleTree::restore(1, {QByteArray("short")}).error().code, ErrorCode::Corrupt);
}

void TestMerkle::refusesProofsOutOfRange()
{
    const auto hashes = someHashes(3);
    QCOMPARE(inclusionProof(hashes, 3).error().code, ErrorCode::Invalid);
    QCOMPARE(consistencyProof(hashes, 0).error().code, ErrorCode::Invalid);
    QCOMPARE(consistencyProof(hashes, 4).error().code, ErrorCode::Invalid);
    QVERIFY(!verifyConsistency(0, emptyRoot(), 3, merkleRoot(hashes), {}));
    QVERIFY(!verifyInclusion(hashes[0], 0, 0, {}, emptyRoot()));
}

QTEST_GUILESS_MAIN(TestMerkle)
#include "tst_merkle.moc"
