#include "core/store/workspace_store.h"
#include "core/workbench/catalog_link.h"
#include "core/workbench/decide.h"
#include "core/workbench/publish.h"
#include "core/workbench/renditions.h"
#include "core/workbench/rights_desk.h"
#include "core/workbench/run_verb.h"
#include "publishable_title.h"

#include <QFile>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace vidimus;
using namespace vidimus::test;
using namespace vidimus::workbench;

namespace {

using Spoil = void (*)(const PublishableTitle&);

int publishOperations(WorkbenchRoom& room)
{
    int count = 0;
    for (const catalog::Operation& operation : room.outbox())
        count += operation.kind == catalog::OperationKind::Publish ? 1 : 0;
    return count;
}

Instant now(const PublishableTitle& title)
{
    return title.room.workspace().clock().now();
}

void reject(const PublishableTitle& title)
{
    const auto decided = decide(title.room.workspace(),
        {.asset = title.asset.id, .verdict = moderation::Verdict::Reject, .reason = u"nudity.explicit"_s});
    if (!decided)
        qFatal("not rejected");
}

void takeDecisionBack(const PublishableTitle& title)
{
    const auto decisions = recentDecisions(title.room.workspace(), 1);
    if (!decisions || !undoDecision(title.room.workspace(), decisions->front().id))
        qFatal("not undone");
}

/// Newer bytes of the same title, which nobody has looked at.
void addVersion(const PublishableTitle& title)
{
    const auto added = title.room.workspace().store().write([&](store::UnitOfWork& unit) -> Result<void> {
        auto asset = unit.assets.find(title.asset.id);
        if (!asset)
            return std::move(asset).error();
        asset->id = AssetId(u"newer"_s);
        asset->sha256 = QByteArray(64, 'e');
        asset->ingestedAt += 1h;
        return unit.assets.add(*asset);
    });
    if (!added)
        qFatal("no version");
}

void failChecks(const PublishableTitle& title)
{
    const auto put = title.room.workspace().store().write([&](store::UnitOfWork& unit) {
        return unit.reports.put({.asset = title.asset.id,
            .profile = u"web"_s,
            .verdict = u"fail"_s,
            .report = {},
            .measurements = {},
            .createdAt = unit.now()});
    });
    if (!put)
        qFatal("no report");
}

} // namespace

Q_DECLARE_METATYPE(Spoil)

/// The gates in the workspace, and a publication on its way to a catalog that may be away.
class TestPublish : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyGateOpenIsPublishedOnce();
    void grantsForAllSitesAreLicensedWhereNoSiteIsNamed();
    void eachGateBlocks_data();
    void eachGateBlocks();
    void warningsAreShownAndLetItPass();
    void needsTheRole();
    void catalogDownItWaitsAndIsSentLater();
    void publishedAnewWhileAWithdrawalWaitsItIsLive();
    void everyFlippedBitIsFoundBeforeItIsPublished();
    void theBoardComesInPages();
};

void TestPublish::everyGateOpenIsPublishedOnce()
{
    WorkbenchRoom room;
    const PublishableTitle title(room);
    for (int time = 0; time < 2; ++time) {
        const auto board = publishTitle(room.workspace(), title.asset.title, now(title));
        QVERIFY2(board, board ? "" : qPrintable(board.error().detail));
        QVERIFY(board->state == publishing::PublicationState::Planned);
        QCOMPARE(publishOperations(room), 1);
    }
}

void TestPublish::grantsForAllSitesAreLicensedWhereNoSiteIsNamed()
{
    WorkbenchRoom room;
    const PublishableTitle title(room);
    rights::Rule rule;
    rule.id = WindowId(u"window"_s);
    rule.scope = title.asset.title;
    rule.territory.include = {u"DE"_s};
    rule.sites.all = true; // as every imported list says it
    rule.offers = {.all = false, .names = {u"svod_base"_s}};
    QVERIFY(applyRightsPlan(room.workspace(), {.put = {rule}}));
    const auto board = publishTitle(room.workspace(), title.asset.title, now(title));
    QVERIFY2(board, board ? "" : qPrintable(board.error().detail));
    QVERIFY(board->state == publishing::PublicationState::Planned);
}

