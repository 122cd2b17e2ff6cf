#include "core/audit/merkle_hash.h"
#include "core/audit/merkle_proof.h"
#include "core/audit/merkle_tree.h"

#include <QTest>
#include <random>

using namespace vidimus::audit;

/// Proofs against RFC 6962: the example of section 2.1.3, the published vectors, and by brute force up to 64 leaves.
class TestProofs : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void exampleOfTheRfc();
    void publishedInclusionPaths_data();
    void publishedInclusionPaths();
    void publishedConsistencyProofs_data();
    void publishedConsistencyProofs();
    void everyInclusionUpTo64();
    void everyConsistencyUpTo64();
    void noProofHoldsForAnotherQuestion();
    void noChangedProofHolds();
    void leavesCannotPassForNodes();
};

namespace {

using Leaves = std::vector<QByteArray>;

Leaves hashes(std::size_t count)
{
    Leaves leaves;
    for (std::size_t i = 0; i < count; ++i)
        leaves.push_back(leafHash("entry " + QByteArray::number(qulonglong(i))));
    return leaves;
}

/// MTH of section 2.1, by its definition.
QByteArray treeHash(std::span<const QByteArray> leaves)
{
    if (leaves.empty())
        return emptyRoot();
    if (leaves.size() == 1)
        return leaves.front();
    std::size_t split = 1;
    while (split * 2 < leaves.size())
        split *= 2;
    return nodeHash(treeHash(leaves.first(split)), treeHash(leaves.subspan(split)));
}

/// The inputs and proofs that Certificate Transparency implementations share as test vectors.
Leaves publishedLeaves()
{
    Leaves leaves;
    for (const char* hex :
        {"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"})
        leaves.push_back(leafHash(QByteArray::fromHex(hex)));
    return leaves;
}

QByteArrayList hexOf(const Proof& proof)
{
    QByteArrayList list;
    for (const QByteArray& hash : proof)
        list.append(hash.toHex());
    return list;
}

} // namespace

/// Section 2.1.3: the tree of seven leaves d0…d6 and the proofs that the text names by letters.
void TestProofs::exampleOfTheRfc()
{
    const Leaves d = hashes(7);
    const QByteArray g = nodeHash(d[0], d[1]), h = nodeHash(d[2], d[3]), i = nodeHash(d[4], d[5]), j = d[6];
    const QByteArray k = nodeHash(g, h), l = nodeHash(i, j), root = nodeHash(k, l);
    QCOMPARE(merkleRoot(d), root);
    QCOMPARE(*inclusionProof(d, 0), (Proof {d[1], h, l}));
    QCOMPARE(*inclusionProof(d, 3), (Proof {d[2], g, l}));
    QCOMPARE(*inclusionProof(d, 4), (Proof {d[5], j, k}));
    QCOMPARE(*inclusionProof(d, 6), (Proof {i, k}));
    QCOMPARE(*consistencyProof(d, 3), (Proof {d[2], d[3], g, l}));
    QCOMPARE(*consistencyProof(d, 4), (Proof {l}));
    QCOMPARE(*consistencyProof(d, 6), (Proof {i, j, k}));
    QCOMPARE(*consistencyProof(d, 7), Proof {});
}

void TestProofs::publishedInclusionPaths_data()
{
    QTest::addColumn<int>("index");
    QTest::addColumn<int>("size");
    QTest::addColumn<QByteArrayList>("path");
    QTest::newRow("only leaf") << 0 << 1 << QByteArrayList();
    QTest::newRow("0 of 8") << 0 << 8
                            << QByteArrayList {"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                                   "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                                   "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"};
    QTest::newRow("5 of 8") << 5 << 8
                            << QByteArrayList {"bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                                   "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                                   "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"};
    QTest::newRow("2 of 3") << 2 << 3
                            << QByteArrayList {"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"};
    QTest::newRow("1 of 5") << 1 << 5
                            << QByteArrayList {"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                   "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                                   "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"};
}

void TestProofs::publishedInclusionPaths()
{
    QFETCH(int, index);
    QFETCH(int, size);
    const Leaves all = publishedLeaves();
    const auto leaves = std::span(all).first(std::size_t(size));
    QTEST(hexOf(*inclusionProof(leaves, std::uint64_t(index))), "path");
}

