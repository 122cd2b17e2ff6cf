#include "fake_review_page.h"

#include "ui/shell/attention_drawer.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/key_dispatcher.h"
#include "ui/shell/main_window.h"
#include "ui/shell/palette_model.h"
#include "ui/shell/registry_commands.h"
#include "ui/shell/settings_page.h"
#include "ui/widgets/button.h"
#include "ui/widgets/decision_bar.h"
#include "ui/widgets/filter_field.h"
#include "ui/widgets/splitter.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/toggle_switch.h"
#include "ui/widgets/video_surface.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QAction>
#include <QDragEnterEvent>
#include <QJsonArray>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QMimeData>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace vidimus;
using namespace vidimus::ui;
using namespace vidimus::ui::shell;
using namespace vidimus::ui::widgets;
using namespace Qt::StringLiterals;

namespace {

class FixedClock : public Clock {
public:
    [[nodiscard]] Instant now() const override { return Instant(Milliseconds(1795262400000)); }
};

const FixedClock kClock;

std::unique_ptr<MainWindow> makeWindow()
{
    auto window = std::make_unique<MainWindow>(kClock);
    window->commands().add(registryCommands());
    window->addPages({
        {u"moderation"_s, u"Moderation"_s, u"shield-check"_s, false,
            [](QWidget* parent) { return new tests::FakeReviewPage(parent); }},
        {u"settings"_s, u"Settings"_s, u"settings"_s, true, [](QWidget* parent) { return new SettingsPage(parent); }},
    });
    window->resize(1920, 1080);
    window->show();
    window->activateWindow();
    return window;
}

} // namespace

