#include "test_workspace.h"

#include "core/workbench/decide.h"
#include "core/workbench/demo.h"
#include "core/workbench/publish.h"
#include "core/workbench/renditions.h"
#include "core/workbench/review.h"
#include "ui/publishing/pages.h"
#include "ui/shell/main_window.h"
#include "ui/shell/registry_commands.h"
#include "ui/widgets/button.h"
#include "ui/widgets/theme.h"

#include <QDir>
#include <QTest>

using namespace vidimus;
using namespace vidimus::ui;
using namespace vidimus::ui::tests;
using namespace Qt::StringLiterals;
using vidimus::publishing::PublicationState;

/// Shows each page with the demo's clips, some published through the real path; written to $VIDIMUS_SHOTS when set.
class TestPictures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_theme = std::make_unique<widgets::Theme>(*qApp);
        widgets::setMotionReduced(true);
        QVERIFY2(m_test.isOpen(), qPrintable(m_test.error()));
        workbench::Workspace& workspace = m_test.get();
        QVERIFY(workbench::prepareDemoWorkspace(workspace, {}, {}).has_value());
        QVERIFY(m_test.waitForJobs());
        const auto ids = workbench::queueIds(workspace, workbench::QueueFilter::All, {});
        QVERIFY(ids.has_value());
        const auto items = workbench::queueItems(workspace, *ids);
        QVERIFY(items.has_value());
        int decided = 0;
        for (const workbench::QueueItem& item : *items) {
            if (item.checkVerdict == "fail" || item.duration > 20 || ++decided > 3)
                continue;
            QVERIFY(workbench::decide(workspace, {.asset = item.asset}).has_value());
            QVERIFY(workbench::transcodeAsset(workspace, item.asset, u"demo"_s).has_value());
            const auto published = workbench::publishTitle(workspace, item.title, workspace.clock().now());
            if (published && m_live.isEmpty())
                m_live = item.title;
        }
        QVERIFY(!m_live.isEmpty());
        QVERIFY2(QTest::qWaitFor([this] { return isLive(); }, 60'000), qPrintable(m_test.outboxText()));
    }

    void pages_data()
    {
        QTest::addColumn<widgets::SchemeChoice>("scheme");
        QTest::addColumn<QSize>("size");
        QTest::newRow("dark") << widgets::SchemeChoice::Dark << QSize(1920, 1080);
        QTest::newRow("light") << widgets::SchemeChoice::Light << QSize(1920, 1080);
        QTest::newRow("1280x800-dark") << widgets::SchemeChoice::Dark << QSize(1280, 800);
        QTest::newRow("1280x800-light") << widgets::SchemeChoice::Light << QSize(1280, 800);
    }

    void pages()
    {
        QFETCH(widgets::SchemeChoice, scheme);
        QFETCH(QSize, size);
        shootAll(m_test.get(), scheme, size, QString::fromLatin1(QTest::currentDataTag()));
    }

    void emptyPages()
    {
        TestWorkspace empty;
        QVERIFY2(empty.isOpen(), qPrintable(empty.error()));
        shootAll(empty.get(), widgets::SchemeChoice::Dark, {1920, 1080}, u"empty-dark"_s);
    }

private:
    [[nodiscard]] bool isLive()
    {
        const auto board = workbench::titleOnBoard(m_test.get(), m_live, m_test.get().clock().now());
        return board && board->state == PublicationState::Live;
    }

    void shootAll(workbench::Workspace& workspace, widgets::SchemeChoice scheme, QSize size, const QString& name)
    {
        m_theme->setChoice(scheme);
        const SystemClock clock;
        shell::MainWindow window(clock);
        window.commands().add(shell::registryCommands());
        window.addPages(vidimus::ui::publishing::publishingPages(workspace));
        window.resize(size);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        window.showPage(u"publishing"_s);
        QTest::qWait(4000); // frames and thumbnails come from the worker
        shoot(window, u"publish-"_s + name);
        window.page(u"publishing"_s)->openSubject(m_live.toString());
        QTest::qWait(2500);
        shoot(window, u"publish-live-"_s + name);
        window.showPage(u"jobs"_s);
        QTest::qWait(1500);
        shoot(window, u"jobs-"_s + name);
        window.page(u"jobs"_s)->showView(u"outbox"_s);
        QTest::qWait(500);
        shoot(window, u"outbox-"_s + name);
    }

    static void shoot(QWidget& window, const QString& name)
    {
        const QImage image = window.grab().toImage();
        for (const widgets::Button* button : window.findChildren<widgets::Button*>()) {
            if (button->isVisible())
                QVERIFY2(button->width() >= button->sizeHint().width(), qPrintable(name + u": "_s + button->text()));
        }
        const QString folder = qEnvironmentVariable("VIDIMUS_SHOTS");
        if (folder.isEmpty())
            return;
        QVERIFY(QDir().mkpath(folder));
        QVERIFY(image.save(folder + u'/' + name + u".png"_s));
    }

    TestWorkspace m_test;
    TitleId m_live;
    std::unique_ptr<widgets::Theme> m_theme;
};

QTEST_MAIN(TestPictures)
#include "tst_pictures.moc"
