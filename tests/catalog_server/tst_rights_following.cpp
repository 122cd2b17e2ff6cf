#include "catalog_server/running_catalog.h"
#include "core/base/json.h"
#include "core/base/sha256.h"
#include "core/rights/resolver.h"
#include "core/rights/rule_set_json.h"
#include "support/opened_snapshot.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTest>
#include <random>

using namespace vidimus;
using namespace Qt::StringLiterals;
using test::RunningCatalog;

/// What the catalog serves after any changes, restarts and damage is what compiling all its rules gives, and it gets
/// there by deltas.
class TestRightsFollowing : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void servesWhatAFullCompileGives_data();
    void servesWhatAFullCompileGives();
    void aNewTitleCostsADelta();
    void newNamesNeedNoCompiling();
    void aRestartGoesOnWithTheKeptVersion();
    void aChangeThatWasNotPublishedIsCaughtUp();
    void damageIsNoticed_data();
    void damageIsNoticed();
    void longChainsBeginAnew();
    void tenThousandWindowsOnOneTitle();
};

namespace {

const QStringList kTitles {u"t0"_s, u"t1"_s, u"t2"_s, u"t3"_s, u"t4"_s, u"t5"_s, u"t6"_s, u"t7"_s};
const QStringList kPlaces {u"FR"_s, u"DE"_s, u"CA"_s, u"JP"_s, u"XX"_s, u"XK"_s};

QJsonObject announcement(RunningCatalog& catalog)
{
    const auto response = catalog.ask("GET", "/v1/availability/announcement");
    if (response.status != 200)
        qFatal("%s", response.body.constData());
    return test::jsonOf(response.body);
}

QByteArray fileOf(RunningCatalog& catalog, const QJsonObject& part)
{
    return catalog.ask("GET", part[u"href"].toString().toUtf8()).body;
}

/// What a follower that begins now holds: the newest snapshot and the deltas behind it.
std::unique_ptr<OpenedSnapshot> served(RunningCatalog& catalog)
{
    const QJsonObject now = announcement(catalog);
    const QJsonObject snapshot = now[u"snapshots"].toArray().last().toObject();
    auto reader = std::make_unique<OpenedSnapshot>(fileOf(catalog, snapshot));
    QString state = snapshot[u"state"].toString();
    for (const QJsonValue& value : now[u"deltas"].toArray()) {
        const QJsonObject delta = value.toObject();
        if (delta[u"from_state"].toString() != state
            || delta[u"to_version"].toInteger() < delta[u"from_version"].toInteger()
            || delta[u"href"].toString().endsWith(u"reverse"))
            continue;
        if (reader->apply(fileOf(catalog, delta)) != VAV_OK)
            return nullptr;
        state = delta[u"to_state"].toString();
    }
    return state == now[u"state"].toString() ? std::move(reader) : nullptr;
}

rights::RuleSet rulesOf(RunningCatalog& catalog)
{
    return rights::ruleSetShapeFromJson(test::jsonOf(catalog.ask("GET", "/v1/rights").body)).value();
}

/// Random changes through the front door; each is one that a client could send.
class Changes {
public:
    Changes(RunningCatalog& catalog, quint32 seed)
        : m_catalog(catalog)
        , m_random(seed)
    {
        for (const QString& title : kTitles)
            (void)add(title);
        const QJsonObject groups {{u"EU"_s, QJsonArray {u"FR"_s, u"DE"_s}}};
        (void)m_catalog.change("PUT", path(kTitles.first()) + "/windows",
            {{u"rules"_s, QJsonArray()}, {u"context"_s, QJsonObject {{u"groups"_s, groups}}}}, kAnyVersion);
    }
    int below(int bound) { return static_cast<int>(m_random() % static_cast<quint32>(bound)); }