class TestShell : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }

    void init()
    {
        m_window = makeWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_page = static_cast<tests::FakeReviewPage*>(m_window->page(u"moderation"_s));
        m_page->baseFocus()->setFocus();
    }

    void cleanup() { m_window.reset(); }

    void droppedFilesAreToldAndOtherThingsAreNot()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(u"a clip.mp4"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QSignalSpy dropped(m_window.get(), &MainWindow::filesDropped);
        const auto drop = [this](const QList<QUrl>& urls) {
            QMimeData data;
            data.setUrls(urls);
            QDragEnterEvent enter({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(m_window.get(), &enter);
            if (!enter.isAccepted())
                return false;
            QDropEvent event({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(m_window.get(), &event);
            return true;
        };
        QVERIFY(drop({QUrl::fromLocalFile(file.fileName()), QUrl(u"https://example.org/b.mp4"_s)}));
        QCOMPARE(dropped.size(), 1);
        QCOMPARE(dropped.first().first().toStringList(), QStringList {file.fileName()});
        QVERIFY(!drop({QUrl::fromLocalFile(folder.path()), QUrl(u"https://example.org/b.mp4"_s)}));
        QCOMPARE(dropped.size(), 1);
    }

    void splittersAreEasyToGrab()
    {
        for (const Qt::Orientation orientation : {Qt::Horizontal, Qt::Vertical}) {
            Splitter splitter(orientation);
            splitter.addWidget(new QWidget);
            splitter.addWidget(new QWidget);
            splitter.resize(400, 400);
            splitter.show();
            const QSplitterHandle* handle = splitter.handle(1);
            const bool flat = orientation == Qt::Horizontal;
            QCOMPARE(flat ? handle->width() : handle->height(), Splitter::kGrab);
            QCOMPARE(flat ? handle->contentsRect().width() : handle->contentsRect().height(), 1);
        }
    }

    void singleKeysActInReviewAndTypeInType()
    {
        int rejected = 0;
        int reason = -1;
        m_window->commands().handle(u"decide.reject"_s, m_page, [&rejected](int) { ++rejected; });
        m_window->commands().handle(u"decide.reason"_s, m_page, [&reason](int index) { reason = index; });
        QCOMPARE(m_window->keys().mode(), Mode::Review);
        QTest::keyClick(focus(), Qt::Key_X);
        QTest::keyClick(focus(), Qt::Key_3);
        QCOMPARE(rejected, 1);
        QCOMPARE(reason, 2);
        auto* filter = static_cast<QLineEdit*>(m_page->filterInput());
        filter->setFocus();
        QCOMPARE(m_window->keys().mode(), Mode::Type);
        QTest::keyClicks(filter, u"x3"_s);
        QCOMPARE(filter->text(), u"x3"_s);
        QCOMPARE(rejected, 1);
        QCOMPARE(reason, 2);
    }

    void escapeClimbsToReview()
    {
        m_page->filterInput()->setFocus();
        QCOMPARE(m_window->keys().mode(), Mode::Type);
        QTest::keyClick(focus(), Qt::Key_Escape);
        QCOMPARE(focus(), m_page->baseFocus());
        QCOMPARE(m_window->keys().mode(), Mode::Review);
    }

    void slashReachesTheFilter()
    {
        QTest::keyClick(focus(), Qt::Key_Slash);
        QCOMPARE(focus(), m_page->filterInput());
    }

    void singleKeysCanBeSwitchedOff()
    {
        int rejected = 0;
        m_window->commands().handle(u"decide.reject"_s, m_page, [&rejected](int) { ++rejected; });
        m_window->commands().setSingleKeysEnabled(false);
        QTest::keyClick(focus(), Qt::Key_X);
        QCOMPARE(rejected, 0);
        QTest::keyClick(focus(), Qt::Key_K, Qt::ControlModifier);
        QVERIFY(m_window->overlay());
    }

    void aCommandThatIsOffSaysWhy()
    {
        int passed = 0;
        m_window->commands().handle(u"decide.pass"_s, m_page, [&passed](int) { ++passed; });
        m_window->commands().setDisabled(u"decide.pass"_s, u"29 % of this item can be seen."_s);
        QSignalSpy refused(&m_window->commands(), &CommandTable::refused);
        QTest::keyClick(focus(), Qt::Key_P);
        QCOMPARE(passed, 0);
        QCOMPARE(refused.count(), 1);
        m_window->commands().setDisabled(u"decide.pass"_s, {});
        QTest::keyClick(focus(), Qt::Key_P);
        QCOMPARE(passed, 1);
    }

    void keysOfAnotherPageDoNotAct()
    {
        int rejected = 0;
        m_window->commands().handle(u"decide.reject"_s, m_page, [&rejected](int) { ++rejected; });
        m_window->showPage(u"settings"_s);
        QTest::keyClick(focus(), Qt::Key_X);
        QCOMPARE(rejected, 0);
    }

    void heldKeysRepeatOnlyWhereTheCommandRepeats()
    {
        int steps = 0;
        int passes = 0;
        m_window->commands().handle(u"transport.frameForward"_s, m_page, [&steps](int) { ++steps; });
        m_window->commands().handle(u"decide.pass"_s, m_page, [&passes](int) { ++passes; });
        for (const int key : {Qt::Key_Right, Qt::Key_P}) {
            for (const bool repeat : {false, true, true}) {
                QKeyEvent press(QEvent::KeyPress, key, Qt::NoModifier, {}, repeat);
                QApplication::sendEvent(focus(), &press);
            }
        }
        QCOMPARE(steps, 3);
        QCOMPARE(passes, 1);
    }

    void chordsAreWrittenAsBindingsAre_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<int>("modifiers");
        QTest::addColumn<QString>("expected");
        QTest::newRow("letter") << int(Qt::Key_X) << int(Qt::NoModifier) << u"X"_s;
        QTest::newRow("shifted letter") << int(Qt::Key_X) << int(Qt::ShiftModifier) << u"Shift+X"_s;
        QTest::newRow("question mark") << int(Qt::Key_Question) << int(Qt::ShiftModifier) << u"?"_s;
        QTest::newRow("keypad enter") << int(Qt::Key_Enter) << int(Qt::KeypadModifier) << u"Return"_s;
        QTest::newRow("control") << int(Qt::Key_K) << int(Qt::ControlModifier) << u"Ctrl+K"_s;
        QTest::newRow("modifier alone") << int(Qt::Key_Shift) << int(Qt::ShiftModifier) << QString();
    }

    void chordsAreWrittenAsBindingsAre()
    {
        QFETCH(int, key);
        QFETCH(int, modifiers);
        QFETCH(QString, expected);
        const QKeyEvent event(QEvent::KeyPress, key, Qt::KeyboardModifiers(modifiers));
        QCOMPARE(chordOf(event).toString(QKeySequence::PortableText), expected);
    }

    void everyOverlayGivesTheFocusBack()
    {
        for (QWidget* from : m_page->panes()) {
            from->setFocus();
            QTest::keyClick(focus(), Qt::Key_K, Qt::ControlModifier);
            QVERIFY(focus() != from);
            QCOMPARE(m_window->keys().mode(), Mode::Type);
            QTest::keyClick(focus(), Qt::Key_Escape);
            QCOMPARE(focus(), from);
            m_window->openKeySheet();
            QVERIFY(m_window->overlay());
            QTest::keyClick(focus(), Qt::Key_Escape);
            QVERIFY(!m_window->overlay());
            QCOMPARE(focus(), from);
        }
    }

    void theDrawerTakesNoFocus()
    {
        QWidget* before = focus();
        m_window->attention().put({.id = u"a"_s, .title = u"Disk 96 % full"_s, .iconName = u"warning"_s});
        QVERIFY(!m_window->isDrawerOpen()); // nothing opens by itself
        QTest::keyClick(focus(), Qt::Key_F8);
        QVERIFY(m_window->isDrawerOpen());
        QCOMPARE(focus(), before);
        QTest::keyClick(focus(), Qt::Key_F8);
        QVERIFY(!m_window->isDrawerOpen());
    }

    void paletteRunsAndTeaches()
    {
        int rejected = 0;
        m_window->commands().handle(u"decide.rejectLast"_s, m_page, [&rejected](int) { ++rejected; });
        m_window->openPalette();
        QTest::keyClicks(focus(), u"reject with"_s);
        QTest::keyClick(focus(), Qt::Key_Return);
        QCOMPARE(rejected, 1);
        QVERIFY(!m_window->overlay());
        QCOMPARE(focus(), m_page->baseFocus());
        m_window->openPalette();
        const auto* palette = m_window->findChild<CommandPalette*>();
        QCOMPARE(palette->recent(), QStringList {u"decide.rejectLast"_s});
        const QAbstractItemModel* rows = palette->list()->model();
        QCOMPARE(rows->index(0, 0).data().toString(), u"Recent"_s);
        QCOMPARE(rows->index(1, 0).data(PaletteModel::IdRole).toString(), u"decide.rejectLast"_s);
        QCOMPARE(rows->index(1, 0).data(PaletteModel::KeyRole).toString(), u"Shift+X"_s);
    }

    void paletteModelIsSound()
    {
        CommandTable commands;
        commands.add(registryCommands());
        PaletteModel model(commands);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setQuery(u"zzzzqq"_s);
        QCOMPARE(model.rowCount(), 0);
        model.setQuery(u"pub"_s);
        QVERIFY(model.matchCount() > 0);
        QCOMPARE(model.index(1, 0).data(PaletteModel::IdRole).toString(), u"publish.publish"_s);
        model.setQuery({});
        QCOMPARE(model.matchCount(), model.commandCount());
    }

    void fuzzyMatchPrefersWordStartsAndRuns()
    {
        QVERIFY(fuzzyMatch(u"rej", u"Reject"));
        QVERIFY(!fuzzyMatch(u"rejx", u"Reject"));
        QVERIFY(fuzzyMatch(u"rej", u"Reject")->score > fuzzyMatch(u"rej", u"Previous rejection")->score);
        QVERIFY(fuzzyMatch(u"nf", u"Next finding")->score > fuzzyMatch(u"nf", u"Confirm now, if")->score);
        QVERIFY(fuzzyMatch(u"pub", u"Publish")->score > fuzzyMatch(u"pub", u"Put the version before back")->score);
        QVERIFY(fuzzyMatch(u"uber", u"Über allem")); // accents folded
        QCOMPARE(fuzzyMatch(u"ect", u"Reject")->positions, (std::vector<int> {3, 4, 5}));
        QCOMPARE(fuzzyMatch(u"  ", u"Reject")->score, 0);
    }

    void registryHasNoKeyTwiceInOneModeAndPlace()
    {
        const auto commands = registryCommands();
        for (std::size_t i = 0; i < commands.size(); ++i) {
            for (std::size_t j = i + 1; j < commands.size(); ++j) {
                if (commands[i].page != commands[j].page)
                    continue;
                for (const KeyBinding& a : commands[i].keys) {
                    for (const KeyBinding& b : commands[j].keys)
                        QVERIFY2(a.keys != b.keys || !(a.modes & b.modes),
                            qPrintable(commands[i].id + u' ' + commands[j].id));
                }
            }
        }
    }

    void everyFocusableWidgetHasANameAndRole()
    {
        m_window->attention().put({.id = u"a"_s,
            .title = u"Disk full"_s,
            .iconName = u"warning"_s,
            .steps = {{u"s"_s, u"Show what to delete"_s}}});
        m_window->setDrawerOpen(true);
        for (QWidget* widget : m_window->findChildren<QWidget*>()) {
            if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible())
                continue;
            QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(widget);
            const QString what = QString::fromLatin1(widget->metaObject()->className());
            QVERIFY2(interface, qPrintable(what));
            QVERIFY2(interface->role() != QAccessible::NoRole, qPrintable(what));
            QVERIFY2(!interface->text(QAccessible::Name).isEmpty(), qPrintable(what));
        }
    }

    void targetsAreLargeEnough()
    {
        for (const QAbstractButton* button : m_window->findChildren<QAbstractButton*>()) {
            if (button->isVisible())
                QVERIFY2(button->width() >= 24 && button->height() >= 24, qPrintable(button->text()));
        }
    }

    void sessionComesBack()
    {
        m_window->setDrawerOpen(true);
        m_page->restoreState({{u"position"_s, 1234}});
        m_page->showView(u"wall"_s);
        const QJsonObject session = m_window->saveSession();
        auto other = makeWindow();
        other->restoreSession(session);
        QCOMPARE(other->currentPageId(), u"moderation"_s);
        QVERIFY(other->isDrawerOpen());
        auto* page = other->page(u"moderation"_s);
        QCOMPARE(page->currentView(), u"wall"_s);
        QCOMPARE(page->saveState().value("position"_L1).toInteger(), 1234);
    }

    void hostileSessionsChangeNothing_data()
    {
        QTest::addColumn<QJsonObject>("session");
        QTest::newRow("empty") << QJsonObject();
        QTest::newRow("version") << QJsonObject {{u"version"_s, 99}, {u"page"_s, u"settings"_s}};
        QTest::newRow("types") << QJsonObject {{u"version"_s, 1}, {u"geometry"_s, u"x"_s}, {u"page"_s, 7},
            {u"pages"_s, QJsonArray {1}}, {u"recent"_s, QJsonArray {1, u"no.such"_s}}};
        QTest::newRow("size") << QJsonObject {{u"version"_s, 1}, {u"geometry"_s, QJsonArray {0, 0, 1, 99999999}}};
    }

    void hostileSessionsChangeNothing()
    {
        QFETCH(QJsonObject, session);
        const QRect before = m_window->geometry();
        m_window->restoreSession(session);
        QCOMPARE(m_window->geometry(), before);
        QCOMPARE(m_window->currentPageId(), u"moderation"_s);
    }

    void narrowWindowsDropWhatGivesWayFirst()
    {
        QVERIFY(!m_window->isNarrow());
        m_window->resize(1280, 800);
        QVERIFY(m_window->isNarrow());
        const auto* bar = m_window->findChild<DecisionBar*>();
        QCOMPARE(bar->height(), 116);
        m_window->resize(1920, 1080);
        QCOMPARE(bar->height(), 88);
    }

    void decisionBarSpeaksInSignals()
    {
        auto* bar = m_window->findChild<DecisionBar*>();
        QSignalSpy chosen(bar, &DecisionBar::keyChosen);
        QSignalSpy commit(bar, &DecisionBar::commitWanted);
        for (auto* button : bar->findChildren<QAbstractButton*>()) {
            if (button->text() == u"Spam"_s || button->text() == u"Commit"_s)
                button->click();
        }
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.first().first().toString(), u"r4"_s);
        QCOMPARE(commit.count(), 1);
        bar->setCommit(u"Commit"_s, false, u"Watch 80 % first."_s);
        for (auto* button : bar->findChildren<Button*>()) {
            if (button->text() != u"Commit"_s)
                continue;
            QVERIFY(!button->isEnabled());
            QCOMPARE(button->accessibleDescription(), u"Watch 80 % first."_s);
        }
    }

    void attentionModelIsSound()
    {
        AttentionModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.put({.id = u"a"_s, .title = u"One"_s});
        model.put({.id = u"b"_s, .title = u"Two"_s});
        model.put({.id = u"a"_s, .title = u"One again"_s});
        QCOMPARE(model.count(), 2);
        QCOMPARE(model.index(0).data().toString(), u"Two"_s);
        model.settle(u"a"_s, kClock.now());
        model.settle(u"unknown"_s, kClock.now());
        QCOMPARE(model.count(), 1);
        QCOMPARE(model.rowCount(), 2);
        QVERIFY(model.index(1).data(AttentionModel::SettledRole).toBool());
    }

    void settingsAreFoundByWords()
    {
        auto* page = static_cast<SettingsPage*>(m_window->page(u"settings"_s));
        page->addRow({u"Look"_s, u"Theme"_s, u"Dark or light."_s, new ToggleSwitch(u"T"_s)});
        page->addRow({u"Keys"_s, u"Single keys"_s, u"Only with Ctrl."_s, nullptr});
        QCOMPARE(page->visibleRowCount(), 2);
        static_cast<QLineEdit*>(page->filterInput())->setText(u"dark"_s);
        QCOMPARE(page->visibleRowCount(), 1);
        static_cast<QLineEdit*>(page->filterInput())->setText(u"zzz"_s);
        QCOMPARE(page->visibleRowCount(), 0);
        static_cast<QLineEdit*>(page->filterInput())->clear();
        QCOMPARE(page->visibleRowCount(), 2);
    }

    void pictureKeepsItsAspect()
    {
        VideoSurface surface;
        surface.resize(800, 600);
        surface.setFrame(tests::madeUpPicture({1920, 1080}, 1));
        const QRect wide = surface.pictureRect();
        QVERIFY(std::abs(double(wide.width()) / wide.height() - 16.0 / 9) < 0.02);
        surface.setFrame(tests::madeUpPicture({720, 576}, 1), 4.0 / 3);
        const QRect old = surface.pictureRect();
        QVERIFY(std::abs(double(old.width()) / old.height() - 4.0 / 3) < 0.02);
        surface.setStale(true, u"Last good frame"_s);
        QCOMPARE(surface.accessibleName(), u"Last good frame"_s);
        const QImage grey = surface.grab().toImage();
        const QColor center = grey.pixelColor(grey.width() / 2, grey.height() / 2);
        QCOMPARE(center.red(), center.green());
        QCOMPARE(center.green(), center.blue());
        surface.setCovered(true);
        const QImage covered = surface.grab().toImage();
        QCOMPARE(covered.pixelColor(covered.width() / 2, covered.height() / 2), currentTokens().surround);
    }

private:
    static QWidget* focus() { return QApplication::focusWidget(); }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<MainWindow> m_window;
    tests::FakeReviewPage* m_page = nullptr;
};

QTEST_MAIN(TestShell)
#include "tst_shell.moc"
