#include "review_bench.h"

#include "core/store/workspace_store.h"
#include "core/workbench/workspace.h"
#include "tests/support/patience.h"
#include "ui/widgets/button.h"
#include "ui/widgets/decision_bar.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTest>
#include <algorithm>
#include <dlfcn.h>
#include <unistd.h>

using namespace vidimus;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

namespace {

/// Says when a widget was painted after it was asked.
class PaintWatch : public QObject {
public:
    explicit PaintWatch(QWidget* widget)
        : QObject(widget)
    {
        widget->installEventFilter(this);
    }
    void begin()
    {
        m_painted = false;
        m_timer.start();
    }
    [[nodiscard]] bool isPainted() const { return m_painted; }
    [[nodiscard]] double milliseconds() const { return m_milliseconds; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Paint && !m_painted) {
            m_painted = true;
            m_milliseconds = static_cast<double>(m_timer.nsecsElapsed()) / 1e6;
        }
        return QObject::eventFilter(watched, event);
    }

private:
    QElapsedTimer m_timer;
    bool m_painted = false;
    double m_milliseconds = 0;
};

double percentile(std::vector<double> values, double share)
{
    std::ranges::sort(values);
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

} // namespace

/// Promise R3: the screen reacts to a key before the disk has what it asked for. Runs with the library of the fault
/// tests, which makes each sync of the workspace's files take longer.
class TestSlowDisk : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
#ifdef VIDIMUS_ASAN
        QSKIP("AddressSanitizer does not let another library be preloaded");
#endif
        m_delay = reinterpret_cast<void (*)(int)>(dlsym(RTLD_DEFAULT, "vidimus_fault_delay_syncs"));
        QVERIFY(m_delay);
    }
    void cleanup()
    {
        if (m_delay)
            m_delay(0);
    }

    void keyIsAnsweredBeforeTheDiskHas()
    {
        ReviewBench bench;
        const AssetId first = bench.ingestClip(u"one"_s);
        const AssetId second = bench.ingestClip(u"two"_s);
        bench.show();
        QTRY_VERIFY_WITH_TIMEOUT(bench.isSettledOn(first), 20'000);
        bench.press(Qt::Key_P);
        auto* commit = button(bench, u"Commit"_s);
        QVERIFY(commit);
        store::WorkspaceStore& store = bench.workspace().store();
        // What is on its way to the disk from before is let through.
        QTest::qWait(300);
        const quint64 before = store.commitCount();
        m_delay(3000);
        PaintWatch watch(commit);
        watch.begin();
        bench.press(Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(watch.isPainted(), kPatienceMs);
        QCOMPARE(commit->text(), u"Saving…"_s);
        QVERIFY(!commit->isEnabled());
        // It was on the screen, and nothing was on the disk.
        QCOMPARE(store.commitCount(), before);
        QCOMPARE(bench.page().currentAsset(), first);
        QCOMPARE(bench.page().decided().rowCount(), 0);
        // The window goes on answering meanwhile.
        bench.press(Qt::Key_Return); // not twice
        bench.page().player().seek(7);
        QTRY_COMPARE_WITH_TIMEOUT(bench.page().player().frame(), 7, kPatienceMs);
        QCOMPARE(bench.page().decided().rowCount(), 0);
        m_delay(0);
        QTRY_COMPARE_WITH_TIMEOUT(bench.page().decided().rowCount(), 1, 20'000);
        QVERIFY(store.commitCount() > before);
        QTRY_VERIFY_WITH_TIMEOUT(bench.isSettledOn(second), 20'000);
        QVERIFY(!button(bench, u"Saving…"_s));
    }

    /// A figure, not a verdict: with each sync 100 ms longer.
    void tellsHowLongKeyAndDiskTake()
    {
        ReviewBench bench;
        std::vector<AssetId> assets;
        for (int i = 0; i < 6; ++i)
            assets.push_back(bench.ingestClip(u"clip %1"_s.arg(i), 10));
        bench.show();
        std::vector<double> painted;
        std::vector<double> saved;
        m_delay(100);
        for (int i = 0; i < 6; ++i) {
            QTRY_VERIFY_WITH_TIMEOUT(bench.isSettledOn(assets[static_cast<std::size_t>(i)]), 20'000);
            bench.press(Qt::Key_P);
            auto* commit = button(bench, u"Commit"_s);
            QTRY_VERIFY_WITH_TIMEOUT(commit->isEnabled(), kPatienceMs);
            PaintWatch watch(commit);
            QElapsedTimer timer;
            timer.start();
            watch.begin();
            bench.press(Qt::Key_Return);
            QTRY_VERIFY_WITH_TIMEOUT(watch.isPainted(), kPatienceMs);
            painted.push_back(watch.milliseconds());
            QTRY_COMPARE_WITH_TIMEOUT(bench.page().decided().rowCount(), i + 1, 20'000);
            saved.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
        }
        qInfo("with 100 ms more a sync: the key is answered after %.1f ms (95 %%: %.1f), the decision is on the disk "
              "after %.0f ms (95 %%: %.0f)",
            percentile(painted, 0.5), percentile(painted, 0.95), percentile(saved, 0.5), percentile(saved, 0.95));
    }

private:
    static ui::widgets::Button* button(ReviewBench& bench, const QString& text)
    {
        const auto buttons = bench.page().findChild<ui::widgets::DecisionBar*>()->findChildren<ui::widgets::Button*>();
        const auto found = std::ranges::find(buttons, text, &ui::widgets::Button::text);
        return found == buttons.end() ? nullptr : *found;
    }

    void (*m_delay)(int) = nullptr;
};

int main(int argc, char** argv)
{
#ifndef VIDIMUS_ASAN
    // The library must be there before this program is.
    if (qEnvironmentVariableIsEmpty("VIDIMUS_FAULT_ROOT")) {
        const QByteArray folder = QFileInfo(QString::fromLocal8Bit(argv[0])).absolutePath().toLocal8Bit();
        qputenv("LD_PRELOAD", folder + "/libvidimus_fault_shim.so");
        qputenv("VIDIMUS_FAULT_ROOT", QDir::tempPath().toLocal8Bit());
        execv("/proc/self/exe", argv);
        return 1;
    }
#endif
    QApplication application(argc, argv);
    TestSlowDisk test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_slow_disk.moc"
