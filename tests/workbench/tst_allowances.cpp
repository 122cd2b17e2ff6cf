#include "core/store/workspace_store.h"
#include "core/workbench/allowances.h"
#include "core/workbench/judge_library.h"
#include "core/workbench/review.h"
#include "tests/support/patience.h"
#include "workbench_room.h"

#include <QTest>
#include <algorithm>

using namespace vidimus;
using namespace vidimus::test;
using namespace vidimus::workbench;
using namespace Qt::StringLiterals;

namespace {

const checks::CheckResult& resultOf(const checks::Report& report, const QString& id)
{
    return *std::ranges::find(report.checks, id, &checks::CheckResult::id);
}

} // namespace

class AllowancesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void anAllowedFindingIsShownAndDoesNotCount();
    void theSameBytesHaveItAgain();
    void forgettingLetsItCountAgain();
    void whatWasAllowedForATimeCountsAfterIt();
    void backTestKnowsAllowances();
    void senselessWordsAreRefused_data();
    void senselessWordsAreRefused();
    void whoMayNotDecideMayNotAllow();

private:
    [[nodiscard]] checks::Report stored()
    {
        const auto item = reviewItem(m_room->workspace(), m_asset);
        return item && item->report ? *item->report : checks::Report {};
    }
    /// The clip is far too quiet for every profile.
    [[nodiscard]] AllowRequest quietIsFine() const
    {
        return {.asset = m_asset,
            .checkId = u"loudness"_s,
            .detail = {},
            .from = {},
            .to = {},
            .reason = u"recorded in a library"_s,
            .expires = {}};
    }

    std::unique_ptr<WorkbenchRoom> m_room;
    AssetId m_asset;
};

void AllowancesTest::initTestCase()
{
    m_room = std::make_unique<WorkbenchRoom>();
    m_asset = m_room->ingestClip().id;
    const auto report = checkAsset(m_room->workspace(), m_asset, u"broadcast-eu"_s);
    QVERIFY2(report, report ? "" : qPrintable(report.error().detail));
    QCOMPARE(resultOf(*report, u"loudness"_s).outcome, checks::CheckOutcome::Fail);
}

void AllowancesTest::cleanup()
{
    const auto left = listAllowances(m_room->workspace(), {});
    QVERIFY(left);
    for (const checks::Allowance& allowance : *left)
        QVERIFY(forgetAllowance(m_room->workspace(), allowance.id));
}

void AllowancesTest::anAllowedFindingIsShownAndDoesNotCount()
{
    const auto allowance = allowFinding(m_room->workspace(), quietIsFine());
    QVERIFY2(allowance, allowance ? "" : qPrintable(allowance.error().detail));
    const checks::Report report = stored();
    const checks::CheckResult& loudness = resultOf(report, u"loudness"_s);
    QCOMPARE(loudness.outcome, checks::CheckOutcome::Pass);
    QVERIFY(!loudness.findings.empty());
    QCOMPARE(loudness.findings[0].allowed->reason, u"recorded in a library"_s);
    QCOMPARE(m_room->log(1).front().action, u"allow_finding"_s);
}

void AllowancesTest::theSameBytesHaveItAgain()
{
    QVERIFY(allowFinding(m_room->workspace(), quietIsFine()));
    const auto again = m_room->ingestClip(); // the same file, uploaded once more
    const auto report = checkAsset(m_room->workspace(), again.id, u"broadcast-eu"_s);
    QVERIFY(report);
    QCOMPARE(resultOf(*report, u"loudness"_s).outcome, checks::CheckOutcome::Pass);
    const auto other = checkAsset(m_room->workspace(), again.id, u"streaming"_s);
    QVERIFY(other);
    QCOMPARE(resultOf(*other, u"loudness"_s).outcome, checks::CheckOutcome::Pass);
    QVERIFY(checkAsset(m_room->workspace(), m_asset, u"broadcast-eu"_s)); // the newest again for what follows
}

