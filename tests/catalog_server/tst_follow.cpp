#include "catalog_server/running_catalog.h"
#include "core/base/durable_file.h"
#include "core/catalog_server/follow_service.h"
#include "core/rights/flatten_rules.h"
#include "core/rights/snapshot_compiler.h"
#include "tests/support/patience.h"

#include <QFile>
#include <QJsonArray>
#include <QTest>

using namespace vidimus;
using namespace vidimus::catalog_server;
using namespace Qt::StringLiterals;
using test::RunningCatalog;

/// A reader process: follows a catalog's feed or a folder, and answers while its publisher is away.
class TestFollow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void followsACatalogByDeltasAndPins();
    void outlivesItsCatalog();
    void followsFilesOfAFolder();
    void refusesAnotherKey();
    void refusesWhatWasChangedOnTheWay();
    void findsTheWayThroughDeltas();
    void malformedQuestionsAreRefused();

private:
    [[nodiscard]] QJsonObject ask(const FollowService& service, const QByteArray& query);
    [[nodiscard]] FollowOptions options(RunningCatalog& catalog);

    catalog::CurlTransport m_transport;
    QTemporaryDir m_folder;
    SystemClock m_clock;
};

namespace {

const QByteArray kFrance = "/v1/availability?title=film&country=FR&site=web&offer=svod";
const QByteArray kGermany = "/v1/availability?title=film&country=DE&site=web&offer=svod";

bool allow(RunningCatalog& catalog, const QString& country)
{
    catalog::PutWindows windows = test::frenchWindows();
    QJsonObject rule = windows.rules.first().toObject();
    rule[u"territory"_s] = QJsonObject {{u"include"_s, QJsonArray {country}}};
    windows.rules = {rule};
    return catalog.send(catalog::makeOperation(windows, catalog.clock.now())).kind == catalog::SendOutcome::Kind::Done;
}

rights::RuleSet film(const QString& country)
{
    rights::RuleSet rules;
    rules.sites = {u"web"_s};
    rules.offers = {u"svod"_s};
    rules.titles = {rights::Title {.id = TitleId(u"film"_s)}};
    rights::Rule rule;
    rule.id = WindowId(u"r"_s);
    rule.scope = TitleId(u"film"_s);
    rule.territory.include = {country};
    rule.sites.all = rule.offers.all = true;
    rules.rules = {rule};
    return rules;
}

/// Changes the answers on their way.
class Meddler : public catalog::HttpTransport {
public:
    [[nodiscard]] Result<catalog::HttpResponse> perform(const catalog::HttpRequest& request) override
    {
        auto response = m_transport.perform(request);
        if (response && request.url.contains(m_where) && !response->body.isEmpty())
            response->body[response->body.size() / 2]
                = static_cast<char>(response->body[response->body.size() / 2] ^ 1);
        return response;
    }
    void meddleWith(const QByteArray& where) { m_where = where; }

private:
    catalog::CurlTransport m_transport;
    QByteArray m_where = "nothing";
};

} // namespace

QJsonObject TestFollow::ask(const FollowService& service, const QByteArray& query)
{
    const auto response = m_transport.perform({.url = service.url() + query});
    return response ? test::jsonOf(response->body) : QJsonObject {{u"error"_s, response.error().detail}};
}

FollowOptions TestFollow::options(RunningCatalog& catalog)
{
    FollowOptions options {.source = {}, .every = Milliseconds {20}};
    options.source.url = catalog.url();
    options.source.token = RunningCatalog::kToken;
    options.source.cacheFolder = m_folder.path();
    return options;
}

void TestFollow::followsACatalogByDeltasAndPins()
{
    RunningCatalog catalog;
    QVERIFY(catalog.prepareFilm());
    const auto service = FollowService::start(options(catalog), m_clock);
    QVERIFY2(service, service ? "" : qPrintable(service.error().detail));
    const QJsonObject first = ask(**service, kFrance);
    QVERIFY(first[u"available"].toBool());
    QVERIFY(!first[u"terms_from"].toString().isEmpty());
    QCOMPARE(first[u"question"].toString(), u"playable"_s);
    const qint64 version = first[u"version"].toInteger();
    QVERIFY(allow(catalog, u"DE"_s));
    QTRY_VERIFY_WITH_TIMEOUT(ask(**service, kGermany)[u"available"].toBool(), kPatienceMs);
    QVERIFY(!ask(**service, kFrance)[u"available"].toBool());
    QCOMPARE(catalog.change("POST", "/v1/availability:pin", {{u"version"_s, version}}).status, 200);
    QTRY_VERIFY_WITH_TIMEOUT(ask(**service, kFrance)[u"available"].toBool(), kPatienceMs);
    QCOMPARE(ask(**service, kFrance)[u"version"].toInteger(), version);
    QCOMPARE(catalog.change("POST", "/v1/availability:unpin", {}).status, 200);
    QTRY_VERIFY_WITH_TIMEOUT(ask(**service, kGermany)[u"available"].toBool(), kPatienceMs);
    const QJsonObject list = ask(**service, "/v1/availability?country=DE&site=web&offer=svod");
    QCOMPARE(list[u"titles"].toArray(), QJsonArray {u"film"_s});
    QCOMPARE(list[u"count"].toInt(), 1);
}

void TestFollow::outlivesItsCatalog()
{
    auto catalog = std::make_unique<RunningCatalog>();
    QVERIFY(catalog->prepareFilm());
    const auto service = FollowService::start(options(*catalog), m_clock);
    QVERIFY(service);
    catalog.reset();
    QTRY_VERIFY_WITH_TIMEOUT(!ask(**service, "/v1/status")[u"last_error"].toString().isEmpty(), kPatienceMs);
    QVERIFY(ask(**service, kFrance)[u"available"].toBool());
    FollowOptions late {.source = {}, .every = Milliseconds {20}};
    late.source.url = "http://127.0.0.1:9";
    late.source.cacheFolder = m_folder.path();
    QVERIFY(!FollowService::start(late, m_clock)); // nothing to answer from
}

