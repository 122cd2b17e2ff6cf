#include "core/base/json.h"
#include "core/rights/rule_set_json.h"
#include "core/rights/territory.h"
#include "core/rights/validate.h"
#include "random_world.h"

#include <QJsonArray>
#include <QTest>
#include <functional>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::rights;

class RuleSetTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void comesBackFromJson();
    void refusesMalformedRules_data();
    void refusesMalformedRules();
    void survivesEveryMemberReplaced();
    void writesTerritoriesAsTheyAreRead();
};

namespace {

const QByteArray kGood = R"({"version": 1, "context": {"groups": {"EU": ["FR", "DE"]}, "sites": ["web"],
 "offers": ["svod"], "titles": {"s": {"kind": "series"}, "e": {"kind": "episode", "parent": "s", "number": 1,
 "ratings": {"FR": 12}}}}, "deals": {"d": {"status": "active", "licensor": "L", "start": "2026-01-01T00:00:00Z"}},
 "rules": [{"id": "a", "effect": "allow", "scope": "e", "deal": "d", "territory": {"include": ["EU", "CA-QC"],
 "exclude": ["DE"]}, "sites": "*", "offers": ["svod"], "start": "2026-01-01T00:00:00Z", "end": null,
 "priority": 2, "terms": {"license_type": "SVOD"}, "provenance": {"file": "f.csv", "sheet": "Avails", "row": 7, "time_zones": "2025b"}},
 {"id": "b", "effect": "deny", "kind": "holdback", "scope": "s", "territory": {"include": ["WORLD"]}, "sites": "*",
 "offers": "*", "hard": false, "after": {"event": "theatrical", "event_at": null, "days": 90}}]})";

Result<RuleSet> read(const QByteArray& bytes)
{
    const auto json = parseJsonObject(bytes);
    if (!json)
        return json.error();
    return ruleSetFromJson(*json);
}

/// \a value with every member and element in turn given to \a use, replaced by \a by.
void replaceEach(const QJsonValue& value, const QJsonValue& by, const std::function<void(const QJsonValue&)>& use)
{
    use(by);
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it) {
            replaceEach(it.value(), by, [&](const QJsonValue& inner) {
                QJsonObject copy = object;
                copy.insert(it.key(), inner);
                use(copy);
            });
        }
    } else if (value.isArray()) {
        const QJsonArray array = value.toArray();
        for (qsizetype i = 0; i < array.size(); ++i) {
            replaceEach(array[i], by, [&](const QJsonValue& inner) {
                QJsonArray copy = array;
                copy[i] = inner;
                use(copy);
            });
        }
    }
}

} // namespace

void RuleSetTest::comesBackFromJson()
{
    const auto good = read(kGood);
    QVERIFY(good);
    QCOMPARE(good->rules.size(), 2U);
    const auto again = ruleSetFromJson(toJson(*good));
    QVERIFY(again);
    QVERIFY(*again == *good);
    for (quint32 seed = 0; seed < 50; ++seed) {
        const RuleSet rules = RandomWorld(seed).rules();
        const auto back = ruleSetFromJson(toJson(rules));
        QVERIFY(back);
        QCOMPARE(back->rules.size(), rules.rules.size());
        QVERIFY(back->rules == rules.rules);
        QCOMPARE(toJson(*back), toJson(rules));
    }
}

