#include "catalog_server/running_catalog.h"
#include "core/rights/resolver.h"
#include "core/rights/rule_set_json.h"

#include <QJsonArray>
#include <QTest>
#include <random>

using namespace vidimus;
using namespace vidimus::catalog;
using namespace Qt::StringLiterals;
using test::RunningCatalog;

namespace {

const QStringList kCountries {u"FR"_s, u"RE"_s, u"DE"_s, u"GB"_s, u"US"_s, u"JP"_s};
const QStringList kSites {u"web"_s, u"tv"_s, u"partner é"_s};
const QStringList kOffers {u"svod"_s, u"est"_s};
const QStringList kTitles {u"film"_s, u"series"_s, u"episode & more"_s};

/// A rule set as JSON, small enough that everything meets everything.
class World {
public:
    explicit World(unsigned seed)
        : m_random(seed)
    {
    }
    QJsonObject rules()
    {
        QJsonArray rules;
        for (int n = 0; n < 14; ++n)
            rules.append(rule(n));
        QJsonObject titles {{u"film"_s, QJsonObject {{u"kind"_s, u"film"_s}}},
            {u"series"_s, QJsonObject {{u"kind"_s, u"series"_s}}},
            {u"episode & more"_s, QJsonObject {{u"kind"_s, u"episode"_s}, {u"parent"_s, u"series"_s}}}};
        return {{u"context"_s,
                    QJsonObject {{u"groups"_s, QJsonObject {{u"EU"_s, QJsonArray {u"FR"_s, u"DE"_s}}}},
                        {u"sites"_s, QJsonArray::fromStringList(kSites)},
                        {u"offers"_s, QJsonArray::fromStringList(kOffers)}, {u"titles"_s, titles}}},
            {u"deals"_s,
                QJsonObject {{u"on"_s, QJsonObject {{u"status"_s, u"active"_s}}},
                    {u"off"_s, QJsonObject {{u"status"_s, u"suspended"_s}}}}},
            {u"rules"_s, rules}};
    }
    rights::Query query()
    {
        return {.title = TitleId(below(12) == 0 ? u"unknown"_s : pick(kTitles)),
            .country = pick(kCountries),
            .subdivision = {},
            .site = pick(kSites),
            .offer = pick(kOffers),
            .at = *parseRfc3339(u"2026-0%1-1%2T00:00:00Z"_s.arg(1 + below(9)).arg(below(10))),
            .viewerMaxAge = {},
            .entitlement = {}};
    }

private:
    int below(int end) { return int(m_random() % unsigned(end)); }
    QString pick(const QStringList& list) { return list[below(int(list.size()))]; }
    QJsonArray some(const QStringList& list)
    {
        QStringList chosen {pick(list), pick(list)};
        chosen.removeDuplicates();
        return QJsonArray::fromStringList(chosen);
    }
    QJsonObject rule(int number)
    {
        const bool deny = below(4) == 0;
        QJsonObject rule {{u"id"_s, u"r%1"_s.arg(number)}, {u"effect"_s, deny ? u"deny"_s : u"allow"_s},
            {u"scope"_s, pick(kTitles)},
            {u"territory"_s,
                QJsonObject {{u"include"_s, some(QStringList {u"EU"_s, u"FR"_s, u"GB"_s, u"US"_s, u"WORLD"_s})},
                    {u"exclude"_s, below(2) == 0 ? QJsonArray() : some({u"RE"_s, u"DE"_s})}}},
            {u"sites"_s, some(kSites)}, {u"offers"_s, some(kOffers)}, {u"priority"_s, below(3)}};
        if (below(3) != 0)
            rule.insert(u"start"_s, u"2026-0%1-01T00:00:00Z"_s.arg(1 + below(5)));
        if (below(2) == 0)
            rule.insert(u"end"_s, u"2026-0%1-15T00:00:00Z"_s.arg(5 + below(5)));
        if (below(3) == 0 && !deny)
            rule.insert(u"deal"_s, below(2) == 0 ? u"on"_s : u"off"_s);
        if (deny)
            rule.insert(u"kind"_s, below(2) == 0 ? u"takedown"_s : u"blackout"_s);
        return rule;
    }
    std::mt19937 m_random;
};

AvailabilityQuery overHttp(const rights::Query& query)
{
    return {query.title, query.country, query.site, query.offer, query.at};
}

} // namespace

/// What the catalog says over HTTP is what the rights resolver says, for any rules; and rules merge as promised.
class TestAnswers : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void answersAreTheResolvers_data();
    void answersAreTheResolvers();
    void eachWriteIsAnsweredAtOnce();
    void questionsThatMakeNoSenseAreRefused_data();
    void questionsThatMakeNoSenseAreRefused();
    void windowsOfOneTitleLeaveOthersAlone();
    void contextOfWindowsIsAddedToWhatIsThere();
    void windowsThatDoNotFitAreRefusedWhole_data();
    void windowsThatDoNotFitAreRefusedWhole();
    void staleWindowsAreAConflict();
    void staleTitlesAreAConflictWithTheServersState();
};

