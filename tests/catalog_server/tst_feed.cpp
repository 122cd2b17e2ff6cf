#include "catalog_server/running_catalog.h"
#include "core/base/json.h"
#include "core/base/sha256.h"
#include "core/base/signature.h"
#include "core/rights/rule_set_json.h"
#include "support/opened_snapshot.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTest>

using namespace vidimus;
using namespace Qt::StringLiterals;
using test::RunningCatalog;

/// The feed of compiled rights, as another backend follows it, and going back by a pin.
class TestFeed : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void followersArriveWhereTheCatalogStands();
    void aNewDealCostsADelta();
    void announcementIsSignedAndKeepsItsTag();
    void rangesAndTags();
    void pinPutsAnOlderVersionBackAtOnce();
    void pinOutlivesARestart();
    void refusesWhatIsNotKept();
    void damagedVersionIsNeverServedAsAnother();
    void otherQuestionsAreAnsweredFromTheRules();

private:
    static QJsonObject announcement(RunningCatalog& catalog);
    static bool allow(RunningCatalog& catalog, const QString& country);
    static QString answer(RunningCatalog& catalog, const QByteArray& country, const QByteArray& more = {});
    static QByteArray get(RunningCatalog& catalog, const QJsonObject& part);
    static int pin(RunningCatalog& catalog, qint64 version);
};

QJsonObject TestFeed::announcement(RunningCatalog& catalog)
{
    const auto response = catalog.ask("GET", "/v1/availability/announcement");
    if (response.status != 200)
        qFatal("%s", response.body.constData());
    return test::jsonOf(response.body);
}

bool TestFeed::allow(RunningCatalog& catalog, const QString& country)
{
    catalog::PutWindows windows = test::frenchWindows();
    QJsonObject rule = windows.rules.first().toObject();
    rule[u"territory"_s] = QJsonObject {{u"include"_s, QJsonArray {country}}};
    windows.rules = {rule};
    return catalog.send(catalog::makeOperation(windows, catalog.clock.now())).kind == catalog::SendOutcome::Kind::Done;
}

QString TestFeed::answer(RunningCatalog& catalog, const QByteArray& country, const QByteArray& more)
{
    const auto response
        = catalog.ask("GET", "/v1/availability?title=film&site=web&offer=svod&country=" + country + more, {}, {}, {});
    const QJsonObject json = test::jsonOf(response.body);
    return json[u"available"].toBool() ? u"yes"_s : json[u"reason"].toString(QString::fromUtf8(response.body));
}

QByteArray TestFeed::get(RunningCatalog& catalog, const QJsonObject& part)
{
    const auto response = catalog.ask("GET", part[u"href"].toString().toUtf8());
    if (response.status != 200 || QString::fromLatin1(sha256(response.body).toHex()) != part[u"sha256"].toString())
        qFatal("not what was announced");
    return response.body;
}

int TestFeed::pin(RunningCatalog& catalog, qint64 version)
{
    return catalog.change("POST", "/v1/availability:pin", {{u"version"_s, version}}).status;
}

void TestFeed::followersArriveWhereTheCatalogStands()
{
    RunningCatalog catalog;
    QVERIFY(catalog.prepareFilm());
    const QJsonObject first = announcement(catalog);
    const QByteArray key = QByteArray::fromHex(first[u"public_key"].toString().toLatin1());
    OpenedSnapshot reader(get(catalog, first[u"snapshots"].toArray().last().toObject()),
        reinterpret_cast<const std::uint8_t*>(key.constData()));
    QCOMPARE(reader.status, VAV_OK);
    const auto standsAt = [&reader](const QJsonObject& there) {
        return QByteArray(reinterpret_cast<const char*>(vav_state_id(reader.state)), VAV_STATE_ID_BYTES).toHex()
            == there[u"state"].toString().toLatin1();
    };
    QVERIFY(standsAt(first));
    for (const QString& country : {u"DE"_s, u"JP"_s, u"FR"_s}) {
        QVERIFY(allow(catalog, country));
        const QJsonObject next = announcement(catalog);
        const QJsonArray deltas = next[u"deltas"].toArray();
        const QJsonObject back = deltas.last().toObject(), on = deltas.at(deltas.size() - 2).toObject();
        QCOMPARE(on[u"to_version"].toInteger(), next[u"version"].toInteger());
        const QByteArray before = QByteArray(reinterpret_cast<const char*>(vav_state_id(reader.state)), 16);
        QCOMPARE(reader.apply(get(catalog, on)), VAV_OK);
        QVERIFY(standsAt(next));
        QCOMPARE(vav_version(reader.state), static_cast<quint64>(next[u"version"].toInteger()));
        rights::Query query {.title = TitleId(u"film"_s), .country = country, .site = u"web"_s, .offer = u"svod"_s};
        query.at = catalog.clock.now();
        QVERIFY(askState(reader.state, query).available);
        QCOMPARE(reader.apply(get(catalog, back)), VAV_OK);
        QCOMPARE(QByteArray(reinterpret_cast<const char*>(vav_state_id(reader.state)), 16), before);
        QCOMPARE(reader.apply(get(catalog, on)), VAV_OK);
    }
}