    int change()
    {
        const QString title = kTitles[below(static_cast<int>(kTitles.size()))];
        switch (below(10)) {
        case 0:
        case 1:
            return add(title);
        case 2:
            return m_catalog.change("PATCH", path(title), {{u"rights"_s, facts(title)}}, kAnyVersion).status;
        case 3:
            return m_catalog.change("DELETE", path(title), {}, kAnyVersion).status;
        default:
            return m_catalog.change("PUT", path(title) + "/windows", windows(title), kAnyVersion).status;
        }
    }

private:
    int add(const QString& title)
    {
        return m_catalog
            .change("POST", "/v1/titles", {{u"id"_s, title}, {u"name"_s, title}, {u"rights"_s, facts(title)}})
            .status;
    }
    static QByteArray path(const QString& title) { return "/v1/titles/" + title.toUtf8(); }

    QJsonObject facts(const QString& title)
    {
        const QStringList kinds {u"film"_s, u"series"_s, u"season"_s, u"episode"_s};
        QJsonObject facts {{u"kind"_s, kinds[below(4)]}};
        // A title is a part of one with a smaller number, so that there is no circle.
        const int number = title.mid(1).toInt();
        if (number > 0 && below(4) > 0)
            facts[u"parent"_s] = kTitles[below(number)];
        if (below(5) == 0)
            facts[u"link"_s] = u"supplement"_s;
        if (below(4) == 0)
            facts[u"allow_mode"_s] = u"replace"_s;
        return facts;
    }

    QString day() { return u"2026-01-%1T00:00:00Z"_s.arg(1 + below(15), 2, 10, QChar(u'0')); }

    QJsonObject windows(const QString& title)
    {
        QJsonArray rules;
        QJsonObject deals;
        for (int i = below(4); i > 0; --i) {
            const bool allows = below(5) > 0;
            QJsonArray include {kPlaces[below(static_cast<int>(kPlaces.size()))]};
            include.append(below(2) == 0 ? u"EU"_s : u"CA-QC"_s);
            QJsonObject rule {{u"id"_s, title + u"-%1"_s.arg(++m_rules)},
                {u"effect"_s, allows ? u"allow"_s : u"deny"_s}, {u"scope"_s, title},
                {u"territory"_s, QJsonObject {{u"include"_s, include}}}, {u"start"_s, day()},
                {u"sites"_s, below(2) == 0 ? QJsonValue(u"*"_s) : QJsonArray {u"s%1"_s.arg(below(3 + m_rules / 20))}},
                {u"offers"_s, below(2) == 0 ? QJsonValue(u"*"_s) : QJsonArray {u"svod"_s}},
                {u"applies"_s, below(3) == 0 ? u"self"_s : u"both"_s}};
            if (!allows)
                rule[u"kind"_s] = below(2) == 0 ? u"takedown"_s : u"blackout"_s;
            if (allows && below(2) == 0) {
                const QString deal = u"K%1"_s.arg(below(2));
                rule[u"deal"_s] = deal;
                deals[deal]
                    = QJsonObject {{u"status"_s, below(3) > 0 ? u"active"_s : u"suspended"_s}, {u"start"_s, day()}};
            }
            rules.append(rule);
        }
        // Every name that a rule uses has to be known, and a group gets a version with other members now and then.
        QJsonArray sites;
        for (int site = 0; site < 3 + m_rules / 20; ++site)
            sites.append(u"s%1"_s.arg(site));
        QJsonObject groups;
        if (below(6) == 0) {
            QJsonArray members {u"FR"_s};
            if (below(2) == 0)
                members.append(u"JP"_s);
            groups[u"EU@%1"_s.arg(++m_groupVersion)] = members;
        }
        return {{u"rules"_s, rules}, {u"deals"_s, deals},
            {u"context"_s,
                QJsonObject {{u"groups"_s, groups}, {u"sites"_s, sites}, {u"offers"_s, QJsonArray {u"svod"_s}}}}};
    }

