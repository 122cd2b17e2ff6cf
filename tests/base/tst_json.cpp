#include "core/base/json.h"
#include "core/base/json_number.h"

#include <QJsonArray>
#include <QTest>

using namespace vidimus;
using namespace Qt::StringLiterals;

class TestJson : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void printsNumbersLikeEcmaScript_data();
    void printsNumbersLikeEcmaScript();
    void ordersKeysByUtf16();
    void escapesOnlyWhatMustBe();
    void refusesUnknownMembers();
    void namesTheFirstWrongMember();
    void refusesWhatIsNotAnObject();
    void refusesNamesThatStandTwice_data();
    void refusesNamesThatStandTwice();
    void readsWhatAPersonWrote();
};

void TestJson::printsNumbersLikeEcmaScript_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<QByteArray>("text");
    // RFC 8785, appendix B, and the edges of the layout rules.
    QTest::newRow("zero") << 0.0 << QByteArray("0");
    QTest::newRow("minus zero") << -0.0 << QByteArray("0");
    QTest::newRow("smallest") << 5e-324 << QByteArray("5e-324");
    QTest::newRow("largest") << 1.7976931348623157e308 << QByteArray("1.7976931348623157e+308");
    QTest::newRow("2^53") << 9007199254740992.0 << QByteArray("9007199254740992");
    QTest::newRow("1e21") << 1e21 << QByteArray("1e+21");
    QTest::newRow("just below 1e21") << 999999999999999900000.0 << QByteArray("999999999999999900000");
    QTest::newRow("1e-6") << 0.000001 << QByteArray("0.000001");
    QTest::newRow("1e-7") << 1e-7 << QByteArray("1e-7");
    QTest::newRow("thirds") << 333333333.3333332 << QByteArray("333333333.3333332");
    QTest::newRow("negative") << -23.5 << QByteArray("-23.5");
}

void TestJson::printsNumbersLikeEcmaScript()
{
    QFETCH(double, value);
    QTEST(canonicalNumber(value), "text");
}

void TestJson::ordersKeysByUtf16()
{
    const QJsonObject object {{u"\u20ac"_s, 1}, {u"\r"_s, 2}, {u"1"_s, 3}, {u"\U0001F600"_s, 4}, {u"\u0080"_s, 5}};
    QCOMPARE(canonicalJson(object),
        QByteArray("{\"\\r\":2,\"1\":3,\"\xc2\x80\":5,\"\xe2\x82\xac\":1,\"\xf0\x9f\x98\x80\":4}"));
}

void TestJson::escapesOnlyWhatMustBe()
{
    QCOMPARE(canonicalJson(QJsonArray {u"\u001f/\"\\\n"_s, QJsonValue::Null, true, QJsonArray {}, QJsonObject {}}),
        QByteArray("[\"\\u001f/\\\"\\\\\\n\",null,true,[],{}]"));
}

void TestJson::refusesUnknownMembers()
{
    JsonReader reader(QJsonObject {{u"a"_s, 1}, {u"b"_s, 2}}, u"row[0]"_s);
    QCOMPARE(reader.integer("a"_L1), 1);
    const auto result = reader.finish();
    QVERIFY(!result);
    QCOMPARE(result.error().detail, u"row[0].b is not a known member; there can be a"_s);
    QVERIFY(reader.finish(JsonReader::Unknown::Ignore));
}

void TestJson::namesTheFirstWrongMember()
{
    JsonReader reader(QJsonObject {{u"n"_s, 1.5}, {u"s"_s, 7}});
    QCOMPARE(reader.integer("n"_L1), 0);
    QCOMPARE(reader.string("s"_L1), QString());
    QCOMPARE(reader.string("absent"_L1, u"x"_s), u"x"_s);
    const auto result = reader.finish();
    QVERIFY(!result);
    QVERIFY2(result.error().detail.startsWith(u"n: "_s), qPrintable(result.error().detail));
}

void TestJson::refusesWhatIsNotAnObject()
{
    QVERIFY(!parseJsonObject("[1]"));
    QVERIFY(!parseJsonObject("{\"a\":"));
    QVERIFY(!parseJsonObject(""));
    QVERIFY(!parseJsonObject(QByteArray(200000, '[')));
    QVERIFY(parseJsonObject("{}"));
}

void TestJson::refusesNamesThatStandTwice_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("detail");
    const auto twice = [](int line, const QString& name, int first) {
        return u"line %1: \"%2\" stands twice in one object, first on line %3"_s.arg(line).arg(name).arg(first);
    };
    QTest::newRow("at the top") << QByteArray("{\"a\":1,\n\"b\":2,\n\n\"a\":3}") << twice(4, u"a"_s, 1);
    QTest::newRow("below") << QByteArray("{\"a\":{\"b\":[1,{\"c\":1,\"c\":2}]}}") << twice(1, u"c"_s, 1);
    QTest::newRow("spelt otherwise") << QByteArray("{\"a\":1,\"\\u0061\":2}") << twice(1, u"a"_s, 1);
    QTest::newRow("behind an object") << QByteArray("{\"a\":{\"a\":1},\r\n \"a\" : 2}") << twice(2, u"a"_s, 1);
    QTest::newRow("a text with a line feed and a quote")
        << QByteArray("{\"a\":\"x\\n\\\"a\\\":\",\n\"a\":\"\"}") << twice(2, u"a"_s, 1);
    QTest::newRow("no JSON") << QByteArray("{\"a\":1,\n\"b\"}") << u"line 2: not JSON"_s;
    QTest::newRow("cut off") << QByteArray("{\"a\":\"") << u"line 1: not JSON"_s;
    QTest::newRow("an array") << QByteArray("[1]") << u"not a JSON object"_s;
    QTest::newRow("nothing") << QByteArray() << u"line 1: not JSON"_s;
    QTest::newRow("deep") << QByteArray(200000, '[') << u"line 1: not JSON"_s;
}

void TestJson::refusesNamesThatStandTwice()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, detail);
    const auto object = parseWrittenJson(json);
    QVERIFY(!object);
    QCOMPARE(object.error().code, ErrorCode::Invalid);
    QVERIFY2(object.error().detail.startsWith(detail), qPrintable(object.error().detail));
}

void TestJson::readsWhatAPersonWrote()
{
    const auto object = parseWrittenJson(
        "{\"a\": {\"a\": \"a\"}, \"b\": [\"b\", \"b\", {\"a\": 1}, {\"a\": 2}], \"\": {}, \"\\\"\": [],\n"
        "\"c\": \"\\\\\"}");
    QVERIFY2(object, object ? "" : qPrintable(object.error().detail));
    QCOMPARE(object->size(), 5);
    QCOMPARE(object->value(u"c"_s).toString(), u"\\"_s);
}

QTEST_GUILESS_MAIN(TestJson)
#include "tst_json.moc"
