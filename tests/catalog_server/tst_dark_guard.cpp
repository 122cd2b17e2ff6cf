#include "catalog_server/running_catalog.h"
#include "core/catalog_server/dark_guard.h"
#include "core/rights/rule_set_json.h"

#include <QJsonArray>
#include <QTest>

using namespace vidimus;
using namespace vidimus::catalog_server;
using namespace Qt::StringLiterals;
using test::RunningCatalog;

/// No silent mass removal: what darkens much of a site waits for a second person.
class TestDarkGuard : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsAnHourTogether();
    void confirmingIsForSomebodyElse();
    void aRestartForgetsNothing();
    void dropByDropIsHeldToo();
    void aWholeSetIsHeld();
    void aDealThatEndsDarkensAllItsTitles();
    void deletedTitlesCountToo();
    void gainsAndFewTitlesAreNotHeld();
    void grantsThatNameNoSiteAreGuarded_data();
    void grantsThatNameNoSiteAreGuarded();

private:
    static void fill(RunningCatalog& catalog, int titles);
    static catalog::HttpResponse clear(RunningCatalog& catalog, int title);
};

namespace {

QJsonObject rule(int title, const QString& country = u"FR"_s)
{
    return {{u"id"_s, u"r%1"_s.arg(title)}, {u"effect"_s, u"allow"_s}, {u"scope"_s, u"t%1"_s.arg(title)},
        {u"deal"_s, u"d"_s}, {u"territory"_s, QJsonObject {{u"include"_s, QJsonArray {country}}}},
        {u"sites"_s, QJsonArray {u"web"_s}}, {u"offers"_s, QJsonArray {u"svod"_s}}};
}

QJsonObject wholeSet(int titles, int granted)
{
    QJsonObject names;
    QJsonArray rules;
    for (int i = 0; i < titles; ++i) {
        names.insert(u"t%1"_s.arg(i), QJsonObject {{u"kind"_s, u"film"_s}});
        if (i < granted)
            rules.append(rule(i));
    }
    return {{u"version"_s, 1},
        {u"context"_s,
            QJsonObject {
                {u"sites"_s, QJsonArray {u"web"_s}}, {u"offers"_s, QJsonArray {u"svod"_s}}, {u"titles"_s, names}}},
        {u"deals"_s, QJsonObject {{u"d"_s, QJsonObject {{u"licensor"_s, u"L"_s}}}}}, {u"rules"_s, rules}};
}

const catalog::HttpHeaders kAnyVersion {{"If-Match", "*"}};

int put(RunningCatalog& catalog, const QJsonObject& set)
{
    return catalog.change("PUT", "/v1/rights", set, kAnyVersion).status;
}

/// A token of somebody else with every scope that is needed here.
QByteArray secondPerson(RunningCatalog& catalog)
{
    const auto made = catalog.change("POST", "/v1/tokens",
        {{u"name"_s, u"second"_s}, {u"scopes"_s, QJsonArray {u"feed:announce"_s, u"feed:read"_s}}});
    return test::jsonOf(made.body).value("token"_L1).toString().toLatin1();
}

int confirm(RunningCatalog& catalog, const QString& hold, const QByteArray& token)
{
    return catalog
        .ask("POST", "/v1/availability/holds/" + hold.toUtf8() + ":confirm", {},
            {{"Idempotency-Key", newUuid().toLatin1()}}, token)
        .status;
}

} // namespace

void TestDarkGuard::fill(RunningCatalog& catalog, int titles)
{
    QCOMPARE(put(catalog, wholeSet(titles, titles)), 200);
    (void)catalog.ask("GET", "/v1/availability?title=t0&country=FR&site=web&offer=svod", {}, {}, {});
}

catalog::HttpResponse TestDarkGuard::clear(RunningCatalog& catalog, int title)
{
    const QByteArray path = "/v1/titles/t" + QByteArray::number(title) + "/windows";
    return catalog.change("PUT", path, {{u"rules"_s, QJsonArray {}}}, kAnyVersion);
}