void TestAnswers::answersAreTheResolvers_data()
{
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 5; ++seed)
        QTest::addRow("world %u", seed) << seed;
}

void TestAnswers::answersAreTheResolvers()
{
    QFETCH(unsigned, seed);
    World world(seed);
    const QJsonObject json = world.rules();
    const auto rules = rights::ruleSetFromJson(json);
    QVERIFY2(rules, rules ? "" : qPrintable(rules.error().detail));
    const rights::Resolver resolver(*rules);
    RunningCatalog catalog;
    const QByteArray version = catalog.ask("GET", "/v1/rights").header("ETag");
    const auto put = catalog.change("PUT", "/v1/rights", json, {{"If-Match", version}});
    QVERIFY2(put.status == 200, put.body);
    int allowed = 0;
    for (int n = 0; n < 60; ++n) {
        const rights::Query query = world.query();
        const rights::Answer wanted = resolver.resolve(query);
        const auto answer = catalog.client().explain(overHttp(query));
        QVERIFY2(answer, answer ? "" : qPrintable(answer.error().detail));
        const QByteArray what
            = (query.title.toString() + u' ' + query.country + u' ' + query.site + u' ' + query.offer).toUtf8();
        // Nothing is published here, so the rights alone are to be seen in the reason.
        QVERIFY2(!answer->available, what);
        const QByteArray reason = wanted.available ? "NOT_PUBLISHED" : rights::reasonCode(wanted.reason).toLatin1();
        if (answer->reason != reason)
            QFAIL(what + ": " + answer->reason + " instead of " + reason);
        QCOMPARE(answer->at, query.at);
        const auto same = catalog.client().availability(overHttp(query));
        QVERIFY(same);
        QCOMPARE(same->reason, answer->reason);
        allowed += wanted.available;
    }
    QVERIFY2(allowed > 0 && allowed < 60, "questions of one kind only");
}

/// Rules of one title after another are replaced; parts of it follow, and what it is a part of.
void TestAnswers::eachWriteIsAnsweredAtOnce()
{
    World world(77);
    QJsonObject json = world.rules();
    RunningCatalog catalog;
    QCOMPARE(catalog.change("PUT", "/v1/rights", json, {{"If-Match", "*"}}).status, 200);
    int allowed = 0;
    qint64 last = 0;
    for (int edit = 0; edit < 12; ++edit) {
        const QString title = kTitles[edit % kTitles.size()];
        QJsonArray others, own;
        for (const QJsonValue& rule : json.value("rules"_L1).toArray()) {
            if (rule.toObject().value("scope"_L1).toString() != title)
                others.append(rule);
        }
        for (const QJsonValue& value : world.rules().value("rules"_L1).toArray()) {
            QJsonObject rule = value.toObject();
            rule[u"scope"_s] = title;
            rule[u"id"_s] = u"e%1 "_s.arg(edit) + rule.value("id"_L1).toString();
            if (own.size() < 4)
                own.append(rule);
        }
        const auto put = catalog.change("PUT", "/v1/titles/" + title.toUtf8().toPercentEncoding() + "/windows",
            {{u"rules"_s, own}}, {{"If-Match", "*"}});
        QVERIFY2(put.status == 200, put.body);
        for (const QJsonValue& rule : std::as_const(own))
            others.append(rule);
        json[u"rules"_s] = others;
        const rights::Resolver resolver(*rights::ruleSetFromJson(json));
        for (int n = 0; n < 20; ++n) {
            const rights::Query query = world.query();
            const rights::Answer wanted = resolver.resolve(query);
            const auto answer = catalog.client().availability(overHttp(query));
            QVERIFY(answer);
            QCOMPARE(answer->reason,
                wanted.available ? QByteArray("NOT_PUBLISHED") : rights::reasonCode(wanted.reason).toLatin1());
            allowed += wanted.available;
        }
        const auto response
            = catalog.ask("GET", "/v1/availability?title=film&country=FR&site=web&offer=svod", {}, {}, {});
        const qint64 version
            = test::jsonOf(response.body).value("snapshot"_L1).toObject().value("version"_L1).toInteger();
        QVERIFY(version > last);
        last = version;
    }
    QVERIFY(allowed > 0);
}