void AllowancesTest::forgettingLetsItCountAgain()
{
    const auto allowance = allowFinding(m_room->workspace(), quietIsFine());
    QVERIFY(allowance);
    QVERIFY(forgetAllowance(m_room->workspace(), allowance->id));
    QCOMPARE(resultOf(stored(), u"loudness"_s).outcome, checks::CheckOutcome::Fail);
    QCOMPARE(m_room->log(1).front().action, u"forget_allowance"_s);
    QCOMPARE(forgetAllowance(m_room->workspace(), allowance->id).error().code, ErrorCode::NotFound);
}

void AllowancesTest::whatWasAllowedForATimeCountsAfterIt()
{
    AllowRequest request = quietIsFine();
    request.expires = m_room->workspace().clock().now() + Milliseconds(700);
    QVERIFY(allowFinding(m_room->workspace(), request));
    QTRY_COMPARE_WITH_TIMEOUT(resultOf(stored(), u"loudness"_s).outcome, checks::CheckOutcome::Fail, kPatienceMs);
    QVERIFY(!resultOf(stored(), u"loudness"_s).findings[0].allowed);
}

void AllowancesTest::backTestKnowsAllowances()
{
    const auto profile = checks::shippedProfile(u"streaming"_s);
    QVERIFY(profile);
    const auto only = checks::onlyChecks(*profile, {u"loudness"_s});
    QVERIFY(only);
    const auto before = judgeLibrary(m_room->workspace(), *only);
    QVERIFY2(before, before ? "" : qPrintable(before.error().detail));
    QVERIFY(before->judged >= 1);
    QCOMPARE(before->verdicts.at(u"fail"_s), before->judged);
    QVERIFY(allowFinding(m_room->workspace(), quietIsFine()));
    const auto after = judgeLibrary(m_room->workspace(), *only);
    QVERIFY(after);
    QCOMPARE(after->verdicts.at(u"pass"_s), after->judged);
    for (const ChangedVerdict& changed : after->changed)
        QVERIFY(!changed.checks.empty());
}

void AllowancesTest::senselessWordsAreRefused_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("no reason") << u"reason"_s << ErrorCode::Invalid;
    QTest::newRow("no such check") << u"check"_s << ErrorCode::NotFound;
    QTest::newRow("nothing was found") << u"detail"_s << ErrorCode::NotFound;
    QTest::newRow("no such asset") << u"asset"_s << ErrorCode::NotFound;
    QTest::newRow("past expiry") << u"expires"_s << ErrorCode::Invalid;
    QTest::newRow("backwards") << u"range"_s << ErrorCode::Invalid;
}

void AllowancesTest::senselessWordsAreRefused()
{
    QFETCH(QString, what);
    AllowRequest request = quietIsFine();
    if (what == u"reason")
        request.reason = u"  "_s;
    else if (what == u"check")
        request.checkId = u"nonsense"_s;
    else if (what == u"detail")
        request.detail = u"too_loud"_s;
    else if (what == u"asset")
        request.asset = AssetId(u"nobody"_s);
    else if (what == u"expires")
        request.expires = Instant(Milliseconds(1));
    else
        std::tie(request.from, request.to) = std::pair(5.0, 2.0);
    const auto allowance = allowFinding(m_room->workspace(), request);
    QVERIFY(!allowance);
    QTEST(allowance.error().code, "code");
    QCOMPARE(listAllowances(m_room->workspace(), {})->size(), 0u);
}

void AllowancesTest::whoMayNotDecideMayNotAllow()
{
    m_room->addProfile(u"reader"_s, {moderation::Role::Auditor});
    m_room->reopen(u"reader"_s);
    const auto allowance = allowFinding(m_room->workspace(), quietIsFine());
    QVERIFY(!allowance);
    QCOMPARE(allowance.error().code, ErrorCode::Denied);
    QCOMPARE(m_room->log(1).front().action, u"denied"_s);
}

QTEST_GUILESS_MAIN(AllowancesTest)
#include "tst_allowances.moc"
