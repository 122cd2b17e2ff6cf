#include "catalog_server/running_catalog.h"

#include <QTest>

using namespace vidimus;
using namespace vidimus::catalog;
using namespace Qt::StringLiterals;
using test::RunningCatalog;

/// The path from title to live through the real client and the real server.
class TestPublishingPath : public QObject {
    Q_OBJECT
    static AvailabilityQuery in(const QString& country)
    {
        return {TitleId(u"film"_s), country, u"web"_s, u"svod"_s, {}};
    }

private Q_SLOTS:
    void livesWhereTheRightsAllow();
    void refusesToPublishWithoutADecision();
    void refusesASecondDecisionAndShowsTheStandingOne();
    void withdrawnMediaIsGoneAtOnce();
    void plannedPublicationWaitsForItsMoment();
    void keepsEverythingThroughARestart();
    void writesOneAuditEntryPerChange();
    void feedTellsChangesAndRefusesForeignCursors();
    void newRightsAreFeltByTheNextQuestion();
};

void TestPublishingPath::livesWhereTheRightsAllow()
{
    RunningCatalog catalog;
    QVERIFY(catalog.prepareFilm());
    QCOMPARE(catalog.publishFilm().kind, SendOutcome::Kind::Done);
    const auto yes = catalog.client().availability(in(u"FR"_s));
    QVERIFY2(yes, qPrintable(yes ? QString() : yes.error().detail));
    QVERIFY(yes->available);
    QCOMPARE(yes->termsFrom, u"w1"_s);
    QCOMPARE(yes->hlsUrl, catalog.url() + "/media/p1/master.m3u8");
    const auto playlist = catalog.client().fetch(yes->hlsUrl, 1000);
    QCOMPARE(playlist->body, "#EXTM3U\nv0/media.m3u8\n");
    QCOMPARE(playlist->header("Content-Type"), "application/vnd.apple.mpegurl");
    const auto no = catalog.client().availability(in(u"DE"_s));
    QVERIFY(no && !no->available);
    QCOMPARE(no->reason, "TERRITORY");
    QVERIFY(no->hlsUrl.isEmpty());
    const auto why = catalog.client().explain(in(u"DE"_s));
    QVERIFY(why && !why->trail.isEmpty());
}

void TestPublishingPath::refusesToPublishWithoutADecision()
{
    RunningCatalog catalog;
    const Instant now = catalog.clock.now();
    QCOMPARE(catalog.send(makeOperation(UpsertTitle {TitleId(u"film"_s), u"A"_s, {}, 0}, now)).kind,
        SendOutcome::Kind::Done);
    const QByteArray source(64, 'a');
    QCOMPARE(
        catalog.send(makeOperation(RegisterAsset {AssetId(u"a1"_s), TitleId(u"film"_s), source, 1, {}, {}}, now)).kind,
        SendOutcome::Kind::Done);
    QCOMPARE(catalog
                 .send(makeOperation(UploadPackage {u"k1"_s, AssetId(u"a1"_s), TitleId(u"film"_s), source, u"m.m3u8"_s,
                                         {}, 1, {catalog.makeFile(u"m.m3u8"_s, "#EXTM3U\n")}},
                     now))
                 .kind,
        SendOutcome::Kind::Done);
    const SendOutcome refused = catalog.publishFilm();
    QCOMPARE(refused.kind, SendOutcome::Kind::NeedsPerson);
    QCOMPARE(refused.error.reason, "gates_closed");
    QVERIFY(!refused.body.value("gates"_L1).toArray().isEmpty());
    QCOMPARE(catalog.ask("GET", "/media/p1/m.m3u8").status, 404);
}

void TestPublishingPath::refusesASecondDecisionAndShowsTheStandingOne()
{
    RunningCatalog catalog;
    QVERIFY(catalog.prepareFilm());
    const QByteArray source = catalog.client().get("/v1/assets/a1")->value("sha256"_L1).toString().toLatin1();
    AppendDecision second {
        DecisionId(u"d2"_s), AssetId(u"a1"_s), TitleId(u"film"_s), source, "reject", {}, catalog.clock.now(), {}};
    const SendOutcome refused = catalog.send(makeOperation(second, catalog.clock.now()));
    QCOMPARE(refused.kind, SendOutcome::Kind::Conflict);
    QCOMPARE(refused.body.value("id"_L1).toString(), u"d1"_s);
    second.supersedes = DecisionId(u"d1"_s);
    QCOMPARE(catalog.send(makeOperation(second, catalog.clock.now())).kind, SendOutcome::Kind::Done);
    QCOMPARE(catalog.publishFilm().error.reason, "gates_closed"); // the reject stands now
}

