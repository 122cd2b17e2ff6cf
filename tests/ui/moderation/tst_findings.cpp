#include "review_bench.h"

#include "core/jobs/job_runner.h"
#include "core/transcode/propose_fix.h"
#include "core/workbench/allowances.h"
#include "core/workbench/review.h"
#include "core/workbench/workspace.h"
#include "tests/support/patience.h"
#include "ui/moderation/entry_strip.h"
#include "ui/moderation/finding_detail.h"
#include "ui/moderation/reasons_panel.h"
#include "ui/widgets/button.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QTest>

using namespace vidimus;
using namespace vidimus::ui;
using namespace vidimus::ui::moderation;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

namespace {

/// Two seconds of black from the second on, and a quiet tone.
AssetId ingestBlackClip(ReviewBench& bench)
{
    GeneratedClip clip;
    clip.frames = 125;
    clip.audioTracks = 1;
    clip.tone = sine(440, 0.01);
    clip.painter = [](const Canvas& canvas, int frame) {
        if (frame < 50 || frame >= 100)
            paintNumbered(canvas, frame);
    };
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"Night drive.mp4"_s);
    return clip.write(path) ? bench.ingest(path) : AssetId();
}

/// Names a part that is shown and has less height than its text needs, or lies on another; empty: none does.
QString squeezedPart(const FindingDetail& detail)
{
    QWidgetList parts;
    for (QWidget* part : detail.findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly)) {
        if (!part->isVisible())
            continue;
        const int needed = part->hasHeightForWidth() ? part->heightForWidth(part->width()) : part->minimumHeight();
        const bool isCovered = std::ranges::any_of(
            parts, [&](const QWidget* other) { return other->geometry().intersects(part->geometry()); });
        if (part->height() < needed || isCovered || !detail.rect().contains(part->geometry()))
            return QString::fromLatin1(part->metaObject()->className());
        parts.append(part);
    }
    return {};
}

/// Three seconds, then two of black at the end.
AssetId ingestDarkTail(ReviewBench& bench)
{
    GeneratedClip clip;
    clip.frames = 125;
    clip.painter = [](const Canvas& canvas, int frame) {
        if (frame < 75)
            paintNumbered(canvas, frame);
    };
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"Night drive.mp4"_s);
    return clip.write(path) ? bench.ingest(path) : AssetId();
}

} // namespace