void TestFollow::followsFilesOfAFolder()
{
    const QString path = m_folder.filePath(u"answers"_s);
    const SigningKey key = SigningKey::generate();
    auto image = rights::imageOf(rights::Resolver(film(u"FR"_s)));
    QVERIFY(image);
    QVERIFY(writeFileDurably(path, rights::encodeSnapshot(*image, 1, &key).value()));
    FollowOptions options {.source = {}, .every = Milliseconds {10}};
    options.source.snapshot = path;
    options.source.publicKey = key.publicKey();
    const auto service = FollowService::start(options, m_clock);
    QVERIFY(service);
    QVERIFY(ask(**service, kFrance)[u"available"].toBool());
    // As `availability compile --after` does it: the delta, then the snapshot.
    QVERIFY(rights::flattenAll(*image, rights::Resolver(film(u"DE"_s))));
    const auto step = rights::encodeStep(*image, image->takeStep(), 1, 2, &key);
    QVERIFY(step);
    QVERIFY(writeFileDurably(path + u".delta"_s, step->forward));
    QVERIFY(writeFileDurably(path, rights::encodeSnapshot(*image, 2, &key).value()));
    QTRY_VERIFY_WITH_TIMEOUT(ask(**service, kGermany)[u"available"].toBool(), kPatienceMs);
    QCOMPARE(ask(**service, kGermany)[u"version"].toInt(), 2);
    // Another chain: only the snapshot leads there.
    auto fresh = rights::imageOf(rights::Resolver(film(u"JP"_s)));
    QVERIFY(writeFileDurably(path, rights::encodeSnapshot(*fresh, 3, &key).value()));
    QTRY_COMPARE_WITH_TIMEOUT(ask(**service, kFrance)[u"version"].toInt(), 3, kPatienceMs);
    // Unsigned: refused, and the last one goes on.
    QVERIFY(writeFileDurably(path, rights::encodeSnapshot(*image, 4).value()));
    QTRY_VERIFY_WITH_TIMEOUT(!ask(**service, "/v1/status")[u"last_error"].toString().isEmpty(), kPatienceMs);
    QCOMPARE(ask(**service, kFrance)[u"version"].toInt(), 3);
}

void TestFollow::refusesAnotherKey()
{
    RunningCatalog catalog;
    QVERIFY(catalog.prepareFilm());
    FollowOptions wrong = options(catalog);
    wrong.source.publicKey = SigningKey::generate().publicKey();
    const auto service = FollowService::start(wrong, m_clock);
    QVERIFY(!service);
    QCOMPARE(service.error().code, ErrorCode::Corrupt);
    FollowOptions noToken = options(catalog);
    noToken.source.token = "wrong";
    QCOMPARE(FollowService::start(noToken, m_clock).error().code, ErrorCode::Denied);
}

void TestFollow::refusesWhatWasChangedOnTheWay()
{
    RunningCatalog catalog;
    QVERIFY(catalog.prepareFilm());
    for (const QByteArray where : {"/announcement", "/snapshots/", "/deltas/"}) {
        Meddler meddler;
        AvailabilityFollower follower(options(catalog).source, meddler);
        const bool atTheDelta = where == "/deltas/";
        if (atTheDelta) {
            QVERIFY(follower.step());
            QVERIFY(allow(catalog, u"DE"_s));
        }
        meddler.meddleWith(where);
        const auto step = follower.step();
        QVERIFY(!step);
        QCOMPARE(follower.isReady(), atTheDelta); // stays where it was
        meddler.meddleWith("nothing");
        QVERIFY(follower.step().value());
    }
}

void TestFollow::findsTheWayThroughDeltas()
{
    const auto delta = [](const char* from, const char* to) {
        return QJsonObject {{u"from_state"_s, QString::fromLatin1(from)}, {u"to_state"_s, QString::fromLatin1(to)}};
    };
    const QJsonArray deltas {
        delta("a", "b"), delta("b", "a"), delta("b", "c"), delta("c", "b"), delta("x", "y"), delta("c", "c")};
    QCOMPARE(deltasBetween(deltas, u"a"_s, u"c"_s)->size(), 2U);
    QCOMPARE(deltasBetween(deltas, u"c"_s, u"a"_s)->size(), 2U);
    QCOMPARE(deltasBetween(deltas, u"b"_s, u"b"_s)->size(), 0U);
    QVERIFY(!deltasBetween(deltas, u"a"_s, u"y"_s));
    QVERIFY(!deltasBetween({}, u"a"_s, u"b"_s));
}

void TestFollow::malformedQuestionsAreRefused()
{
    RunningCatalog catalog;
    QVERIFY(catalog.prepareFilm());
    const auto service = FollowService::start(options(catalog), m_clock);
    QVERIFY(service);
    for (const QByteArray query : {"/v1/availability", "/v1/availability?country=FR", "/v1/nothing",
             "/v1/availability?title=film&country=QQ&site=web&offer=svod",
             "/v1/availability?title=film&country=Atlantis&site=web&offer=svod",
             "/v1/availability?title=film&country=FR&site=web&offer=svod&at=yesterday"}) {
        const auto response = m_transport.perform({.url = (*service)->url() + query});
        QVERIFY(response && response->status >= 400 && response->status < 500);
    }
    QVERIFY(!ask(**service, "/v1/availability?title=nobody&country=FR&site=web&offer=svod")[u"available"].toBool());
}

QTEST_GUILESS_MAIN(TestFollow)
#include "tst_follow.moc"