void TestPublishingPath::withdrawnMediaIsGoneAtOnce()
{
    RunningCatalog catalog;
    QVERIFY(catalog.prepareFilm());
    QCOMPARE(catalog.publishFilm().kind, SendOutcome::Kind::Done);
    QCOMPARE(catalog.ask("GET", "/media/p1/master.m3u8", {}, {}, {}).status, 200);
    const Operation withdraw
        = makeOperation(Withdraw {PublicationId(u"p1"_s), TitleId(u"film"_s), u"wrong cut"_s}, catalog.clock.now());
    QCOMPARE(catalog.send(withdraw).kind, SendOutcome::Kind::Done);
    QCOMPARE(catalog.ask("GET", "/media/p1/master.m3u8", {}, {}, {}).status, 404);
    QCOMPARE(catalog.client().availability(in(u"FR"_s))->reason, "NOT_PUBLISHED");
    QCOMPARE(catalog.client().publication(PublicationId(u"p1"_s))->state, "withdrawn");
}

void TestPublishingPath::plannedPublicationWaitsForItsMoment()
{
    RunningCatalog catalog;
    QVERIFY(catalog.prepareFilm());
    const Instant start = catalog.clock.now() + std::chrono::hours(1);
    QCOMPARE(catalog.publishFilm(start).kind, SendOutcome::Kind::Done);
    QCOMPARE(catalog.client().availability(in(u"FR"_s))->reason, "NOT_PUBLISHED_YET");
    QCOMPARE(catalog.ask("GET", "/media/p1/master.m3u8").status, 404);
    QCOMPARE(catalog.client().publication(PublicationId(u"p1"_s))->state, "announced");
    catalog.clock.set(start);
    QVERIFY(catalog.client().availability(in(u"FR"_s))->available);
    QCOMPARE(catalog.ask("GET", "/media/p1/master.m3u8").status, 200);
    QCOMPARE(catalog.client().publication(PublicationId(u"p1"_s))->state, "live");
}

void TestPublishingPath::keepsEverythingThroughARestart()
{
    RunningCatalog catalog;
    QVERIFY(catalog.prepareFilm());
    QCOMPARE(catalog.publishFilm().kind, SendOutcome::Kind::Done);
    const auto head = catalog.client().auditHead();
    catalog.restart();
    QVERIFY(catalog.client().availability(in(u"FR"_s))->available);
    QCOMPARE(catalog.ask("GET", "/media/p1/v0/seg_0.m4s").body, "0123456789");
    QCOMPARE(catalog.client().auditHead()->rootHash, head->rootHash);
}

void TestPublishingPath::writesOneAuditEntryPerChange()
{
    RunningCatalog catalog;
    QVERIFY(catalog.prepareFilm());
    QCOMPARE(catalog.client().auditHead()->size, 5); // title, asset, decision, windows, renditions
    QCOMPARE(catalog.change("POST", "/v1/titles", {{u"id"_s, u""_s}}).status, 400);
    QCOMPARE(catalog.client().auditHead()->size, 5);
    const auto entries = catalog.client().auditEntries(3, 1);
    QCOMPARE(entries->size(), 1);
    QCOMPARE(entries->at(0).toObject().value("action"_L1).toString(), u"decide"_s);
}

void TestPublishingPath::feedTellsChangesAndRefusesForeignCursors()
{
    RunningCatalog catalog;
    QVERIFY(catalog.prepareFilm());
    const auto first = catalog.client().get("/v1/changes?limit=2");
    QCOMPARE(first->value("items"_L1).toArray().size(), 2);
    QVERIFY(first->value("more"_L1).toBool());
    const QByteArray cursor = first->value("cursor"_L1).toString().toLatin1();
    QCOMPARE(catalog.client().get("/v1/changes?after=" + cursor)->value("items"_L1).toArray().size(), 3);
    QCOMPARE(catalog.ask("GET", "/v1/changes?after=otherepoch.1").status, 410);
    QCOMPARE(catalog.ask("GET", "/v1/changes?after=" + cursor + "999").status, 410);
    QCOMPARE(catalog.ask("GET", "/v1/changes?after=nonsense").status, 400);
}

void TestPublishingPath::newRightsAreFeltByTheNextQuestion()
{
    RunningCatalog catalog;
    QVERIFY(catalog.prepareFilm());
    QCOMPARE(catalog.publishFilm().kind, SendOutcome::Kind::Done);
    const qint64 before = catalog.client().availability(in(u"FR"_s))->snapshotVersion;
    PutWindows none = test::frenchWindows();
    none.rules = {};
    QCOMPARE(catalog.send(makeOperation(none, catalog.clock.now())).kind, SendOutcome::Kind::Done);
    const auto after = catalog.client().availability(in(u"FR"_s));
    QVERIFY(!after->available);
    QCOMPARE(after->reason, "NO_RIGHTS");
    QVERIFY(after->snapshotVersion > before);
}

QTEST_GUILESS_MAIN(TestPublishingPath)
#include "tst_publishing_path.moc"