    static inline const catalog::HttpHeaders kAnyVersion {{"If-Match", "*"}};
    RunningCatalog& m_catalog;
    std::mt19937 m_random;
    int m_rules = 0, m_groupVersion = 1;
};

/// The first question on which the two do not agree; empty when they do.
QByteArray difference(RunningCatalog& catalog, Changes& random, int* available)
{
    const rights::RuleSet rules = rulesOf(catalog);
    const rights::Resolver resolver(rules);
    const auto reader = served(catalog);
    if (!reader)
        return "the feed does not lead to what is announced";
    for (int i = 0; i < 300; ++i) {
        rights::Query query {.title = TitleId(kTitles[random.below(static_cast<int>(kTitles.size()))]),
            .country = kPlaces[random.below(static_cast<int>(kPlaces.size()))],
            .site = u"s%1"_s.arg(random.below(6)),
            .offer = random.below(4) == 0 ? u"est"_s : u"svod"_s};
        if (query.country == u"CA" && random.below(2) == 0)
            query.subdivision = u"CA-QC"_s;
        query.at = Instant {Milliseconds {1767225600000LL + random.below(30) * 86400000LL}};
        const rights::Answer expected = resolver.resolve(query);
        const vav_answer actual = askState(reader->state, query);
        *available += expected.available;
        if (actual.available != expected.available || termsOf(actual) != expected.termsFrom.toString())
            return toJson(rights::toJson(query)) + toJson(rights::toJson(rules));
    }
    return {};
}

QJsonObject frenchTitle(const QString& title)
{
    QJsonObject rule = test::frenchWindows().rules.first().toObject();
    rule[u"id"_s] = u"w-"_s + title;
    rule[u"scope"_s] = title;
    return {{u"rules"_s, QJsonArray {rule}}};
}

bool addFrenchTitle(RunningCatalog& catalog, const QString& title)
{
    const catalog::HttpHeaders any {{"If-Match", "*"}};
    return catalog.change("POST", "/v1/titles", {{u"id"_s, title}, {u"name"_s, title}}).status == 201
        && catalog.change("PUT", "/v1/titles/" + title.toUtf8() + "/windows", frenchTitle(title), any).status == 200;
}

bool plays(RunningCatalog& catalog, const QString& title)
{
    const auto reader = served(catalog);
    rights::Query query {.title = TitleId(title), .country = u"FR"_s, .site = u"web"_s, .offer = u"svod"_s};
    query.at = catalog.clock.now();
    return reader && askState(reader->state, query).available;
}

qsizetype snapshotsOf(RunningCatalog& catalog)
{
    return announcement(catalog)[u"snapshots"].toArray().size();
}

} // namespace

void TestRightsFollowing::servesWhatAFullCompileGives_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= (qEnvironmentVariableIsSet("VIDIMUS_LONG") ? 200U : 4U); ++seed)
        QTest::addRow("world %u", seed) << seed;
}

void TestRightsFollowing::servesWhatAFullCompileGives()
{
    QFETCH(quint32, seed);
    RunningCatalog catalog;
    Changes changes(catalog, seed);
    int done = 0, available = 0;
    for (int i = 0; i < 50; ++i) {
        done += changes.change() < 300;
        if (changes.below(12) == 0)
            catalog.restart();
        if (changes.below(3) > 0)
            continue; // several changes between two looks
        const QByteArray fault = difference(catalog, changes, &available);
        QVERIFY2(fault.isEmpty(), fault);
    }
    QVERIFY(done > 15);
    QVERIFY(available > 5);
}

void TestRightsFollowing::aNewTitleCostsADelta()
{
    RunningCatalog catalog;
    QVERIFY(catalog.prepareFilm());
    const qsizetype before = snapshotsOf(catalog);
    QVERIFY(addFrenchTitle(catalog, u"new"_s));
    QVERIFY(plays(catalog, u"new"_s));
    QCOMPARE(catalog.change("DELETE", "/v1/titles/new", {}, {{"If-Match", "*"}}).status, 204);
    QVERIFY(!plays(catalog, u"new"_s));
    QCOMPARE(snapshotsOf(catalog), before);
}