void TestPublish::eachGateBlocks_data()
{
    QTest::addColumn<Spoil>("spoil");
    QTest::addColumn<QString>("why");
    const auto row = [](const char* why, Spoil spoil) { QTest::newRow(why) << spoil << QString::fromLatin1(why); };
    row("moderation_missing", takeDecisionBack);
    row("moderation_not_passed", reject);
    row("moderation_missing, no_renditions", addVersion);
    row("not_licensed", [](const PublishableTitle& title) { title.setRights(std::nullopt, now(title) - 1h); });
    row("no_rights", [](const PublishableTitle& title) {
        if (!applyRightsPlan(title.room.workspace(), {.remove = {WindowId(u"window"_s)}}))
            qFatal("not removed");
    });
    row("checks_failed", failChecks);
    row("no_renditions", [](const PublishableTitle& title) { title.setRenditions({}); });
    row("renditions_of_other_version", [](const PublishableTitle& title) { title.setRenditions(QByteArray(64, 'f')); });
}

void TestPublish::eachGateBlocks()
{
    QFETCH(Spoil, spoil);
    QFETCH(QString, why);
    WorkbenchRoom room;
    const PublishableTitle title(room);
    spoil(title);
    const auto entries = room.log(1000).size();
    const auto refused = publishTitle(room.workspace(), title.asset.title, now(title));
    QVERIFY(!refused);
    QCOMPARE(refused.error().reason, QByteArray("gates"));
    if (!why.contains(u','))
        QCOMPARE(refused.error().detail, u"blocked: "_s + why);
    QCOMPARE(publishOperations(room), 0);
    QCOMPARE(room.log(1000).size(), entries);
    const auto board = titleOnBoard(room.workspace(), title.asset.title, now(title));
    QVERIFY(board && !board->state);
    const VerbRequest request {.verb = u"publish"_s, .operands = {title.asset.title.toString()}};
    const VerbReply reply = runVerb({request, &room.workspace(), room.workspace().workers(), {}, {}});
    QCOMPARE(reply.exitCode, ExitCode::AnswerIsNo);
    QStringList blocking;
    for (const QJsonValue& gate : reply.json[u"gates"_s].toArray()) {
        if (gate[u"state"_s].toString() == u"block")
            blocking.append(gate[u"why"_s].toString());
    }
    for (const QString& code : why.split(u", "_s))
        QVERIFY2(blocking.contains(code), qPrintable(blocking.join(u", "_s)));
}

void TestPublish::warningsAreShownAndLetItPass()
{
    WorkbenchRoom room;
    const PublishableTitle title(room);
    title.setRights(now(title) + 24h, std::nullopt);
    const auto board = publishTitle(room.workspace(), title.asset.title, now(title));
    QVERIFY2(board, board ? "" : qPrintable(board.error().detail));
    QStringList warned;
    for (const publishing::Gate& gate : board->gates) {
        if (gate.state == publishing::GateState::Warns)
            warned.append(QString::fromLatin1(gate.why));
    }
    QCOMPARE(warned, QStringList {u"licensed_later"_s});
}

void TestPublish::needsTheRole()
{
    WorkbenchRoom room;
    const PublishableTitle title(room);
    room.addProfile(u"moderator"_s, {moderation::Role::Moderator});
    room.reopen(u"moderator"_s);
    QCOMPARE(publishTitle(room.workspace(), title.asset.title, now(title)).error().code, ErrorCode::Denied);
    QCOMPARE(withdrawTitle(room.workspace(), title.asset.title, {}).error().code, ErrorCode::Denied);
    QCOMPARE(room.log().front().action, u"denied"_s);
}

