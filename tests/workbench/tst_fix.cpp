#include "core/workbench/fix.h"

#include "core/base/sha256.h"
#include "core/jobs/job_runner.h"
#include "core/store/workspace_store.h"
#include "core/workbench/check_profiles.h"
#include "core/workbench/fix_job.h"
#include "core/workbench/open_input.h"
#include "core/workbench/review.h"
#include "core/worker/worker_pool.h"
#include "workbench_room.h"

#include <QDir>
#include <QJsonArray>
#include <QProcess>
#include <QTest>

using namespace vidimus;
using namespace vidimus::workbench;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

namespace {

const char* const kQuietClip = "talking_head_mono.mp4";

/// A profile that this clip fails by loudness alone.
checks::Profile strictProfile()
{
    checks::Profile profile = checks::defaultProfile();
    profile.checks[u"loudness"_s].thresholds[u"target"_s] = -45; // the clip is nearly silent
    profile.checks[u"loudness"_s].thresholds[u"tolerance"_s] = 0.5;
    return profile;
}

QStringList everythingIn(const QString& folder)
{
    return QDir(folder).entryList(QDir::Files | QDir::Hidden | QDir::NoDotAndDotDot);
}

} // namespace

/// Corrections through the real, sandboxed worker.
class TestFix : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void provesWhatItWrites();
    void leavesTheOriginalUntouched();
    void proposesFromAStoredReport();
    void refusesWhatIsThere();
    void refusesWhatCannotBeCorrected();
    void aCancelledRunLeavesNothing();
    void aKilledRunLeavesNothingHalfDone();
    void checksOnlyTheTouchedFramesAgain();
    void aJobKeepsTheCopyBesideTheOriginal();

private:
    [[nodiscard]] Result<FixOutcome> proposed(const QString& path, const QStringList& ids)
    {
        const auto input = openInput(path);
        return input ? proposeFixOfFile(m_workers, input->get(), strictProfile(), ids) : input.error();
    }
    worker::WorkerPool m_workers {{.executable = QStringLiteral(VIDIMUS_BIN_DIR "/vidimus-mediaworker")}};
};

void TestFix::provesWhatItWrites()
{
    const QTemporaryDir folder;
    const QString out = folder.filePath(u"fixed.mp4"_s);
    const auto outcome = proposed(clipPath(kQuietClip), {u"loudness"_s});
    QVERIFY2(outcome, outcome ? "" : qPrintable(outcome.error().detail));
    QCOMPARE(outcome->proposal.steps.size(), std::size_t(1));
    QVERIFY(!outcome->file && !outcome->after);
    const auto input = openInput(clipPath(kQuietClip));
    const auto fixed = applyFix(m_workers, input->get(), *outcome, out);
    QVERIFY2(fixed, fixed ? "" : qPrintable(fixed.error().detail));
    QVERIFY(fixed->proved);
    QCOMPARE(fixed->file->bytes, QFileInfo(out).size());
    QCOMPARE(everythingIn(folder.path()), QStringList {u"fixed.mp4"_s});
    const QJsonObject json = toJson(*fixed);
    QCOMPARE(json[u"proved"].toBool(), true);
    const QJsonArray streams = json[u"file"].toObject()[u"streams"].toArray();
    QVERIFY(!streams.isEmpty());
    // The new file needs no correction any more.
    const auto again = proposed(out, {u"loudness"_s});
    QVERIFY(again);
    QVERIFY(again->proposal.plan.isEmpty());
}

void TestFix::leavesTheOriginalUntouched()
{
    const QTemporaryDir folder;
    const QString copy = folder.filePath(u"original.mp4"_s);
    QVERIFY(QFile::copy(clipPath(kQuietClip), copy));
    QVERIFY(QFile::setPermissions(copy, QFileDevice::ReadOwner));
    const auto hash = [&] { return *sha256HexOfFile(openInput(copy)->get()); };
    const QByteArray before = hash();
    const auto outcome = proposed(copy, {u"loudness"_s});
    QVERIFY(outcome);
    const auto input = openInput(copy);
    QVERIFY(applyFix(m_workers, input->get(), *outcome, folder.filePath(u"b.mp4"_s)));
    QCOMPARE(hash(), before);
}