void TestRightsFollowing::newNamesNeedNoCompiling()
{
    RunningCatalog catalog;
    QVERIFY(catalog.prepareFilm());
    QVERIFY(plays(catalog, u"film"_s));
    QJsonObject body = frenchTitle(u"film"_s);
    QJsonObject rule = body[u"rules"].toArray().first().toObject();
    rule[u"sites"_s] = QJsonArray {u"kiosk"_s};
    rule[u"territory"_s] = QJsonObject {{u"include"_s, QJsonArray {u"FR"_s, u"XK"_s}}};
    body[u"rules"_s] = QJsonArray {rule};
    body[u"context"_s] = QJsonObject {{u"sites"_s, QJsonArray {u"kiosk"_s}}};
    const qint64 titles = announcement(catalog)[u"version"].toInteger();
    QCOMPARE(catalog.change("PUT", "/v1/titles/film/windows", body, {{"If-Match", "*"}}).status, 200);
    QCOMPARE(announcement(catalog)[u"version"].toInteger(), titles + 1);
    const auto reader = served(catalog);
    QVERIFY(reader);
    rights::Query query {.title = TitleId(u"film"_s), .country = u"XK"_s, .site = u"kiosk"_s, .offer = u"svod"_s};
    query.at = catalog.clock.now();
    QVERIFY(askState(reader->state, query).available);
    query.site = u"web"_s;
    QVERIFY(!askState(reader->state, query).available);
    query.site = u"kiosk"_s;
    query.country = u"XZ"_s;
    QVERIFY(!askState(reader->state, query).available);
}

void TestRightsFollowing::aRestartGoesOnWithTheKeptVersion()
{
    RunningCatalog catalog;
    QVERIFY(catalog.prepareFilm() && addFrenchTitle(catalog, u"one"_s));
    const QJsonObject before = announcement(catalog);
    catalog.restart();
    const QJsonObject after = announcement(catalog);
    QCOMPARE(after[u"state"].toString(), before[u"state"].toString());
    QCOMPARE(after[u"snapshots"].toArray().size(), before[u"snapshots"].toArray().size());
    QVERIFY(addFrenchTitle(catalog, u"two"_s)); // what only a change needs was read meanwhile
    QVERIFY(plays(catalog, u"two"_s) && plays(catalog, u"one"_s));
    QCOMPARE(snapshotsOf(catalog), after[u"snapshots"].toArray().size());
}

/// Killed after the commit and before the delta was kept.
void TestRightsFollowing::aChangeThatWasNotPublishedIsCaughtUp()
{
    RunningCatalog catalog;
    QVERIFY(catalog.prepareFilm() && addFrenchTitle(catalog, u"one"_s));
    const QJsonObject before = announcement(catalog);
    QVERIFY(addFrenchTitle(catalog, u"two"_s));
    const qint64 version = announcement(catalog)[u"version"].toInteger();
    QFile list(catalog.folder() + u"/availability/versions.jsonl"_s);
    QVERIFY(list.open(QIODevice::ReadOnly));
    QList<QByteArray> lines = list.readAll().trimmed().split('\n');
    list.close();
    lines.resize(lines.size() - 2);
    QVERIFY(list.open(QIODevice::WriteOnly | QIODevice::Truncate));
    list.write(lines.join('\n') + '\n');
    list.close();
    catalog.restart();
    QVERIFY(plays(catalog, u"two"_s));
    QCOMPARE(announcement(catalog)[u"version"].toInteger(), version);
    QCOMPARE(snapshotsOf(catalog), before[u"snapshots"].toArray().size());
}