void TestDarkGuard::countsAnHourTogether()
{
    const Instant start {Milliseconds {1'767'225'600'000}};
    DarkGuard guard(0.2);
    qint64 picture = 0; // a new one after each write
    const auto take = [&](qint64 lost, Instant at, qint64 live) {
        return guard.check(u"a"_s, u"x"_s, {{u"web"_s, live, lost}, {u"tv"_s, 50, -3}}, ++picture, at).has_value();
    };
    QVERIFY(!take(10, start, 100));
    QVERIFY(!take(10, start + std::chrono::minutes(30), 90));
    QVERIFY(take(1, start + std::chrono::minutes(59), 80)); // 21 of 100
    QVERIFY(!take(1, start + std::chrono::minutes(60), 80)); // the first ten are an hour old
    QVERIFY(take(60, start + std::chrono::hours(3), 100));
    QVERIFY(!DarkGuard(1).check(u"a"_s, u"x"_s, {{u"web"_s, 5, 5}}, 1, start));
    // Writes that the picture has not followed yet: what they took is still counted as live in it.
    DarkGuard behind(0.2);
    QVERIFY(!behind.check(u"a"_s, u"x"_s, {{u"web"_s, 100, 15}}, 7, start));
    QVERIFY(behind.check(u"a"_s, u"x"_s, {{u"web"_s, 100, 6}}, 7, start)); // 21 of 100, not of 115
}

void TestDarkGuard::confirmingIsForSomebodyElse()
{
    const Instant start {Milliseconds {1'767'225'600'000}};
    DarkGuard guard(0.2);
    const std::vector<SiteLoss> losses {{u"web"_s, 100, 80}};
    const auto hold = guard.check(u"a"_s, u"x"_s, losses, 1, start);
    QVERIFY(hold);
    QCOMPARE(guard.check(u"a"_s, u"y"_s, losses, 1, start)->id, hold->id); // one for a person
    QCOMPARE(guard.confirm(hold->id, u"a"_s, start).error().code, ErrorCode::Denied);
    QCOMPARE(guard.confirm(u"nothing"_s, u"b"_s, start).error().code, ErrorCode::NotFound);
    QVERIFY(guard.confirm(hold->id, u"b"_s, start));
    QVERIFY(guard.holds(start).empty());
    QVERIFY(!guard.check(u"a"_s, u"x"_s, losses, 1, start));
    QVERIFY(guard.check(u"b"_s, u"x"_s, losses, 1, start)); // not for others
    QVERIFY(guard.check(u"a"_s, u"x"_s, losses, 1, start + std::chrono::hours(2))); // and not for ever
    QCOMPARE(guard.confirm(hold->id, u"b"_s, start + std::chrono::hours(4)).error().code, ErrorCode::NotFound);
}

void TestDarkGuard::aRestartForgetsNothing()
{
    const Instant start {Milliseconds {1'767'225'600'000}};
    const std::vector<SiteLoss> losses {{u"web"_s, 100, 15}};
    DarkGuard guard(0.2);
    QVERIFY(!guard.takeChanged());
    QVERIFY(!guard.check(u"a"_s, u"x"_s, losses, 1, start));
    QVERIFY(guard.takeChanged());
    QVERIFY(!guard.takeChanged());
    DarkGuard after(0.2);
    after.restore(guard.saved());
    QVERIFY(!after.takeChanged());
    const auto hold = after.check(u"a"_s, u"y"_s, losses, 2, start + std::chrono::minutes(5)); // counted together
    QVERIFY(hold);
    DarkGuard again(0.2);
    again.restore(after.saved());
    QCOMPARE(again.holds(start + std::chrono::minutes(6)).front().id, hold->id);
    QCOMPARE(again.holds(start + std::chrono::minutes(6)).front().losses.front().lost, 30);
    QVERIFY(again.confirm(hold->id, u"b"_s, start + std::chrono::minutes(7)));
    guard.restore(again.saved());
    QVERIFY(!guard.check(u"a"_s, u"y"_s, losses, 2, start + std::chrono::minutes(8)));
    QVERIFY(guard.check(u"c"_s, u"y"_s, losses, 3, start + std::chrono::minutes(9))); // granted to one person alone
    guard.restore({{u"holds"_s, u"nonsense"_s}});
    QVERIFY(guard.holds(start).empty());

    RunningCatalog catalog;
    fill(catalog, 30);
    QCOMPARE(put(catalog, wholeSet(30, 10)), 409);
    const auto held
        = [&catalog] { return test::jsonOf(catalog.ask("GET", "/v1/availability/holds").body)[u"items"].toArray(); };
    const QJsonArray before = held();
    QCOMPARE(before.size(), 1);
    catalog.restart();
    QCOMPARE(held(), before);
    QCOMPARE(put(catalog, wholeSet(30, 10)), 409);
    QCOMPARE(confirm(catalog, before[0].toObject()[u"id"].toString(), secondPerson(catalog)), 200);
    catalog.restart();
    QVERIFY(held().isEmpty());
    QCOMPARE(put(catalog, wholeSet(30, 10)), 200);
}