void TestFix::proposesFromAStoredReport()
{
    WorkbenchRoom room;
    const auto asset = room.ingestClip(kQuietClip);
    const auto none = proposeFixOfAsset(room.workspace(), asset.id, {u"loudness"_s});
    if (!none)
        QCOMPARE(none.error().reason, QByteArray("no_report"));
    const auto checked = [&] {
        const auto input = openInput(clipPath(kQuietClip));
        return room.workspace().workers().check(input->get(), *loadCheckProfile(u"broadcast-us"_s));
    }();
    QVERIFY(checked);
    QVERIFY(room.workspace().store().write([&](store::UnitOfWork& unit) {
        return unit.reports.put({.asset = asset.id,
            .profile = u"broadcast-us"_s,
            .verdict = u"fail"_s,
            .report = checks::toJson(checked->report),
            .measurements = checks::toJson(checked->measurements),
            .createdAt = unit.now()});
    }));
    const auto outcome = proposeFixOfAsset(room.workspace(), asset.id, {u"loudness"_s, u"true_peak"_s});
    QVERIFY2(outcome, outcome ? "" : qPrintable(outcome.error().detail));
    QCOMPARE(outcome->proposal.steps.size() + outcome->proposal.refusals.size() >= 2, true);
    if (!outcome->proposal.plan.isEmpty()) {
        const auto fixed = applyFixToAsset(room.workspace(), asset.id, *outcome, room.path(u"out.mp4"_s));
        QVERIFY2(fixed, fixed ? "" : qPrintable(fixed.error().detail));
        QVERIFY(fixed->proved);
    }
}

void TestFix::refusesWhatIsThere()
{
    const QTemporaryDir folder;
    const QString out = folder.filePath(u"mine"_s);
    QFile mine(out);
    QVERIFY(mine.open(QIODevice::WriteOnly));
    mine.write("mine");
    mine.close();
    const auto outcome = proposed(clipPath(kQuietClip), {u"loudness"_s});
    const auto input = openInput(clipPath(kQuietClip));
    const auto fixed = applyFix(m_workers, input->get(), *outcome, out);
    QVERIFY(!fixed);
    QCOMPARE(fixed.error().code, ErrorCode::Conflict);
    QVERIFY(mine.open(QIODevice::ReadOnly));
    QCOMPARE(mine.readAll(), QByteArray("mine"));
    const auto nowhere = applyFix(m_workers, input->get(), *outcome, folder.filePath(u"no/such/folder"_s));
    QVERIFY(!nowhere);
    QCOMPARE(nowhere.error().code, ErrorCode::NotFound);
}

void TestFix::refusesWhatCannotBeCorrected()
{
    const auto blur = proposed(clipPath(kQuietClip), {u"blur"_s});
    QVERIFY(!blur);
    QCOMPARE(blur.error().reason, QByteArray("not_correctable"));
    const auto unknown = proposed(clipPath(kQuietClip), {u"nosuch"_s});
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().code, ErrorCode::NotFound);
    const auto fine = proposed(clipPath(kQuietClip), {u"flash"_s});
    QVERIFY(fine);
    QCOMPARE(fine->proposal.refusals.front().reason, u"not_failing"_s);
    const auto input = openInput(clipPath(kQuietClip));
    const QTemporaryDir folder;
    const auto nothing = applyFix(m_workers, input->get(), *fine, folder.filePath(u"x"_s));
    QVERIFY(!nothing);
    QCOMPARE(nothing.error().reason, QByteArray("nothing_to_correct"));
    const auto noMedia = proposed(QStringLiteral(VIDIMUS_SOURCE_DIR "/LICENSE"), {u"loudness"_s});
    QVERIFY(!noMedia);
}

void TestFix::aCancelledRunLeavesNothing()
{
    const QTemporaryDir folder;
    const auto outcome = proposed(clipPath(kQuietClip), {u"loudness"_s});
    const auto input = openInput(clipPath(kQuietClip));
    const CancelSource source;
    source.cancel();
    const auto fixed = applyFix(m_workers, input->get(), *outcome, folder.filePath(u"x.mp4"_s), source.token());
    QVERIFY(!fixed);
    QCOMPARE(fixed.error().code, ErrorCode::Canceled);
    QCOMPARE(everythingIn(folder.path()), QStringList {});
}