void RuleSetTest::refusesMalformedRules_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const char* before, const char* after, const QString& says) {
        QTest::newRow(name) << QByteArray(before) << QByteArray(after) << says;
    };
    row("unknown territory", "\"CA-QC\"", "\"QQ\"", u"rules[0] (a).territory.include"_s);
    row("unknown group", "\"exclude\": [\"DE\"]", "\"exclude\": [\"EUR\"]", u"rules[0] (a).territory.exclude"_s);
    row("unknown group version", "\"EU\", \"CA-QC\"", "\"EU@3\"", u"EU@3"_s);
    row("unknown title", "\"scope\": \"e\"", "\"scope\": \"x\"", u"rules[0] (a).scope"_s);
    row("unknown deal", "\"deal\": \"d\"", "\"deal\": \"x\"", u"rules[0] (a).deal"_s);
    row("unknown parent", "\"parent\": \"s\"", "\"parent\": \"x\"", u"context.titles.e.parent"_s);
    row("own parent", "\"parent\": \"s\"", "\"parent\": \"e\"", u"circle"_s);
    row("circle", "\"kind\": \"series\"", "\"kind\": \"series\", \"parent\": \"e\"", u"circle"_s);
    row("year 1", "Z\", \"end\": null", "Z\", \"end\": \"0001-01-01T00:00:00Z\"", u"year"_s);
    row("year 9999", "\"end\": null", "\"end\": \"9999-12-31T23:59:59Z\"", u"write null"_s);
    row("year of a deal", "\"start\": \"2026-01-01T00:00:00Z\"}}", "\"start\": \"1026-01-01T00:00:00Z\"}}",
        u"deals.d.start"_s);
    row("no zone", "\"end\": null", "\"end\": \"2026-12-31T23:59:59\"", u"rules[0].end"_s);
    row("same id", "\"id\": \"b\"", "\"id\": \"a\"", u"occurs twice"_s);
    row("empty id", "\"id\": \"b\"", "\"id\": \"\"", u"rules[1].id"_s);
    row("effect", "\"allow\"", "\"permit\"", u"rules[0].effect"_s);
    row("kind of a grant", "\"priority\": 2", "\"kind\": \"takedown\"", u"rules[0].kind"_s);
    row("deny without kind", "\"kind\": \"holdback\"", "\"hard\": true", u"rules[1].kind"_s);
    row("after of a grant", "\"priority\": 2", "\"after\": {\"days\": 1}", u"rules[0].after"_s);
    row("days", "\"days\": 90", "\"days\": 1e9", u"days"_s);
    row("sites", "\"sites\": \"*\", \"offers\": [", "\"sites\": \"web\", \"offers\": [", u"rules[0].sites"_s);
    row("unknown member", "\"priority\": 2", "\"prio\": 2", u"prio"_s);
    row("age", "\"FR\": 12", "\"FR\": -1", u"ratings"_s);
    row("version", "\"version\": 1", "\"version\": 2", u"version"_s);
    row("group member", "[\"FR\", \"DE\"]", "[\"FR\", \"EU\"]", u"context.groups.EU"_s);
}

void RuleSetTest::refusesMalformedRules()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(QString, says);
    QByteArray bytes = kGood;
    QVERIFY(bytes.contains(before));
    bytes.replace(bytes.indexOf(before), before.size(), after);
    const auto rules = read(bytes);
    QVERIFY(!rules);
    QCOMPARE(rules.error().code, ErrorCode::Invalid);
    QVERIFY2(rules.error().detail.contains(says), qPrintable(rules.error().detail));
}

void RuleSetTest::survivesEveryMemberReplaced()
{
    const QJsonObject good = *parseJsonObject(kGood);
    int refused = 0;
    for (const QJsonValue& by : {QJsonValue(), QJsonValue(1e300), QJsonValue(-1), QJsonValue(true), QJsonValue(u""_s),
             QJsonValue(QString(5000, u'x')), QJsonValue(QJsonArray {QJsonArray()}),
             QJsonValue(QJsonObject {{u"a"_s, QJsonArray()}})}) {
        replaceEach(good, by, [&](const QJsonValue& value) {
            const auto rules = ruleSetFromJson(value.toObject());
            refused += !rules;
            if (rules)
                QVERIFY(validate(*rules));
            // The lenient reading must bear the same.
            if (const auto shape = ruleSetShapeFromJson(value.toObject()))
                (void)toJson(*shape);
        });
    }
    QVERIFY(refused > 200);
}

void RuleSetTest::writesTerritoriesAsTheyAreRead()
{
    for (const QString& text : {u"AA"_s, u"FR"_s, u"ZZ"_s, u"CA-QC"_s, u"FR-75C"_s, u"GB-0"_s, u"US-00A"_s})
        QCOMPARE(atomToText(atomFromText(text)), text);
    for (const QString& text : {u""_s, u"F"_s, u"fr"_s, u"FRA"_s, u"FR-"_s, u"FR-ABCD"_s, u"FR_75"_s, u"FR-é"_s})
        QCOMPARE(atomFromText(text), kNoAtom);
    QCOMPARE(assignedCountries().count(), 250U); // ISO 3166-1 has 249; XK is in general use
}

QTEST_GUILESS_MAIN(RuleSetTest)
#include "tst_rule_set.moc"
