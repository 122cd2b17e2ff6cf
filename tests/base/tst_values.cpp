#include "core/base/ids.h"
#include "core/base/instant.h"
#include "core/base/rational.h"
#include "core/base/result.h"
#include "core/base/sha256.h"
#include "core/base/signature.h"

#include <QSet>
#include <QTest>

using namespace vidimus;
using namespace Qt::StringLiterals;

class TestValues : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void uuidsRiseAndDiffer();
    void readsTimes_data();
    void readsTimes();
    void refusesTimes_data();
    void refusesTimes();
    void comparesRationalsByValue();
    void hashesPublishedVectors();
    void verifiesOnlyTheSignedMessage();
    void errorCodesKeepTheirNames();
};

void TestValues::uuidsRiseAndDiffer()
{
    QString last;
    QSet<QString> seen;
    for (int i = 0; i < 20000; ++i) {
        const QString id = newUuid();
        QVERIFY(id > last);
        QCOMPARE(id[14], u'7');
        seen.insert(id);
        last = id;
    }
    QCOMPARE(seen.size(), 20000);
}

void TestValues::readsTimes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("utc");
    QTest::newRow("plain") << u"2026-03-31T22:00:00Z"_s << u"2026-03-31T22:00:00Z"_s;
    QTest::newRow("offset") << u"2026-06-30T18:00:00+03:00"_s << u"2026-06-30T15:00:00Z"_s;
    QTest::newRow("minus offset") << u"2026-06-30T18:00:00.5-00:30"_s << u"2026-06-30T18:30:00.500Z"_s;
    QTest::newRow("leap day") << u"2024-02-29T00:00:00Z"_s << u"2024-02-29T00:00:00Z"_s;
    QTest::newRow("year 1") << u"0001-01-01T00:00:00Z"_s << u"0001-01-01T00:00:00Z"_s;
    QTest::newRow("year 9999") << u"9999-12-31T23:59:59Z"_s << u"9999-12-31T23:59:59Z"_s;
    QTest::newRow("leap second") << u"2016-12-31T23:59:60Z"_s << u"2017-01-01T00:00:00Z"_s;
    QTest::newRow("after 2038") << u"2040-01-01T00:00:00Z"_s << u"2040-01-01T00:00:00Z"_s;
}

void TestValues::readsTimes()
{
    QFETCH(QString, text);
    const auto instant = parseRfc3339(text);
    QVERIFY(instant);
    QTEST(toRfc3339(*instant), "utc");
}

void TestValues::refusesTimes_data()
{
    QTest::addColumn<QString>("text");
    for (const char* text : {"", "2026-03-31", "2026-03-31T22:00:00", "2023-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
             "2026-01-01T24:00:00Z", "2026-01-01T00:00:00+25:00", "0001-01-01T00:00:00+01:00", "10000-01-01T00:00:00Z",
             "2026-01-01 00:00:00Z"})
        QTest::newRow(*text ? text : "empty") << QString::fromLatin1(text);
}

void TestValues::refusesTimes()
{
    QFETCH(QString, text);
    QVERIFY(!parseRfc3339(text));
}

void TestValues::comparesRationalsByValue()
{
    QVERIFY((Rational {1, 2} == Rational {2, 4}));
    QVERIFY((Rational {30000, 1001} < Rational {30, 1}));
    QVERIFY((Rational {INT64_MAX, 2} > Rational {INT64_MAX, 3}));
    QCOMPARE((Rational {50, 100}.reduced().den), 2);
}

void TestValues::hashesPublishedVectors()
{
    // FIPS 180-4 example "abc"; RFC 4231 test case 2.
    QCOMPARE(sha256Hex("abc"), QByteArray("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    QCOMPARE(hmacSha256("Jefe", "what do ya want for nothing?").toHex(),
        QByteArray("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
    QVERIFY(equalConstantTime("same", "same"));
    QVERIFY(!equalConstantTime("same", "sama"));
    QVERIFY(!equalConstantTime("same", "sam"));
}

void TestValues::verifiesOnlyTheSignedMessage()
{
    // RFC 8032, section 7.1, test 2.
    const auto key
        = SigningKey::fromSeed(QByteArray::fromHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
    QVERIFY(key);
    QCOMPARE(key->publicKey().toHex(), QByteArray("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));
    const QByteArray signature = key->sign("\x72");
    QVERIFY(signature.toHex().startsWith("92a009a9f0d4cab8720e820b5f642540"));
    QVERIFY(verifySignature(key->publicKey(), "\x72", signature));
    QVERIFY(!verifySignature(key->publicKey(), "\x73", signature));
    QVERIFY(!verifySignature(SigningKey::generate().publicKey(), "\x72", signature));
    QVERIFY(!SigningKey::fromSeed("short"));
}

void TestValues::errorCodesKeepTheirNames()
{
    for (int i = 0; i <= static_cast<int>(ErrorCode::Internal); ++i)
        QCOMPARE(errorCodeFromName(errorCodeName(static_cast<ErrorCode>(i))), static_cast<ErrorCode>(i));
    QCOMPARE(errorCodeFromName("no such"), ErrorCode::Internal);
}

QTEST_GUILESS_MAIN(TestValues)
#include "tst_values.moc"