void TestFeed::aNewDealCostsADelta()
{
    RunningCatalog catalog;
    QVERIFY(catalog.prepareFilm());
    QCOMPARE(catalog.publishFilm().kind, catalog::SendOutcome::Kind::Done);
    const QJsonObject first = announcement(catalog);
    const auto put = [&catalog](rights::DealStatus status) {
        catalog::PutWindows windows = test::frenchWindows();
        QJsonObject rule = windows.rules.first().toObject();
        rule[u"deal"_s] = u"K-1"_s;
        rule[u"territory"_s] = QJsonObject {{u"include"_s, QJsonArray {u"DE"_s}}};
        windows.rules = {rule};
        rights::Deal deal;
        deal.id = DealId(u"K-1"_s);
        deal.status = status;
        windows.deals = {{u"K-1"_s, rights::toJson(deal)}};
        return catalog.send(catalog::makeOperation(windows, catalog.clock.now())).kind;
    };
    QCOMPARE(put(rights::DealStatus::Active), catalog::SendOutcome::Kind::Done);
    const QJsonObject second = announcement(catalog);
    QCOMPARE(second[u"version"].toInteger(), first[u"version"].toInteger() + 1);
    QCOMPARE(second[u"snapshots"].toArray().size(), first[u"snapshots"].toArray().size());
    QCOMPARE(second[u"deltas"].toArray().size(), first[u"deltas"].toArray().size() + 2);
    QCOMPARE(answer(catalog, "DE"), u"yes"_s);
    QCOMPARE(answer(catalog, "FR"), u"TERRITORY"_s);
    // A deal that stood before may hold for others too.
    QCOMPARE(put(rights::DealStatus::Suspended), catalog::SendOutcome::Kind::Done);
    QCOMPARE(answer(catalog, "DE"), u"STATUS"_s);
}

void TestFeed::announcementIsSignedAndKeepsItsTag()
{
    RunningCatalog catalog;
    QVERIFY(catalog.prepareFilm());
    QJsonObject json = announcement(catalog);
    const QByteArray signature = QByteArray::fromHex(json.take(u"signature"_s).toString().toLatin1());
    const QByteArray key = QByteArray::fromHex(json[u"public_key"].toString().toLatin1());
    QVERIFY(verifySignature(key, canonicalJson(json), signature));
    json[u"version"_s] = 99;
    QVERIFY(!verifySignature(key, canonicalJson(json), signature));
    QVERIFY(!json[u"time_zones"].toString().isEmpty());
    const QByteArray tag = catalog.ask("GET", "/v1/availability/announcement").header("ETag");
    QVERIFY(!tag.isEmpty());
    const auto again = catalog.ask("GET", "/v1/availability/announcement", {}, {{"If-None-Match", tag}});
    QCOMPARE(again.status, 304);
    QVERIFY(again.body.isEmpty());
    QVERIFY(allow(catalog, u"DE"_s));
    QCOMPARE(catalog.ask("GET", "/v1/availability/announcement", {}, {{"If-None-Match", tag}}).status, 200);
}

void TestFeed::rangesAndTags()
{
    RunningCatalog catalog;
    QVERIFY(catalog.prepareFilm());
    const QJsonObject snapshot = announcement(catalog)[u"snapshots"].toArray().last().toObject();
    const QByteArray path = snapshot[u"href"].toString().toUtf8(), whole = get(catalog, snapshot);
    const auto part = catalog.ask("GET", path, {}, {{"Range", "bytes=8-39"}});
    QCOMPARE(part.status, 206);
    QCOMPARE(part.body, whole.mid(8, 32));
    QVERIFY(part.header("Cache-Control").contains("immutable"));
    QCOMPARE(catalog.ask("GET", path, {}, {{"Range", "bytes=999999999-"}}).status, 416);
    const QByteArray tag = part.header("ETag");
    QCOMPARE(catalog.ask("GET", path, {}, {{"If-None-Match", tag}}).status, 304);
    QCOMPARE(catalog.ask("GET", path, {}, {{"Range", "bytes=0-0"}, {"If-Range", "\"else\""}}).status, 200);
}

