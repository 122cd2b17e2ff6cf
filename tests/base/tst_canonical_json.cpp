#include "core/base/json.h"
#include "core/base/json_number.h"

#include <QJsonArray>
#include <QTest>
#include <bit>
#include <cstdint>
#include <random>

using namespace vidimus;
using namespace Qt::StringLiterals;

/// RFC 8785 with its own examples; what is hashed and signed depends on every byte.
class TestCanonicalJson : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void exampleOfTheRfc();
    void sortsAsTheRfc();
    void numbersOfAppendixB_data();
    void numbersOfAppendixB();
    void numbersReadBackBitForBit();
    void isAFixedPoint();
    void escapes_data();
    void escapes();
};

/// Sections 3.2.2 and 3.2.4.
void TestCanonicalJson::exampleOfTheRfc()
{
    const auto object = parseJsonObject(R"({
        "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
        "literals": [null, true, false]
    })");
    QVERIFY(object);
    QCOMPARE(canonicalJson(*object),
        QByteArray(R"({"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],)"
                   "\"string\":\"\xe2\x82\xac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}"));
}

/// Section 3.2.3: by UTF-16 code units, so the emoji (a surrogate pair) comes before U+FB33.
void TestCanonicalJson::sortsAsTheRfc()
{
    const auto object = parseJsonObject(
        R"({"\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
            "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis"})");
    QVERIFY(object);
    const QByteArray bytes = canonicalJson(*object);
    qsizetype last = -1;
    for (const char* name : {"Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign",
             "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh"}) {
        const qsizetype at = bytes.indexOf(name);
        QVERIFY2(at > last, name);
        last = at;
    }
}

void TestCanonicalJson::numbersOfAppendixB_data()
{
    QTest::addColumn<quint64>("bits");
    QTest::addColumn<QByteArray>("text");
    const auto row = [](quint64 bits, const char* text) { QTest::addRow("%s", text) << bits << QByteArray(text); };
    row(0x0000000000000001, "5e-324");
    row(0x8000000000000001, "-5e-324");
    row(0x7fefffffffffffff, "1.7976931348623157e+308");
    row(0xffefffffffffffff, "-1.7976931348623157e+308");
    row(0x4340000000000000, "9007199254740992");
    row(0xc340000000000000, "-9007199254740992");
    row(0x4430000000000000, "295147905179352830000");
    row(0x44b52d02c7e14af5, "9.999999999999997e+22");
    row(0x44b52d02c7e14af6, "1e+23");
    row(0x44b52d02c7e14af7, "1.0000000000000001e+23");
    row(0x444b1ae4d6e2ef4e, "999999999999999700000");
    row(0x444b1ae4d6e2ef4f, "999999999999999900000");
    row(0x444b1ae4d6e2ef50, "1e+21");
    row(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7");
    row(0x3eb0c6f7a0b5ed8d, "0.000001");
    row(0x41b3de4355555553, "333333333.3333332");
    row(0x41b3de4355555554, "333333333.33333325");
    row(0x41b3de4355555555, "333333333.3333333");
    row(0x41b3de4355555556, "333333333.3333334");
    row(0x41b3de4355555557, "333333333.33333343");
    row(0xbecbf647612f3696, "-0.0000033333333333333333");
    row(0x43143ff3c1cb0959, "1424953923781206.2");
}

void TestCanonicalJson::numbersOfAppendixB()
{
    QFETCH(quint64, bits);
    QTEST(canonicalNumber(std::bit_cast<double>(bits)), "text");
}

void TestCanonicalJson::numbersReadBackBitForBit()
{
    std::mt19937_64 random(3);
    for (int i = 0; i < 50'000; ++i) {
        const auto value = std::bit_cast<double>(std::uint64_t(random()));
        const QByteArray text = canonicalNumber(value);
        if (!std::isfinite(value)) {
            QCOMPARE(text, QByteArray("null"));
            continue;
        }
        bool good = false;
        QCOMPARE(std::bit_cast<quint64>(text.toDouble(&good)), std::bit_cast<quint64>(value));
        QVERIFY(good);
        QVERIFY(text.size() <= 25);
    }
}

void TestCanonicalJson::isAFixedPoint()
{
    const auto object = parseJsonObject(R"({"b": [1.0, {"z": {}, "a": []}], "a": "\u00e9\u001f", "": null})");
    QVERIFY(object);
    const QByteArray once = canonicalJson(*object);
    QCOMPARE(canonicalJson(*parseJsonObject(once)), once);
    QCOMPARE(once, QByteArray("{\"\":null,\"a\":\"\xc3\xa9\\u001f\",\"b\":[1,{\"a\":[],\"z\":{}}]}"));
}

void TestCanonicalJson::escapes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("json");
    const auto row = [](char16_t letter, const char* json) {
        QTest::addRow("U+%04X", unsigned(letter)) << QString(QChar(letter)) << QByteArray(json);
    };
    row(0x00, "\"\\u0000\"");
    row(0x08, "\"\\b\"");
    row(0x09, "\"\\t\"");
    row(0x0A, "\"\\n\"");
    row(0x0B, "\"\\u000b\"");
    row(0x0C, "\"\\f\"");
    row(0x0D, "\"\\r\"");
    row(0x1F, "\"\\u001f\"");
    row(u'"', "\"\\\"\"");
    row(u'\\', "\"\\\\\"");
    row(u'/', "\"/\"");
    row(0x7F, "\"\x7f\"");
    row(0x2028, "\"\xe2\x80\xa8\"");
    row(u'<', "\"<\"");
}

void TestCanonicalJson::escapes()
{
    QFETCH(QString, text);
    QTEST(canonicalJson(QJsonValue(text)), "json");
}

QTEST_GUILESS_MAIN(TestCanonicalJson)
#include "tst_canonical_json.moc"
