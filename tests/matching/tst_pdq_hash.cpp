#include "core/matching/pdq_hash.h"

#include <QTest>

using namespace vidimus;
using namespace vidimus::matching;
using namespace Qt::StringLiterals;

class TestPdqHash : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void hexBeginsWithTheHighestBit();
    void readsWhatItWrites();
    void refusesWhatIsNoHash_data();
    void refusesWhatIsNoHash();
    void countsDifferingBits();
    void mirroringTwiceChangesNothing();
};

void TestPdqHash::hexBeginsWithTheHighestBit()
{
    PdqHash hash;
    hash.setBit(255);
    hash.setBit(0);
    QCOMPARE(toHex(hash), u"8"_s + QString(62, u'0') + u"1"_s);
    QVERIFY(hash.bit(0) && hash.bit(255) && !hash.bit(128));
}

void TestPdqHash::readsWhatItWrites()
{
    // Published by the authors for the first of their bridge pictures.
    const QString text = u"f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22"_s;
    const auto hash = pdqHashFromHex(text);
    QVERIFY(hash);
    QCOMPARE(toHex(*hash), text);
    QCOMPARE(pdqHashFromHex(text.toUpper()).value(), *hash);
}

void TestPdqHash::refusesWhatIsNoHash_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("one short") << QString(63, u'0');
    QTest::newRow("one long") << QString(65, u'0');
    QTest::newRow("not hexadecimal") << QString(63, u'0') + u'g';
    QTest::newRow("a digit of another script") << QString(63, u'0') + QChar(0x0663);
}

void TestPdqHash::refusesWhatIsNoHash()
{
    QFETCH(QString, text);
    const auto hash = pdqHashFromHex(text);
    QVERIFY(!hash);
    QCOMPARE(hash.error().reason, "bad_hash");
}

void TestPdqHash::countsDifferingBits()
{
    PdqHash a;
    PdqHash b;
    for (const int bit : {0, 63, 64, 200, 255})
        b.setBit(bit);
    QCOMPARE(distance(a, b), 5);
    QCOMPARE(distance(b, b), 0);
    a.words.fill(~std::uint64_t(0));
    QCOMPARE(distance(a, b), 251);
}

void TestPdqHash::mirroringTwiceChangesNothing()
{
    const auto hash = pdqHashFromHex(u"30a10efd71cc3d429013d48d0ffffc52e34e0e17ada952a9d29685211ea9e5af"_s);
    QVERIFY(hash);
    QCOMPARE(mirrored(mirrored(*hash)), *hash);
    QCOMPARE(distance(mirrored(*hash), *hash), 128);
}

QTEST_GUILESS_MAIN(TestPdqHash)
#include "tst_pdq_hash.moc"