void TestRightsFollowing::damageIsNoticed_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addRow("a bit of the snapshot") << u"*.snapshot"_s << QByteArray() << QByteArray();
    QTest::addRow("a bit of a delta") << u"*.delta"_s << QByteArray() << QByteArray();
    QTest::addRow("another compiler") << u"versions.jsonl"_s << QByteArray("\"compiler\":\"")
                                      << QByteArray("\"compiler\":\"9");
    QTest::addRow("of other rows") << u"versions.jsonl"_s << QByteArray("\"stamp\":\"") << QByteArray("\"stamp\":\"x");
    QTest::addRow("no list") << u"versions.jsonl"_s << QByteArray("{") << QByteArray("[");
}

void TestRightsFollowing::damageIsNoticed()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    RunningCatalog catalog;
    QVERIFY(catalog.prepareFilm() && addFrenchTitle(catalog, u"one"_s));
    QVERIFY(plays(catalog, u"one"_s));
    QVERIFY(addFrenchTitle(catalog, u"two"_s));
    const QJsonObject before = announcement(catalog);
    QVERIFY(!before[u"deltas"].toArray().isEmpty());
    const QDir folder(catalog.folder() + u"/availability"_s);
    for (const QString& one : folder.entryList({name})) {
        QFile file(folder.filePath(one));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QByteArray bytes = file.readAll();
        if (from.isEmpty())
            bytes[bytes.size() - 1] = static_cast<char>(bytes.back() ^ 1);
        bytes.replace(from, from.isEmpty() ? QByteArray() : to);
        QVERIFY(file.seek(0) && file.resize(0) && file.write(bytes) == bytes.size());
    }
    catalog.restart();
    const QJsonObject after = announcement(catalog); // made anew
    QCOMPARE(after[u"version"].toInteger(), before[u"version"].toInteger());
    QVERIFY(after[u"snapshots"].toArray().last() != before[u"snapshots"].toArray().last());
    QVERIFY(plays(catalog, u"one"_s) && plays(catalog, u"two"_s) && plays(catalog, u"film"_s));
}

void TestRightsFollowing::longChainsBeginAnew()
{
    RunningCatalog catalog;
    QVERIFY(catalog.prepareFilm() && plays(catalog, u"film"_s));
    const qsizetype before = snapshotsOf(catalog);
    catalog.service().backend().feed->setDeltasPerSnapshot(10);
    for (int i = 0; i < 12; ++i) {
        QCOMPARE(
            catalog.change("PUT", "/v1/titles/film/windows", frenchTitle(u"film"_s), {{"If-Match", "*"}}).status, 200);
    }
    QCOMPARE(snapshotsOf(catalog), before + 1);
    const QString state = announcement(catalog)[u"state"].toString();
    catalog.restart();
    QCOMPARE(announcement(catalog)[u"state"].toString(), state);
    QVERIFY(addFrenchTitle(catalog, u"one"_s) && plays(catalog, u"one"_s));
}

void TestRightsFollowing::tenThousandWindowsOnOneTitle()
{
    RunningCatalog catalog;
    QVERIFY(catalog.prepareFilm());
    catalog::PutWindows windows = test::frenchWindows();
    QJsonObject rule = windows.rules.first().toObject();
    windows.rules = {};
    for (int i = 0; i < 10'000; ++i) {
        rule[u"id"_s] = u"window %1"_s.arg(i);
        rule[u"start"_s] = toRfc3339(Instant {std::chrono::hours(i)});
        windows.rules.append(rule);
    }
    const auto sent = catalog.send(catalog::makeOperation(windows, catalog.clock.now()));
    QCOMPARE(sent.kind, catalog::SendOutcome::Kind::Done);
    QCOMPARE(sent.body[u"rules"].toArray().size(), 10'000);
    QVERIFY(plays(catalog, u"film"_s));
    catalog.restart();
    QVERIFY(plays(catalog, u"film"_s));
    const QByteArray much(33 << 20, ' ');
    QCOMPARE(catalog.ask("PUT", "/v1/titles/film/windows", much, {{"Content-Type", "application/json"}}).status, 413);
}

QTEST_GUILESS_MAIN(TestRightsFollowing)
#include "tst_rights_following.moc"