void TestProofs::publishedConsistencyProofs_data()
{
    QTest::addColumn<int>("oldSize");
    QTest::addColumn<int>("size");
    QTest::addColumn<QByteArrayList>("proof");
    QTest::newRow("1 to 1") << 1 << 1 << QByteArrayList();
    QTest::newRow("1 to 8") << 1 << 8
                            << QByteArrayList {"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                                   "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                                   "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"};
    QTest::newRow("6 to 8") << 6 << 8
                            << QByteArrayList {"0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                                   "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                                   "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"};
    QTest::newRow("2 to 5") << 2 << 5
                            << QByteArrayList {"5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                                   "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"};
}

void TestProofs::publishedConsistencyProofs()
{
    QFETCH(int, oldSize);
    QFETCH(int, size);
    const Leaves all = publishedLeaves();
    QTEST(hexOf(*consistencyProof(std::span(all).first(std::size_t(size)), std::uint64_t(oldSize))), "proof");
}

void TestProofs::everyInclusionUpTo64()
{
    const Leaves all = hashes(64);
    for (std::size_t size = 1; size <= 64; ++size) {
        const auto leaves = std::span(all).first(size);
        const QByteArray root = treeHash(leaves);
        QCOMPARE(merkleRoot(leaves), root);
        for (std::size_t index = 0; index < size; ++index) {
            const auto proof = inclusionProof(leaves, index);
            QVERIFY(proof && verifyInclusion(all[index], index, size, *proof, root));
            QVERIFY(proof->size() <= 6); // ⌈log2 64⌉
        }
    }
}

void TestProofs::everyConsistencyUpTo64()
{
    const Leaves all = hashes(64);
    for (std::size_t size = 1; size <= 64; ++size) {
        const auto leaves = std::span(all).first(size);
        const QByteArray root = treeHash(leaves);
        for (std::size_t old = 1; old <= size; ++old) {
            const auto proof = consistencyProof(leaves, old);
            QVERIFY(proof && verifyConsistency(old, treeHash(leaves.first(old)), size, root, *proof));
        }
    }
}

/// A proof says one thing: it holds for no other index, size or old size.
void TestProofs::noProofHoldsForAnotherQuestion()
{
    const Leaves all = hashes(20);
    for (std::size_t size = 2; size <= 20; ++size) {
        const auto leaves = std::span(all).first(size);
        const QByteArray root = treeHash(leaves);
        for (std::size_t index = 0; index < size; ++index) {
            const Proof proof = *inclusionProof(leaves, index);
            for (std::size_t other = 0; other < size; ++other)
                QCOMPARE(verifyInclusion(all[index], other, size, proof, root), other == index);
        }
        for (std::size_t old = 1; old <= size; ++old) {
            const Proof proof = *consistencyProof(leaves, old);
            for (std::size_t other = 1; other <= size; ++other) {
                const QByteArray otherRoot = treeHash(leaves.first(other));
                QCOMPARE(verifyConsistency(other, otherRoot, size, root, proof), other == old);
            }
        }
    }
}

void TestProofs::noChangedProofHolds()
{
    const Leaves all = hashes(37);
    const QByteArray root = treeHash(all);
    std::mt19937 random(1);
    for (int i = 0; i < 2000; ++i) {
        const std::size_t at = random() % 36 + 1;
        Proof path = *inclusionProof(all, at);
        Proof proof = *consistencyProof(all, at);
        const auto damage = [&random](Proof& changed) {
            const std::size_t step = random() % changed.size();
            switch (random() % 4) {
            case 0:
                changed[step][qsizetype(random() % 32)] ^= char(1 << random() % 8);
                break;
            case 1:
                changed.erase(changed.begin() + qsizetype(step));
                break;
            case 2:
                changed.insert(changed.begin() + qsizetype(step), changed[step]);
                break;
            default:
                changed[step].chop(1);
            }
        };
        damage(path);
        damage(proof);
        QVERIFY(!verifyInclusion(all[at], at, 37, path, root));
        QVERIFY(!verifyConsistency(at, treeHash(std::span(all).first(at)), 37, root, proof));
    }
}

/// Without the prefixes of section 2.1 an inner node could be shown as an entry of a shorter log.
void TestProofs::leavesCannotPassForNodes()
{
    const QByteArray a = leafHash("a"), b = leafHash("b");
    QVERIFY(leafHash(a + b) != nodeHash(a, b));
    QVERIFY(leafHash("") != emptyRoot());
    QVERIFY(!verifyInclusion(leafHash(a + b), 0, 1, {}, nodeHash(a, b)));
}

QTEST_GUILESS_MAIN(TestProofs)
#include "tst_proofs.moc"