/// The findings of an item: why each fired, and what a person says of it, through the window's keys. With
/// VIDIMUS_SHOTS=<folder> a picture is written there.
class TestFindings : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<widgets::Theme>(*qApp); }
    void cleanupTestCase() { m_theme.reset(); }

    void aFindingSaysWhyItFiredAndIsAllowedByKeys()
    {
        ReviewBench bench;
        const AssetId asset = ingestBlackClip(bench);
        QVERIFY(!asset.isEmpty());
        QVERIFY(workbench::checkAsset(bench.workspace(), asset, {}));
        bench.show({1280, 800});
        QTRY_VERIFY_WITH_TIMEOUT(bench.isSettledOn(asset), 20000);
        FindingDetail& detail = bench.page().reasons().detail();
        QTRY_VERIFY_WITH_TIMEOUT(bench.page().findings().rowCount() > 0, kPatienceMs);
        bench.page().player().seek(60);
        QTRY_VERIFY_WITH_TIMEOUT(detail.isVisible(), kPatienceMs);
        const FindingsModel& findings = bench.page().findings();
        const int row = findings.rowOf(detail.shownId());
        QVERIFY(row >= 0);
        QCOMPARE(findings.rows()[std::size_t(row)].checkId, u"black"_s);
        // The numbers come from the stored measurement, a moment later.
        QWidget* chart = detail.findChild<QWidget*>(u"evidenceChart"_s);
        QVERIFY(chart);
        QTRY_VERIFY_WITH_TIMEOUT(chart->isVisible(), kPatienceMs);
        QVERIFY2(chart->accessibleDescription().contains(u'%'), qPrintable(chart->accessibleDescription()));
        QTRY_COMPARE_WITH_TIMEOUT(squeezedPart(detail), QString(), kPatienceMs);
        shoot(bench, u"why-it-fired"_s);

        bench.press(Qt::Key_A, Qt::ShiftModifier);
        auto* field = qobject_cast<QLineEdit*>(QApplication::focusWidget());
        QVERIFY(field);
        bench.press(Qt::Key_Return); // no reason: it asks for one
        QVERIFY(workbench::listAllowances(bench.workspace(), asset)->empty());
        QTest::keyClicks(field, u"a tunnel, meant so"_s);
        bench.press(Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(workbench::listAllowances(bench.workspace(), asset)->size(), 1u, kPatienceMs);
        const auto allowance = workbench::listAllowances(bench.workspace(), asset)->front();
        QCOMPARE(allowance.checkId, u"black"_s);
        QCOMPARE(allowance.reason, u"a tunnel, meant so"_s);
        // The page shows it, and the same button takes it back.
        QTRY_VERIFY_WITH_TIMEOUT(
            detail.isVisible() && detail.allowButton()->text() == u"Count it again"_s, kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(squeezedPart(detail), QString(), kPatienceMs);
        QTest::mouseClick(detail.allowButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(workbench::listAllowances(bench.workspace(), asset)->empty(), kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(detail.isVisible() && detail.allowButton()->text() == u"Allow here"_s, kPatienceMs);
    }

    void aFindingIsCorrectedByKeys()
    {
        ReviewBench bench;
        const AssetId asset = ingestDarkTail(bench);
        QVERIFY(!asset.isEmpty());
        QVERIFY(workbench::checkAsset(bench.workspace(), asset, {}));
        bench.show({1280, 800});
        QTRY_VERIFY_WITH_TIMEOUT(bench.isSettledOn(asset), 20000);
        FindingDetail& detail = bench.page().reasons().detail();
        const FindingsModel& findings = bench.page().findings();
        QTRY_VERIFY_WITH_TIMEOUT(findings.rowCount() > 0, kPatienceMs);
        const auto shown = [&] {
            const int row = findings.rowOf(detail.shownId());
            return row < 0 ? QString() : findings.rows()[std::size_t(row)].checkId;
        };
        bench.page().player().seek(110);
        QTRY_COMPARE_WITH_TIMEOUT(shown(), u"black"_s, kPatienceMs);
        QVERIFY(detail.fixButton()->isEnabled());
        bench.press(Qt::Key_F, Qt::ShiftModifier); // proposed, not done
        QTRY_COMPARE_WITH_TIMEOUT(detail.fixButton()->text(), u"Make the copy"_s, kPatienceMs);
        QVERIFY2(detail.fixText().contains(u"50"_s), qPrintable(detail.fixText()));
        QTRY_COMPARE_WITH_TIMEOUT(squeezedPart(detail), QString(), kPatienceMs);
        shoot(bench, u"fix-proposed"_s);
        const auto versions
            = [&] { return workbench::queueIds(bench.workspace(), workbench::QueueFilter::All, {})->size(); };
        QCOMPARE(versions(), std::size_t(1));
        bench.press(Qt::Key_F, Qt::ShiftModifier);
        QTRY_VERIFY2_WITH_TIMEOUT(detail.fixText().contains(u"waits"_s), qPrintable(detail.fixText()), kPatienceMs);
        QVERIFY(bench.workspace().jobs().runAllQueued({}));
        QCOMPARE(versions(), std::size_t(2));
        QTRY_VERIFY2_WITH_TIMEOUT(detail.fixText().contains(u"After: passes"_s), qPrintable(detail.fixText()), 30000);
        QTRY_COMPARE_WITH_TIMEOUT(squeezedPart(detail), QString(), kPatienceMs);
        shoot(bench, u"fix-done"_s);
    }

    void whatNobodyCanMendSaysSo()
    {
        ReviewBench bench;
        const AssetId asset = bench.ingestClip(u"plain"_s, 130);
        QVERIFY(workbench::checkAsset(bench.workspace(), asset, {}));
        bench.show();
        QTRY_VERIFY_WITH_TIMEOUT(bench.isSettledOn(asset), 20000);
        FindingDetail& detail = bench.page().reasons().detail();
        const FindingsModel& findings = bench.page().findings();
        for (int row = 0; row < findings.rowCount(); ++row) {
            const FindingRow& finding = findings.rows()[std::size_t(row)];
            detail.showFinding(finding, row + 1, findings.rowCount());
            const bool mends = vidimus::transcode::correctableChecks().contains(finding.checkId);
            QCOMPARE(detail.fixButton()->isEnabled(), mends);
            QCOMPARE(detail.fixButton()->toolTip().isEmpty(), mends);
        }
    }

    void besideAFindingThereIsNothingToAllow()
    {
        ReviewBench bench;
        const AssetId asset = bench.ingestClip(u"plain"_s);
        bench.show();
        QTRY_VERIFY_WITH_TIMEOUT(bench.isSettledOn(asset), 20000);
        QVERIFY(!bench.page().reasons().detail().isVisible());
        QWidget* before = QApplication::focusWidget();
        bench.press(Qt::Key_A, Qt::ShiftModifier);
        QCOMPARE(QApplication::focusWidget(), before);
        QVERIFY(workbench::listAllowances(bench.workspace(), asset)->empty());
    }

private:
    static void shoot(ReviewBench& bench, const QString& name)
    {
        const QString folder = qEnvironmentVariable("VIDIMUS_SHOTS");
        if (!folder.isEmpty() && QDir().mkpath(folder))
            QVERIFY(bench.window().grab().save(folder + u'/' + name + u".png"_s));
    }

    std::unique_ptr<widgets::Theme> m_theme;
};

QTEST_MAIN(TestFindings)
#include "tst_findings.moc"
