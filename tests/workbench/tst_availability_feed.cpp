#include "core/catalog/synchronizer.h"
#include "core/workbench/availability_feed.h"
#include "core/workbench/catalog_link.h"
#include "core/workbench/rights_desk.h"
#include "core/workbench/run_verb.h"
#include "workbench_room.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::test;
using namespace vidimus::workbench;

/// Saving, what the catalog answers from, and going back by a pin: as a content manager does it.
class AvailabilityFeedTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pinsAndUnpinsWhatWasSaved();
    void aContractThatEndsReachesTheCatalog();
    void needsTheRole();
    void refusesWhatIsNoVersion();
    void nothingWaitsForASecondPersonOnOneMachine();

private:
    static VerbReply run(WorkbenchRoom& room, const QString& verb, const QStringList& operands = {},
        const QHash<QString, QString>& options = {});
};

namespace {

RightsPlan filmIn(const QString& country)
{
    rights::Title film;
    film.id = TitleId(u"film"_s);
    film.name = u"A film"_s;
    rights::Rule rule;
    rule.id = WindowId(u"r"_s);
    rule.scope = film.id;
    rule.territory.include = {country};
    rule.sites.names = {u"web"_s};
    rule.offers.names = {u"svod"_s};
    return {.put = {rule}, .titles = {film}};
}

void save(WorkbenchRoom& room, const QString& country)
{
    QVERIFY(applyRightsPlan(room.workspace(), filmIn(country)));
    const auto sent = room.workspace().catalog().sync({}, std::chrono::seconds(20));
    QVERIFY(sent);
    QVERIFY2(room.outbox().empty(), qPrintable(sent->lastError.detail));
}

/// Whether the rights that the catalog answers from hold in a country, published or not.
bool isGranted(WorkbenchRoom& room, const QByteArray& country)
{
    const auto client = room.workspace().catalog().client();
    const auto answer = (*client)->get("/v1/availability?title=film&site=web&offer=svod&country=" + country);
    const QString reason = answer ? answer->value("reason"_L1).toString() : answer.error().detail;
    if (reason != u"NOT_PUBLISHED" && reason != u"TERRITORY" && reason != u"PINNED")
        qWarning().noquote() << reason;
    return reason == u"NOT_PUBLISHED";
}

} // namespace

VerbReply AvailabilityFeedTest::run(
    WorkbenchRoom& room, const QString& verb, const QStringList& operands, const QHash<QString, QString>& options)
{
    return runVerb({{verb, operands, options}, &room.workspace(), room.workspace().workers(), {}, {}});
}

void AvailabilityFeedTest::pinsAndUnpinsWhatWasSaved()
{
    WorkbenchRoom room;
    save(room, u"FR"_s);
    QVERIFY(isGranted(room, "FR"));
    const VerbReply first = run(room, u"availability announcement"_s);
    QCOMPARE(first.exitCode, ExitCode::Done);
    const qint64 version = first.json[u"version"].toInteger();
    save(room, u"DE"_s);
    QVERIFY(isGranted(room, "DE") && !isGranted(room, "FR"));
    const VerbReply pinned
        = run(room, u"availability pin"_s, {QString::number(version)}, {{u"reason"_s, u"wrong list"_s}});
    QCOMPARE(pinned.exitCode, ExitCode::Done);
    QCOMPARE(pinned.json[u"pin"].toObject()[u"reason"].toString(), u"wrong list"_s);
    QVERIFY(isGranted(room, "FR") && !isGranted(room, "DE"));
    QCOMPARE(room.log().front().action, u"pin_availability"_s);
    QCOMPARE(run(room, u"availability unpin"_s).exitCode, ExitCode::Done);
    QVERIFY(isGranted(room, "DE") && !isGranted(room, "FR"));
}

void AvailabilityFeedTest::aContractThatEndsReachesTheCatalog()
{
    WorkbenchRoom room;
    rights::Deal contract;
    contract.id = DealId(u"K-1"_s);
    contract.licensor = u"North"_s;
    RightsPlan plan = filmIn(u"DE"_s);
    plan.put[0].deal = contract.id;
    plan.deals = {contract};
    const auto saved = [&room](const RightsPlan& one) {
        const auto applied = applyRightsPlan(room.workspace(), one);
        return applied && room.workspace().catalog().sync({}, std::chrono::seconds(20)) && room.outbox().empty();
    };
    QVERIFY(saved(plan));
    QVERIFY(isGranted(room, "DE"));
    contract.status = rights::DealStatus::Ended;
    QVERIFY(saved({.deals = {contract}})); // no window of it changes
    QVERIFY(!isGranted(room, "DE"));
}

void AvailabilityFeedTest::needsTheRole()
{
    WorkbenchRoom room;
    save(room, u"FR"_s);
    (void)run(room, u"availability announcement"_s);
    room.addProfile(u"moderator"_s, {moderation::Role::Moderator});
    room.reopen(u"moderator"_s);
    QCOMPARE(run(room, u"availability pin"_s, {u"1"_s}).exitCode, ExitCode::Denied);
    QCOMPARE(run(room, u"availability unpin"_s).exitCode, ExitCode::Denied);
    QCOMPARE(run(room, u"availability confirm"_s, {u"x"_s}).exitCode, ExitCode::Denied);
}

void AvailabilityFeedTest::refusesWhatIsNoVersion()
{
    WorkbenchRoom room;
    save(room, u"FR"_s);
    QCOMPARE(run(room, u"availability pin"_s, {u"yesterday"_s}).exitCode, ExitCode::Usage);
    QCOMPARE(run(room, u"availability pin"_s, {u"0"_s}).exitCode, ExitCode::Usage);
    const VerbReply unknown = run(room, u"availability pin"_s, {u"4711"_s});
    QCOMPARE(unknown.exitCode, ExitCode::BadInput);
    QVERIFY(unknown.json[u"error"].toObject()[u"detail"].toString().contains(u"4711"_s));
    QCOMPARE(run(room, u"availability confirm"_s, {u"../../tokens"_s}).exitCode, ExitCode::BadInput);
}

void AvailabilityFeedTest::nothingWaitsForASecondPersonOnOneMachine()
{
    WorkbenchRoom room;
    save(room, u"FR"_s);
    const VerbReply holds = run(room, u"availability holds"_s);
    QCOMPARE(holds.exitCode, ExitCode::Done);
    QVERIFY(holds.json[u"items"].toArray().isEmpty());
}

QTEST_GUILESS_MAIN(AvailabilityFeedTest)
#include "tst_availability_feed.moc"