void TestDarkGuard::dropByDropIsHeldToo()
{
    RunningCatalog catalog;
    fill(catalog, 30);
    for (int i = 0; i < 6; ++i) // a fifth
        QCOMPARE(clear(catalog, i).status, 200);
    const auto held = clear(catalog, 6);
    QCOMPARE(held.status, 409);
    const QJsonObject problem = test::jsonOf(held.body);
    QVERIFY(problem[u"type"].toString().endsWith(u"second_person_needed"_s));
    QCOMPARE(problem[u"sites"].toArray().first()[u"lost"].toInt(), 7);
    QCOMPARE(problem[u"sites"].toArray().first()[u"live"].toInt(), 30);
    const auto stillThere = catalog.ask("GET", "/v1/titles/t6/windows");
    QCOMPARE(test::jsonOf(stillThere.body)[u"rules"].toArray().size(), 1); // nothing was changed
    const QJsonObject listed = test::jsonOf(catalog.ask("GET", "/v1/availability/holds").body);
    const QString hold = problem[u"hold"].toString();
    QCOMPARE(listed[u"items"].toArray().first()[u"id"].toString(), hold);
    QCOMPARE(confirm(catalog, hold, RunningCatalog::kToken), 403);
    const QByteArray second = secondPerson(catalog);
    QCOMPARE(confirm(catalog, hold, second), 200);
    for (int i = 6; i < 30; ++i)
        QCOMPARE(clear(catalog, i).status, 200);
    QVERIFY(catalog.ask("GET", "/v1/audit?from=1&limit=500").body.contains("confirm_darkening"));
}

void TestDarkGuard::aWholeSetIsHeld()
{
    RunningCatalog catalog;
    fill(catalog, 30);
    QCOMPARE(put(catalog, wholeSet(30, 10)), 409);
    QCOMPARE(put(catalog, wholeSet(30, 25)), 200);
    const auto answer = catalog.ask("GET", "/v1/availability:explain?title=t20&country=FR&site=web&offer=svod");
    QCOMPARE(test::jsonOf(answer.body)[u"rights_available"].toBool(), true);
}

void TestDarkGuard::aDealThatEndsDarkensAllItsTitles()
{
    RunningCatalog catalog;
    fill(catalog, 30);
    const QJsonObject ended {{u"licensor"_s, u"L"_s}, {u"status"_s, u"ended"_s}};
    const auto put = [&](const QJsonObject& deal) {
        return catalog
            .change("PUT", "/v1/titles/t0/windows",
                {{u"rules"_s, QJsonArray {rule(0)}}, {u"deals"_s, QJsonObject {{u"d"_s, deal}}}}, kAnyVersion)
            .status;
    };
    QCOMPARE(put(ended), 409);
    QCOMPARE(put({{u"licensor"_s, u"M"_s}}), 200); // changes no answer
}