void TestAnswers::questionsThatMakeNoSenseAreRefused_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<int>("status");
    const auto row
        = [](const char* name, const char* query, int status) { QTest::newRow(name) << QByteArray(query) << status; };
    row("no country", "title=film&site=web&offer=svod", 400);
    row("no site", "title=film&country=FR&offer=svod", 400);
    row("no offer", "title=film&country=FR&site=web", 400);
    row("a time that is none", "title=film&country=FR&site=web&offer=svod&at=tomorrow", 400);
    row("the thirteenth month", "title=film&country=FR&site=web&offer=svod&at=2026-13-01T00:00:00Z", 400);
    row("bad UTF-8", "title=%ff%fe&country=FR&site=web&offer=svod", 400);
    row("a half escape", "title=film%2&country=FR&site=web&offer=svod", 400);
    row("letters in an escape", "title=%zz&country=FR&site=web&offer=svod", 400);
    row("an unknown title", "title=none&country=FR&site=web&offer=svod", 200);
    row("a country that no code names", "title=film&country=ZZ&site=web&offer=svod", 400);
    row("a part of a country", "title=film&country=CA-QC&site=web&offer=svod", 400);
    row("a country that is not known", "title=film&country=XX&site=web&offer=svod", 200);
    row("a country in small letters", "title=film&country=de&site=web&offer=svod", 200);
    row("escapes where none are needed", "title=%66ilm&country=%46R&site=web&offer=svod", 200);
    row("plus is a space in a query", "title=a+film&country=FR&site=web&offer=svod", 200);
}

void TestAnswers::questionsThatMakeNoSenseAreRefused()
{
    QFETCH(QByteArray, query);
    QFETCH(int, status);
    static RunningCatalog catalog;
    const auto response = catalog.ask("GET", "/v1/availability?" + query, {}, {}, {});
    QVERIFY2(response.status == status, response.body);
    if (status == 400)
        QVERIFY(!test::jsonOf(response.body).value("detail"_L1).toString().isEmpty());
    else
        QVERIFY(!test::jsonOf(response.body).value("available"_L1).toBool());
}

void TestAnswers::windowsOfOneTitleLeaveOthersAlone()
{
    RunningCatalog catalog;
    for (const QString& id : {u"film"_s, u"other"_s})
        QCOMPARE(catalog.change("POST", "/v1/titles", {{u"id"_s, id}, {u"name"_s, id}}).status, 201);
    QCOMPARE(catalog.send(makeOperation(test::frenchWindows(), catalog.clock.now())).kind, SendOutcome::Kind::Done);
    PutWindows other = test::frenchWindows();
    other.title = TitleId(u"other"_s);
    QJsonObject rule = other.rules[0].toObject();
    rule[u"scope"_s] = u"other"_s;
    other.rules = {rule};
    const SendOutcome taken = catalog.send(makeOperation(other, catalog.clock.now()));
    QCOMPARE(taken.kind, SendOutcome::Kind::Conflict); // w1 is the film's
    QVERIFY2(taken.error.detail.contains(u"w1 is taken"_s), qPrintable(taken.error.detail));
    rule[u"id"_s] = u"w2"_s;
    other.rules = {rule};
    QCOMPARE(catalog.send(makeOperation(other, catalog.clock.now())).kind, SendOutcome::Kind::Done);
    other.rules = {};
    QCOMPARE(catalog.send(makeOperation(other, catalog.clock.now())).kind, SendOutcome::Kind::Done);
    const QJsonArray left = catalog.client().rights()->value("rules"_L1).toArray();
    QCOMPARE(left.size(), 1);
    QCOMPARE(left[0].toObject().value("id"_L1).toString(), u"w1"_s);
}

void TestAnswers::contextOfWindowsIsAddedToWhatIsThere()
{
    RunningCatalog catalog;
    QCOMPARE(catalog.change("POST", "/v1/titles", {{u"id"_s, u"film"_s}, {u"name"_s, u"N"_s}}).status, 201);
    PutWindows windows = test::frenchWindows();
    windows.context[u"groups"_s] = QJsonObject {{u"EU"_s, QJsonArray {u"FR"_s, u"DE"_s}}};
    QCOMPARE(catalog.send(makeOperation(windows, catalog.clock.now())).kind, SendOutcome::Kind::Done);
    windows.context
        = {{u"sites"_s, QJsonArray {u"tv"_s, u"web"_s}}, {u"groups"_s, QJsonObject {{u"NA"_s, QJsonArray {u"US"_s}}}}};
    QCOMPARE(catalog.send(makeOperation(windows, catalog.clock.now())).kind, SendOutcome::Kind::Done);
    const QJsonObject context = catalog.client().rights()->value("context"_L1).toObject();
    QCOMPARE(context.value("sites"_L1).toArray(), (QJsonArray {u"web"_s, u"tv"_s}));
    QCOMPARE(context.value("offers"_L1).toArray(), QJsonArray {u"svod"_s});
    QCOMPARE(context.value("groups"_L1).toObject().keys(), (QStringList {u"EU"_s, u"NA"_s}));
}

