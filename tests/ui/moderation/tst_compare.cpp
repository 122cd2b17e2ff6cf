#include "review_bench.h"

#include "core/workbench/review.h"
#include "core/workbench/stored_matches.h"
#include "core/workbench/workspace.h"
#include "tests/support/patience.h"
#include "ui/moderation/compare_map.h"
#include "ui/moderation/compare_page.h"
#include "ui/moderation/reasons_panel.h"
#include "ui/widgets/button.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QDir>
#include <QTableView>
#include <QTest>

using namespace vidimus;
using namespace vidimus::ui;
using namespace vidimus::ui::moderation;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

namespace {

/// The same twelve seconds of scenes; \a quality says how strongly they are compressed.
AssetId ingestScenes(ReviewBench& bench, const QString& name, int quality)
{
    GeneratedClip clip;
    clip.frames = 300;
    clip.quality = quality;
    clip.painter = [](const Canvas& canvas, int frame) {
        const int scene = frame / 50;
        for (int i = 0; i < 12; ++i) {
            const int x = (i * 53 + scene * 97 + frame / 2) % (canvas.width - 40);
            const int y = (i * 31 + scene * 61) % (canvas.height - 30);
            canvas.rectangle(x, y, 24 + (i * 7) % 40, 16 + (i * 5) % 30, 40 + (i * 37 + scene * 29) % 180);
        }
    };
    const QTemporaryDir folder;
    const QString path = folder.filePath(name);
    return clip.write(path) ? bench.ingest(path) : AssetId();
}

} // namespace

/// A near match is said beside the item, and looked at with both playheads locked. With VIDIMUS_SHOTS=<folder> pictures
/// are written there.
class TestCompare : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<widgets::Theme>(*qApp); }
    void cleanupTestCase() { m_theme.reset(); }

    void theOtherMomentFollowsTheSegments_data()
    {
        QTest::addColumn<int>("time");
        QTest::addColumn<int>("other");
        QTest::newRow("inside") << 12'000 << 42'000;
        QTest::newRow("faster") << 105'000 << 202'500;
        QTest::newRow("before the first") << 9'000 << 39'000;
        QTest::newRow("never below zero") << 0 << 30'000;
        QTest::newRow("after the last") << 121'000 << 210'500;
    }

    void theOtherMomentFollowsTheSegments()
    {
        using Ms = Milliseconds;
        const std::vector<matching::MatchSegment> segments {{Ms(10'000), Ms(20'000), Ms(40'000), Ms(50'000), 10},
            {Ms(100'000), Ms(120'000), Ms(200'000), Ms(210'000), 10}};
        QFETCH(int, time);
        QFETCH(int, other);
        QCOMPARE(otherTime(segments, Ms(time)), Ms(other));
        QCOMPARE(otherTime({}, Ms(time)), Ms(time));
        QCOMPARE(otherTime({{Ms(50'000), Ms(60'000), Ms(0), Ms(10'000), 0}}, Ms(0)), Ms(0));
        QCOMPARE(otherTime({{Ms(5), Ms(5), Ms(7), Ms(7), 0}}, Ms(6)), Ms(8)); // a segment without length
    }

    void wipeAndDifferenceArePictures()
    {
        QImage a(40, 20, QImage::Format_RGB32);
        a.fill(qRgb(200, 0, 0));
        QImage b(80, 40, QImage::Format_RGB888);
        b.fill(qRgb(190, 0, 0));
        const QImage half = wiped(a, b, 0.5);
        QCOMPARE(half.size(), a.size());
        QCOMPARE(qRed(half.pixel(2, 2)), 200);
        QCOMPARE(qRed(half.pixel(37, 2)), 190);
        QCOMPARE(qRed(difference(a, b).pixel(5, 5)), 30);
        QCOMPARE(wiped({}, b, 0.5).size(), b.size());
        QCOMPARE(difference(a, {}).size(), a.size());
        QVERIFY(difference({}, {}).isNull());
    }

    void aNearMatchIsSaidAndComparedFrameByFrame()
    {
        ReviewBench bench;
        const AssetId first = ingestScenes(bench, u"Rooftops.mp4"_s, 18);
        QVERIFY(workbench::checkAsset(bench.workspace(), first, {}));
        const AssetId second = ingestScenes(bench, u"Rooftops, again.mp4"_s, 34);
        QVERIFY(workbench::checkAsset(bench.workspace(), second, {}));
        const auto matches = workbench::matchesOf(bench.workspace(), second);
        QVERIFY(matches && !matches->empty());
        QCOMPARE(matches->front().match.id, first.toString());
        QVERIFY(!matches->front().match.segments.empty());

        bench.show({1280, 800});
        bench.page().openItem(second);
        QTRY_VERIFY_WITH_TIMEOUT(bench.isSettledOn(second), 20000);
        const auto buttons = bench.page().reasons().findChildren<widgets::Button*>();
        const auto compare = std::ranges::find_if(
            buttons, [](const widgets::Button* button) { return button->text() == u"Compare"_s; });
        QVERIFY(compare != buttons.end());
        shoot(bench, u"near-match"_s);
        QTest::mouseClick(*compare, Qt::LeftButton);
        auto* page = qobject_cast<ComparePage*>(bench.window().page(u"compare"_s));
        QVERIFY(page);
        QTRY_VERIFY_WITH_TIMEOUT(page->first().isOpen() && page->second().isOpen(), 20000);
        QTRY_VERIFY_WITH_TIMEOUT(page->segments()->model()->rowCount() > 0, kPatienceMs);
        // Both playheads go together.
        page->baseFocus()->setFocus();
        for (int i = 0; i < 5; ++i)
            bench.press(Qt::Key_Right);
        QCOMPARE(page->first().frame(), 5);
        QTRY_COMPARE_WITH_TIMEOUT(page->first().shownFrame(), 5, 20000);
        QTRY_VERIFY_WITH_TIMEOUT(std::abs(page->second().shownFrame() - 5) <= 1, 20000);
        shoot(bench, u"compare-side"_s);
        page->showView(u"wipe"_s);
        QTest::qWait(100);
        shoot(bench, u"compare-wipe"_s);
        page->showView(u"difference"_s);
        bench.press(Qt::Key_End);
        QTRY_COMPARE_WITH_TIMEOUT(page->first().shownFrame(), 299, 20000);
        shoot(bench, u"compare-difference"_s);
    }

    void whatNoLongerMatchesSaysSo()
    {
        ReviewBench bench;
        const AssetId asset = bench.ingestClip(u"plain"_s);
        bench.show();
        QTRY_VERIFY_WITH_TIMEOUT(bench.isSettledOn(asset), 20000);
        bench.window().showPage(u"compare"_s);
        auto* page = qobject_cast<ComparePage*>(bench.window().page(u"compare"_s));
        QVERIFY(page);
        page->openSubject(asset.toString() + u"/nobody"_s);
        QTest::qWait(200);
        QVERIFY(!page->first().isOpen());
        bench.press(Qt::Key_Right); // nothing to step: no crash
        page->openSubject({});
        QTest::qWait(100);
        QVERIFY(!page->first().isOpen());
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

QTEST_MAIN(TestCompare)
#include "tst_compare.moc"