void TestPublish::catalogDownItWaitsAndIsSentLater()
{
    WorkbenchRoom room;
    room.setCatalogProgram(u"/nowhere/vidimus-catalogd"_s);
    room.reopen();
    const PublishableTitle title(room);
    const auto made = transcodeAsset(room.workspace(), title.asset.id, u"demo"_s);
    QVERIFY2(made, made ? "" : qPrintable(made.error().detail));
    const auto board = publishTitle(room.workspace(), title.asset.title, now(title));
    QVERIFY2(board, board ? "" : qPrintable(board.error().detail));
    QVERIFY(board->steps.stored && !board->steps.accepted);
    QVERIFY(!room.workspace().catalog().sync());
    const std::size_t waiting = room.outbox().size();
    QVERIFY(waiting >= 6); // title, asset, decision, windows, package, publication
    room.setCatalogProgram(QStringLiteral(VIDIMUS_BIN_DIR) + u"/vidimus-catalogd"_s);
    room.reopen();
    QCOMPARE(room.outbox().size(), waiting);
    const auto report = room.workspace().catalog().sync({}, Milliseconds {20'000});
    QVERIFY2(report, report ? "" : qPrintable(report.error().detail));
    QCOMPARE(room.outbox().size(), 0U);
    const auto live = verifyLive(room.workspace(), title.asset.title);
    QVERIFY2(live, live ? "" : qPrintable(live.error().detail));
    QVERIFY(live->state == publishing::PublicationState::Live);
}

void TestPublish::publishedAnewWhileAWithdrawalWaitsItIsLive()
{
    WorkbenchRoom room;
    const PublishableTitle title(room);
    QVERIFY(transcodeAsset(room.workspace(), title.asset.id, u"demo"_s));
    QVERIFY(publishTitle(room.workspace(), title.asset.title, now(title)));
    QVERIFY(room.workspace().catalog().sync({}, Milliseconds {20'000}));
    QVERIFY(verifyLive(room.workspace(), title.asset.title));
    QVERIFY(withdrawTitle(room.workspace(), title.asset.title, {}));
    QVERIFY(publishTitle(room.workspace(), title.asset.title, now(title)));
    QCOMPARE(room.outbox().size(), 2U);
    QVERIFY(room.workspace().catalog().sync({}, Milliseconds {20'000}));
    QCOMPARE(room.outbox().size(), 0U);
    const auto live = verifyLive(room.workspace(), title.asset.title);
    QVERIFY2(live, live ? "" : qPrintable(live.error().detail));
    QVERIFY(live->state == publishing::PublicationState::Live);
    QVERIFY(withdrawTitle(room.workspace(), title.asset.title, {}));
}

void TestPublish::everyFlippedBitIsFoundBeforeItIsPublished()
{
    const int flips = qEnvironmentVariableIntValue("VIDIMUS_LONG") == 1 ? 1000 : 50;
    bool isGiven = false;
    const uint given = qEnvironmentVariable("VIDIMUS_SEED").toUInt(&isGiven);
    const quint32 seed = isGiven ? given : QRandomGenerator::system()->generate();
    qInfo("seed %u, %d flips", seed, flips);
    QRandomGenerator random(seed);
    WorkbenchRoom room;
    const PublishableTitle title(room);
    QFile original(room.workspace().paths().original(title.asset.sha256));
    QVERIFY(original.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
    QVERIFY(original.open(QIODevice::ReadWrite | QIODevice::Unbuffered));
    const auto flip = [&](qint64 place, int bit) {
        char byte = 0;
        return original.seek(place) && original.getChar(&byte) && original.seek(place)
            && original.putChar(static_cast<char>(byte ^ (1 << bit)));
    };
    for (int i = 0; i < flips; ++i) {
        const auto place = static_cast<qint64>(random.bounded(static_cast<quint32>(original.size())));
        const int bit = random.bounded(8);
        QVERIFY(flip(place, bit));
        const auto published = publishTitle(room.workspace(), title.asset.title, now(title));
        QVERIFY2(!published, qPrintable(u"bit %1 of byte %2"_s.arg(bit).arg(place)));
        QCOMPARE(published.error().reason, QByteArray("original_damaged"));
        QVERIFY(flip(place, bit));
    }
    QCOMPARE(publishOperations(room), 0);
    QVERIFY(flip(0, 0));
    QCOMPARE(
        transcodeAsset(room.workspace(), title.asset.id, u"demo"_s).error().reason, QByteArray("original_damaged"));
    QVERIFY(flip(0, 0));
    QVERIFY(publishTitle(room.workspace(), title.asset.title, now(title)));
}

void TestPublish::theBoardComesInPages()
{
    WorkbenchRoom room;
    RightsPlan plan;
    for (int i = 0; i < 25; ++i)
        plan.titles.push_back({.id = TitleId(u"t%1"_s.arg(i, 2, 10, QLatin1Char('0'))), .name = u"Title"_s});
    plan.titles.push_back({.id = TitleId(u"t05-series"_s), .name = u"Series"_s, .kind = rights::TitleKind::Series});
    QVERIFY(applyRightsPlan(room.workspace(), plan));
    QStringList seen;
    std::vector<int> sizes;
    TitleId after;
    do {
        const auto page = publishBoard(room.workspace(), room.workspace().clock().now(), after, 10);
        QVERIFY(page);
        for (const TitleOnBoard& title : page->titles)
            seen.append(title.title.toString());
        sizes.push_back(static_cast<int>(page->titles.size()));
        after = page->next;
    } while (!after.isEmpty());
    QCOMPARE(sizes, (std::vector<int> {10, 10, 5}));
    QCOMPARE(seen.size(), 25);
    QCOMPARE(QSet<QString>(seen.begin(), seen.end()).size(), 25);
    QVERIFY(!seen.contains(u"t05-series"_s)); // a series is never published itself
    QVERIFY(publishBoard(room.workspace(), {}, {}, 25)->next.isEmpty());
}

QTEST_GUILESS_MAIN(TestPublish)
#include "tst_publish.moc"