void TestFix::aKilledRunLeavesNothingHalfDone()
{
    for (const int patience : {50, 200, 400, 700, 1000}) {
        const QTemporaryDir folder;
        QProcess run;
        run.start(QStringLiteral(VIDIMUS_BIN_DIR "/vidimus"),
            {u"fix"_s, clipPath("bbb_720p25_5.1.mp4"), u"--only"_s, u"loudness"_s, u"--checks"_s, u"broadcast-us"_s,
                u"--out"_s, folder.filePath(u"out.mp4"_s), u"--quiet"_s});
        QVERIFY(run.waitForStarted());
        run.waitForFinished(patience);
        run.kill();
        run.waitForFinished();
        const QStringList left = everythingIn(folder.path());
        if (left.isEmpty())
            continue;
        QCOMPARE(left, QStringList {u"out.mp4"_s}); // it was faster: then the file is whole
        QVERIFY(proposed(folder.filePath(u"out.mp4"_s), {u"loudness"_s}));
    }
}

void TestFix::checksOnlyTheTouchedFramesAgain()
{
    const auto input = openInput(clipPath("noaudio_1080p24.mp4"));
    auto profile = checks::onlyChecks(checks::defaultProfile(), {u"levels"_s, u"flash"_s});
    const auto whole = m_workers.check(input->get(), *profile);
    const auto part = m_workers.checkRange(input->get(), *profile, {10, 29});
    QVERIFY2(part, part ? "" : qPrintable(part.error().detail));
    QCOMPARE(part->report.frames, 20);
    QVERIFY(std::abs(part->measurements.clock.start(0) - whole->measurements.clock.start(10)) < 1e-6);
    const auto& all = whole->measurements.checks.at(u"levels"_s).series.at(u"outside"_s).codes;
    const auto& some = part->measurements.checks.at(u"levels"_s).series.at(u"outside"_s).codes;
    QVERIFY(checks::CodeList(all.dense(10, 30)) == some);
    QVERIFY(!m_workers.checkRange(input->get(), *profile, {100'000, 100'010}));
}

void TestFix::aJobKeepsTheCopyBesideTheOriginal()
{
    WorkbenchRoom room;
    Workspace& workspace = room.workspace();
    const auto original = room.ingestClip(kQuietClip);
    checks::Profile profile = strictProfile();
    profile.id = u"quiet"_s;
    QVERIFY(saveCheckProfile(workspace, profile, u"web"_s));
    QVERIFY(workspace.jobs().runAllQueued({})); // its first checks, by another profile
    QVERIFY(checkAsset(workspace, original.id, profile.id));
    const auto job = queueFix(workspace, original.id, {u"loudness"_s});
    QVERIFY2(job, job ? "" : qPrintable(job.error().detail));
    QVERIFY(workspace.jobs().runAllQueued({}));
    const auto ended = findJob(workspace, *job);
    QVERIFY2(ended->state == jobs::JobState::Done, qPrintable(ended->error.detail));
    const auto result = fixResultOf(*ended);
    QVERIFY(result && result->proved);
    QCOMPARE(result->checks.size(), std::size_t(1));
    QCOMPARE(result->checks[0].before, u"fail"_s);
    QCOMPARE(result->checks[0].after, u"pass"_s);
    QVERIFY(result->checks[0].measuredBefore[u"integrated_lufs"].toDouble()
        < result->checks[0].measuredAfter[u"integrated_lufs"].toDouble());
    // The copy is another version of the same title; the original is what it was.
    const auto assets = workspace.store().read(
        [&](const store::UnitOfWork& unit) { return unit.assets.findByTitle(original.title); });
    QCOMPARE(assets->size(), std::size_t(2));
    const auto copy
        = workspace.store().read([&](const store::UnitOfWork& unit) { return unit.assets.find(result->copy); });
    QVERIFY(copy);
    QCOMPARE(copy->originalName, u"talking_head_mono (corrected).mp4"_s);
    QVERIFY(copy->sha256 != original.sha256);
    QFile kept(workspace.paths().original(original.sha256));
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QCOMPARE(sha256Hex(kept.readAll()), original.sha256);
    QVERIFY(QDir(workspace.paths().cache()).entryList({u"fix-*"_s}, QDir::Dirs).isEmpty());
    const auto log = room.log(5);
    QVERIFY(std::ranges::any_of(log, [](const audit::LogEntry& entry) { return entry.action == u"fix"_s; }));
}

QTEST_GUILESS_MAIN(TestFix)
#include "tst_fix.moc"