void TestFeed::pinPutsAnOlderVersionBackAtOnce()
{
    RunningCatalog catalog;
    QVERIFY(catalog.prepareFilm() && catalog.publishFilm().kind == catalog::SendOutcome::Kind::Done);
    const qint64 french = announcement(catalog)[u"version"].toInteger();
    QVERIFY(allow(catalog, u"DE"_s));
    QCOMPARE(answer(catalog, "FR"), u"TERRITORY"_s);
    QCOMPARE(answer(catalog, "DE"), u"yes"_s);
    QCOMPARE(pin(catalog, 0), 400);
    QCOMPARE(pin(catalog, -1), 400);
    QCOMPARE(pin(catalog, french), 200);
    QCOMPARE(answer(catalog, "FR"), u"yes"_s);
    QCOMPARE(answer(catalog, "DE"), u"PINNED"_s);
    QVERIFY(allow(catalog, u"JP"_s)); // goes on behind the pin
    QCOMPARE(answer(catalog, "FR"), u"yes"_s);
    const QJsonObject pinned = announcement(catalog);
    QCOMPARE(pinned[u"version"].toInteger(), french);
    QVERIFY(pinned[u"newest_version"].toInteger() > french + 1);
    QCOMPARE(pinned[u"pin"].toObject()[u"version"].toInteger(), french);
    for (int i = 0; i < 2; ++i) // repeating it is no error
        QCOMPARE(catalog.change("POST", "/v1/availability:unpin", {}).status, 200);
    QCOMPARE(answer(catalog, "FR"), u"TERRITORY"_s);
    QCOMPARE(answer(catalog, "JP"), u"yes"_s);
    QVERIFY(announcement(catalog)[u"pin"].isNull());
    const QByteArray log = catalog.ask("GET", "/v1/audit?from=1&limit=100").body;
    QVERIFY(log.contains("pin_availability") && log.contains("unpin_availability"));
}

void TestFeed::pinOutlivesARestart()
{
    RunningCatalog catalog;
    QVERIFY(catalog.prepareFilm() && catalog.publishFilm().kind == catalog::SendOutcome::Kind::Done);
    const qint64 french = announcement(catalog)[u"version"].toInteger();
    QVERIFY(allow(catalog, u"DE"_s));
    QVERIFY(allow(catalog, u"JP"_s));
    QCOMPARE(pin(catalog, french + 1), 200);
    catalog.restart();
    QCOMPARE(answer(catalog, "DE"), u"yes"_s);
    QCOMPARE(answer(catalog, "JP"), u"PINNED"_s);
    QCOMPARE(announcement(catalog)[u"version"].toInteger(), french + 1);
    QCOMPARE(catalog.change("POST", "/v1/availability:unpin", {}).status, 200);
    QCOMPARE(answer(catalog, "JP"), u"yes"_s);
}

void TestFeed::refusesWhatIsNotKept()
{
    RunningCatalog catalog;
    QVERIFY(catalog.prepareFilm());
    (void)announcement(catalog);
    QCOMPARE(pin(catalog, 999), 404);
    QCOMPARE(catalog.change("POST", "/v1/availability:pin", {{u"version"_s, u"one"_s}}).status, 400);
    QCOMPARE(catalog.change("POST", "/v1/availability:pin", {{u"version"_s, 1}, {u"also"_s, 2}}).status, 400);
    for (const QByteArray path : {"/v1/availability/snapshots/0", "/v1/availability/snapshots/x",
             "/v1/availability/snapshots/..%2faudit.key", "/v1/availability/deltas/1",
             "/v1/availability/deltas/1:reverse", "/v1/availability/snapshots/99999999999999999999"})
        QCOMPARE(catalog.ask("GET", path).status, 404);
}

void TestFeed::damagedVersionIsNeverServedAsAnother()
{
    RunningCatalog catalog;
    QVERIFY(catalog.prepareFilm() && catalog.publishFilm().kind == catalog::SendOutcome::Kind::Done);
    const qint64 french = announcement(catalog)[u"version"].toInteger();
    QVERIFY(allow(catalog, u"DE"_s));
    QCOMPARE(pin(catalog, french), 200);
    const QDir folder(catalog.folder() + u"/availability"_s);
    for (const QString& name : folder.entryList({u"*.snapshot"_s})) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(300) && file.write("damage") == 6);
    }
    catalog.restart();
    QCOMPARE(catalog.ask("GET", "/v1/availability?title=film&site=web&offer=svod&country=DE", {}, {}, {}).status, 503);
    QCOMPARE(catalog.change("POST", "/v1/availability:unpin", {}).status, 200);
    QCOMPARE(answer(catalog, "DE"), u"yes"_s);
}

void TestFeed::otherQuestionsAreAnsweredFromTheRules()
{
    RunningCatalog catalog;
    QVERIFY(catalog.prepareFilm());
    catalog::PutWindows windows = test::frenchWindows();
    QJsonObject rule = windows.rules.first().toObject();
    rule[u"announced"_s] = QJsonObject {};
    windows.rules = {rule};
    QVERIFY(
        catalog.send(catalog::makeOperation(windows, catalog.clock.now())).kind == catalog::SendOutcome::Kind::Done);
    QCOMPARE(answer(catalog, "FR"), u"NOT_PUBLISHED"_s);
    QCOMPARE(answer(catalog, "FR", "&question=announced"), u"yes"_s); // before anything is published
    QCOMPARE(answer(catalog, "DE", "&question=announced"), u"TERRITORY"_s);
    QCOMPARE(answer(catalog, "FR", "&question=pre_order"), u"NO_RIGHTS"_s);
    QCOMPARE(
        catalog.ask("GET", "/v1/availability?site=web&offer=svod&country=FR&question=announced", {}, {}, {}).status,
        400);
    QCOMPARE(catalog.ask("GET", "/v1/availability?title=film&site=web&offer=svod&country=FR&question=why", {}, {}, {})
                 .status,
        400);
}

QTEST_GUILESS_MAIN(TestFeed)
#include "tst_feed.moc"