void TestDarkGuard::deletedTitlesCountToo()
{
    RunningCatalog catalog;
    fill(catalog, 30);
    const auto remove = [&](int title) {
        return catalog
            .ask("DELETE", "/v1/titles/t" + QByteArray::number(title), {},
                {{"If-Match", "*"}, {"Idempotency-Key", newUuid().toLatin1()}})
            .status;
    };
    for (int i = 0; i < 6; ++i)
        QCOMPARE(remove(i), 204);
    QCOMPARE(remove(6), 409);
    QCOMPARE(clear(catalog, 7).status, 409); // counted together
    QCOMPARE(catalog.ask("GET", "/v1/titles/t6").status, 200);
    const auto moved = catalog.change("PATCH", "/v1/titles/t8", {{u"rights"_s, QJsonObject {{u"kind"_s, u"series"_s}}}},
        kAnyVersion); // never played itself
    QCOMPARE(moved.status, 409);
}

void TestDarkGuard::gainsAndFewTitlesAreNotHeld()
{
    RunningCatalog catalog;
    fill(catalog, 20);
    for (int i = 0; i < 20; ++i)
        QCOMPARE(clear(catalog, i).status, 200);
    RunningCatalog larger;
    fill(larger, 30);
    for (int i = 0; i < 30; ++i) {
        QJsonObject wider = rule(i);
        wider[u"territory"_s] = QJsonObject {{u"include"_s, QJsonArray {u"WORLD"_s}}};
        const QByteArray path = "/v1/titles/t" + QByteArray::number(i) + "/windows";
        QCOMPARE(larger.change("PUT", path, {{u"rules"_s, QJsonArray {wider}}}, kAnyVersion).status, 200);
    }
}

void TestDarkGuard::grantsThatNameNoSiteAreGuarded_data()
{
    QTest::addColumn<QJsonObject>("context");
    QTest::addColumn<QString>("site");
    QTest::newRow("no site, no offer is named") << QJsonObject() << u"*"_s;
    QTest::newRow("another site is named")
        << QJsonObject {{u"sites"_s, QJsonArray {u"web"_s}}, {u"offers"_s, QJsonArray {u"svod"_s}}} << u"web"_s;
}

void TestDarkGuard::grantsThatNameNoSiteAreGuarded()
{
    QFETCH(QJsonObject, context);
    QFETCH(QString, site);
    const auto set = [&context](int granted) {
        QJsonObject json = wholeSet(30, granted);
        QJsonObject own = context;
        own[u"titles"_s] = json[u"context"_s].toObject()[u"titles"_s];
        QJsonArray rules;
        const QJsonArray named = json[u"rules"_s].toArray();
        for (const QJsonValue& value : named) {
            QJsonObject rule = value.toObject();
            rule[u"sites"_s] = u"*"_s;
            rule[u"offers"_s] = u"*"_s;
            rules.append(rule);
        }
        json[u"context"_s] = own;
        json[u"rules"_s] = rules;
        return json;
    };
    RunningCatalog catalog;
    QCOMPARE(put(catalog, set(30)), 200);
    (void)catalog.ask("GET", "/v1/availability?title=t0&country=FR&site=web&offer=svod", {}, {}, {});
    const auto refused = catalog.change("PUT", "/v1/rights", set(10), kAnyVersion);
    QCOMPARE(refused.status, 409);
    const QJsonArray sites = test::jsonOf(refused.body).value("sites"_L1).toArray();
    QVERIFY(!sites.isEmpty());
    QCOMPARE(sites[0].toObject()[u"site"_s].toString(), site);
    QCOMPARE(sites.last().toObject()[u"site"_s].toString(), u"*"_s);
    for (int i = 0; i < 6; ++i)
        QCOMPARE(clear(catalog, i).status, 200);
    QCOMPARE(clear(catalog, 6).status, 409); // drop by drop
}

QTEST_GUILESS_MAIN(TestDarkGuard)
#include "tst_dark_guard.moc"
