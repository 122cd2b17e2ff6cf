#include "core/checks/measurements.h"
#include "core/store/workspace_store.h"
#include "core/workbench/judge_library.h"
#include "core/workbench/review.h"
#include "core/workbench/run_verb.h"
#include "workbench_room.h"

#include <QTest>
#include <algorithm>

using namespace vidimus;
using namespace vidimus::test;
using namespace vidimus::workbench;
using namespace Qt::StringLiterals;

namespace {

/// Fails the clip by its loudness alone.
checks::Profile strict()
{
    checks::Profile profile = *checks::onlyChecks(*checks::shippedProfile(u"broadcast-eu"_s), {u"loudness"_s});
    profile.id = u"strict"_s;
    return profile;
}

store::StoredReport newestOf(WorkbenchRoom& room, const AssetId& asset)
{
    const auto reports
        = room.workspace().store().read([&](const store::UnitOfWork& unit) { return unit.reports.findAll(asset); });
    return reports && !reports->empty() ? reports->front() : store::StoredReport {};
}

} // namespace

/// A changed profile put into force over what was measured.
class ApplyProfileTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void verdictsAreStoredInOneStep();
    void whatWasNotMeasuredKeepsItsVerdict();
    void whatWasNeverCheckedIsCounted();
    void whoMayNotEditMayNotApply();
    void theVerbAppliesWhenAsked();
};

void ApplyProfileTest::verdictsAreStoredInOneStep()
{
    WorkbenchRoom room;
    const AssetId asset = room.ingestClip().id;
    QVERIFY(checkAsset(room.workspace(), asset, u"web"_s));
    const auto before = newestOf(room, asset);
    QVERIFY(before.verdict != u"fail"_s);
    const auto tried = judgeLibrary(room.workspace(), strict());
    QVERIFY(tried);
    QCOMPARE(tried->changed.size(), std::size_t(1));
    QCOMPARE(tried->applied, 0);
    QCOMPARE(newestOf(room, asset), before); // trying writes nothing
    const auto applied = applyProfile(room.workspace(), strict());
    QVERIFY2(applied, applied ? "" : qPrintable(applied.error().detail));
    QCOMPARE(applied->applied, 1);
    QCOMPARE(applied->changed.size(), std::size_t(1));
    const auto after = newestOf(room, asset);
    QCOMPARE(after.verdict, u"fail"_s);
    QCOMPARE(after.profile, u"strict"_s);
    QCOMPARE(after.measurements, before.measurements);
    const audit::LogEntry entry = room.log(1).front();
    QCOMPARE(entry.action, u"apply_checks"_s);
    QCOMPARE(reviewItem(room.workspace(), asset)->row.checkVerdict, QByteArray("fail"));
    // Once in force nothing would change any more.
    QVERIFY(judgeLibrary(room.workspace(), strict())->changed.empty());
}

void ApplyProfileTest::whatWasNotMeasuredKeepsItsVerdict()
{
    WorkbenchRoom room;
    const AssetId asset = room.ingestClip().id;
    QVERIFY(checkAsset(room.workspace(), asset, u"web"_s));
    const auto forgot = room.workspace().store().write([&](store::UnitOfWork& unit) -> Result<void> {
        store::StoredReport stored = unit.reports.findAll(asset)->front();
        auto measurements = checks::measurementsFromJson(stored.measurements);
        measurements->checks.erase(u"loudness"_s);
        stored.measurements = checks::toJson(*measurements);
        return unit.reports.put(stored);
    });
    QVERIFY(forgot);
    const auto before = newestOf(room, asset);
    const auto applied = applyProfile(room.workspace(), strict());
    QVERIFY(applied);
    QCOMPARE(applied->unmeasured, 1);
    QCOMPARE(applied->unchecked, 0);
    QCOMPARE(applied->applied, 0);
    QCOMPARE(newestOf(room, asset), before);
}

void ApplyProfileTest::whatWasNeverCheckedIsCounted()
{
    WorkbenchRoom room;
    (void)room.ingestClip();
    const auto judgement = judgeLibrary(room.workspace(), strict());
    QVERIFY(judgement);
    QCOMPARE(judgement->judged, 0);
    QCOMPARE(judgement->unchecked, 1);
}

void ApplyProfileTest::whoMayNotEditMayNotApply()
{
    WorkbenchRoom room;
    const AssetId asset = room.ingestClip().id;
    QVERIFY(checkAsset(room.workspace(), asset, u"web"_s));
    const auto before = newestOf(room, asset);
    room.addProfile(u"reader"_s, {moderation::Role::Auditor});
    room.reopen(u"reader"_s);
    const auto applied = applyProfile(room.workspace(), strict());
    QVERIFY(!applied);
    QCOMPARE(applied.error().code, ErrorCode::Denied);
    QCOMPARE(newestOf(room, asset), before);
}

void ApplyProfileTest::theVerbAppliesWhenAsked()
{
    WorkbenchRoom room;
    const AssetId asset = room.ingestClip().id;
    QVERIFY(checkAsset(room.workspace(), asset, u"web"_s));
    const auto ask = [&](const QHash<QString, QString>& options) {
        const VerbRequest request {u"checks judge"_s, {}, options};
        return runVerb({request, &room.workspace(), room.workspace().workers(), {}, {}}).json;
    };
    QCOMPARE(ask({{u"checks"_s, u"broadcast-eu"_s}})[u"applied"].toInt(), 0);
    QCOMPARE(newestOf(room, asset).profile, u"web"_s);
    QCOMPARE(ask({{u"checks"_s, u"broadcast-eu"_s}, {u"apply"_s, QString()}})[u"applied"].toInt(), 1);
    QCOMPARE(newestOf(room, asset).profile, u"broadcast-eu"_s);
}

QTEST_GUILESS_MAIN(ApplyProfileTest)
#include "tst_apply_profile.moc"