void TestAnswers::windowsThatDoNotFitAreRefusedWhole_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<QJsonValue>("value");
    QTest::newRow("another title's rule") << u"scope"_s << QJsonValue(u"other"_s);
    QTest::newRow("a country that is none")
        << u"territory"_s << QJsonValue(QJsonObject {{u"include"_s, QJsonArray {u"XQ"_s}}});
    QTest::newRow("an unknown deal") << u"deal"_s << QJsonValue(u"none"_s);
    QTest::newRow("an effect that is none") << u"effect"_s << QJsonValue(u"maybe"_s);
    QTest::newRow("a start that is none") << u"start"_s << QJsonValue(u"soon"_s);
    QTest::newRow("a member nobody knows") << u"colour"_s << QJsonValue(u"red"_s);
    QTest::newRow("no id") << u"id"_s << QJsonValue(u""_s);
}

void TestAnswers::windowsThatDoNotFitAreRefusedWhole()
{
    QFETCH(QString, member);
    QFETCH(QJsonValue, value);
    static RunningCatalog catalog;
    static const bool isPrepared = catalog.prepareFilm();
    QVERIFY(isPrepared);
    const QByteArray before = catalog.ask("GET", "/v1/rights").body;
    const qint64 entries = catalog.client().auditHead()->size;
    PutWindows windows = test::frenchWindows();
    QJsonObject rule = windows.rules[0].toObject();
    QJsonObject good = rule;
    good[u"id"_s] = u"w9"_s;
    rule[member] = value;
    windows.rules = {good, rule};
    windows.context[u"sites"_s] = QJsonArray {u"web"_s, u"new"_s};
    const SendOutcome outcome = catalog.send(makeOperation(windows, catalog.clock.now()));
    QCOMPARE(outcome.kind, SendOutcome::Kind::NeedsPerson);
    QVERIFY2(outcome.error.detail.contains(u"rules[1]"_s), qPrintable(outcome.error.detail));
    QCOMPARE(catalog.ask("GET", "/v1/rights").body, before);
    QCOMPARE(catalog.client().auditHead()->size, entries);
}

void TestAnswers::staleWindowsAreAConflict()
{
    RunningCatalog catalog;
    QVERIFY(catalog.prepareFilm());
    PutWindows mine = test::frenchWindows();
    mine.baseVersion = 0; // made before the windows that are there now
    const SendOutcome refused = catalog.send(makeOperation(mine, catalog.clock.now()));
    QCOMPARE(refused.kind, SendOutcome::Kind::Conflict);
    QCOMPARE(refused.body.value("version"_L1).toInt(), 1);
    QCOMPARE(refused.body.value("rules"_L1).toArray().size(), 1);
    mine.baseVersion = 1;
    QCOMPARE(catalog.send(makeOperation(mine, catalog.clock.now())).kind, SendOutcome::Kind::Done);
}

void TestAnswers::staleTitlesAreAConflictWithTheServersState()
{
    RunningCatalog catalog;
    const auto upsert = [&catalog](const QString& name, std::optional<qint64> base) {
        return catalog.send(makeOperation(UpsertTitle {TitleId(u"film"_s), name, {}, base}, catalog.clock.now()));
    };
    QCOMPARE(upsert(u"first"_s, 0).kind, SendOutcome::Kind::Done);
    QCOMPARE(upsert(u"mine"_s, 1).kind, SendOutcome::Kind::Done);
    const SendOutcome theirs = upsert(u"theirs"_s, 1);
    QCOMPARE(theirs.kind, SendOutcome::Kind::Conflict);
    const auto record = titleRecordFromJson(theirs.body);
    QVERIFY2(record, record ? "" : qPrintable(record.error().detail));
    QCOMPARE(record->version, 2);
    QCOMPARE(record->name, u"mine"_s);
    // The merge: what the server has is the new base.
    const SendOutcome merged = upsert(u"both"_s, record->version);
    QCOMPARE(merged.kind, SendOutcome::Kind::Done);
    QCOMPARE(merged.body.value("version"_L1).toInt(), 3);
    QCOMPARE(upsert(u"again"_s, 0).kind, SendOutcome::Kind::Conflict); // "must not exist yet"
    QCOMPARE(upsert(u"whatever is there"_s, std::nullopt).kind, SendOutcome::Kind::Done);
    QCOMPARE(catalog.client().title(TitleId(u"film"_s))->version, 4);
}

QTEST_GUILESS_MAIN(TestAnswers)
#include "tst_answers.moc"
