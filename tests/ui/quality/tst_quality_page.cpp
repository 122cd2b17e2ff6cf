#include "core/base/durable_file.h"
#include "core/workbench/check_profiles.h"
#include "core/workbench/ingest.h"
#include "core/workbench/review.h"
#include "core/workbench/upkeep.h"
#include "core/workbench/workspace.h"
#include "tests/support/patience.h"
#include "ui/quality/back_test_panel.h"
#include "ui/quality/banks_view.h"
#include "ui/quality/check_editor.h"
#include "ui/quality/pages.h"
#include "ui/quality/profiles_view.h"
#include "ui/quality/quality_page.h"
#include "ui/quality/threshold_row.h"
#include "ui/shell/main_window.h"
#include "ui/shell/registry_commands.h"
#include "ui/widgets/button.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QSignalSpy>
#include <QSlider>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace vidimus;
using namespace vidimus::ui;
using namespace vidimus::ui::quality;
using namespace Qt::StringLiterals;

/// Profiles and banks through the real window, over a real workspace with one checked clip. With VIDIMUS_SHOTS=<folder>
/// pictures are written there.
class TestQualityPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_theme = std::make_unique<widgets::Theme>(*qApp);
        qputenv("VIDIMUS_MEDIAWORKER", VIDIMUS_BIN_DIR "/vidimus-mediaworker");
        auto opened = workbench::Workspace::open({.folder = m_folder.filePath(u"workspace"_s)});
        QVERIFY(opened);
        m_workspace = *std::move(opened);
        const auto asset
            = workbench::ingestFile(*m_workspace, QStringLiteral(VIDIMUS_SOURCE_DIR "/tests/media/bbb_720p25_5.1.mp4"));
        QVERIFY(asset);
        m_asset = asset->id;
        const auto report = workbench::checkAsset(*m_workspace, m_asset, u"web"_s);
        QVERIFY(report);
        QCOMPARE(checks::verdict(*report), checks::CheckOutcome::Warn); // of its loudness
        m_window = std::make_unique<shell::MainWindow>(m_workspace->clock());
        m_window->commands().add(shell::registryCommands());
        m_window->addPages(qualityPages(*m_workspace));
        m_window->resize(1280, 800);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_page = static_cast<QualityPage*>(m_window->page(u"quality"_s));
        QVERIFY(m_page);
        QTRY_COMPARE_WITH_TIMEOUT(m_page->profiles()->draft().profile().id, u"web"_s, kPatienceMs);
    }

    void cleanupTestCase()
    {
        m_window.reset();
        m_workspace.reset();
        m_theme.reset();
    }

    void aThresholdIsMovedByKeysAndTestedOnTheLibrary()
    {
        ProfilesView& view = *m_page->profiles();
        m_page->openSubject(u"loudness"_s);
        QCOMPARE(view.editor()->check(), u"loudness"_s);
        QAbstractItemModel* changed = view.backTest()->table()->model();
        QTRY_COMPARE_WITH_TIMEOUT(changed->rowCount(), 0, kPatienceMs);
        ThresholdRow* tolerance = nullptr;
        for (ThresholdRow* row : view.editor()->rows()) {
            if (row->field() && row->field()->accessibleName().contains(u"olerance"_s))
                tolerance = row;
        }
        QVERIFY(tolerance);
        QSlider* slider = tolerance->slider();
        slider->setFocus();
        const double before = view.draft().setting(u"loudness"_s).thresholds.at(u"tolerance"_s);
        QTest::keyClick(slider, Qt::Key_Right);
        QVERIFY(view.draft().setting(u"loudness"_s).thresholds.at(u"tolerance"_s) > before);
        // A failure now, no longer a warning.
        view.editor()->verdict()->setFocus();
        QTest::keyClick(view.editor()->verdict(), Qt::Key_Left);
        QCOMPARE(view.draft().setting(u"loudness"_s).severity, checks::Severity::Fail);
        QTRY_COMPARE_WITH_TIMEOUT(changed->rowCount(), 1, 20000);
        QCOMPARE(changed->index(0, ChangedVerdictsModel::Then).data().toString(), u"Fail"_s);
        QVERIFY(view.saveButton()->isEnabled());
        shoot(u"quality-profiles"_s);
        QVERIFY(!view.backTest()->applyButton()->isEnabled()); // not before it is saved
        QVERIFY(!view.backTest()->applyButton()->toolTip().isEmpty());
        // Nothing was written by looking.
        QCOMPARE(workbench::reviewItem(*m_workspace, m_asset)->row.checkVerdict, QByteArray("warn"));
        // A click on the file leads to it.
        QSignalSpy wanted(m_page, &shell::WorkspacePage::subjectWanted);
        Q_EMIT view.backTest()->table()->activated(changed->index(0, 0));
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted[0][1].toString(), m_asset.toString());
    }

    void whatWasChangedIsKeptUnderAnotherName()
    {
        ProfilesView& view = *m_page->profiles();
        QVERIFY(view.nameField()->isVisible());
        QTest::mouseClick(view.saveButton(), Qt::LeftButton);
        QCOMPARE(QApplication::focusWidget(), view.nameField()); // it wants a name
        QTest::keyClicks(view.nameField(), u"Night owls"_s);
        QTest::keyClick(view.nameField(), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(view.draft().profile().id, u"night-owls"_s, kPatienceMs);
        QVERIFY(view.draft().changed().isEmpty());
        QVERIFY(!view.nameField()->isVisible());
        shoot(u"quality-own-profile"_s);
        const auto kept = workbench::loadCheckProfile(*m_workspace, u"night-owls"_s);
        QVERIFY(kept);
        QCOMPARE(*kept, view.draft().profile());
        QCOMPARE(*workbench::loadCheckProfile(*m_workspace, u"web"_s), *checks::shippedProfile(u"web"_s));
    }

    void whatIsSavedIsPutInForce()
    {
        ProfilesView& view = *m_page->profiles();
        QTRY_VERIFY_WITH_TIMEOUT(view.backTest()->applyButton()->isEnabled(), 20000);
        shoot(u"quality-apply"_s);
        QTest::mouseClick(view.backTest()->applyButton(), Qt::LeftButton);
        const auto verdict = [this] { return workbench::reviewItem(*m_workspace, m_asset)->row.checkVerdict; };
        QTRY_COMPARE_WITH_TIMEOUT(verdict(), QByteArray("fail"), 20000);
        // Then nothing would change any more.
        QTRY_COMPARE_WITH_TIMEOUT(view.backTest()->table()->model()->rowCount(), 0, 20000);
        QVERIFY(!view.backTest()->applyButton()->isEnabled());
    }

    void aCheckIsSwitchedOffAndTheChangeDropped()
    {
        ProfilesView& view = *m_page->profiles();
        m_page->openSubject(u"black"_s);
        view.editor()->verdict()->setFocus();
        QTest::keyClick(view.editor()->verdict(), Qt::Key_Right);
        QVERIFY(!view.draft().setting(u"black"_s).enabled);
        QCOMPARE(view.draft().changed(), QStringList {u"black"_s});
        const auto buttons = view.findChildren<widgets::Button*>();
        const auto drop = std::ranges::find_if(
            buttons, [](const widgets::Button* button) { return button->text() == u"Drop changes"_s; });
        QVERIFY(drop != buttons.end());
        QTest::mouseClick(*drop, Qt::LeftButton);
        QVERIFY(view.draft().changed().isEmpty());
        QVERIFY(view.draft().setting(u"black"_s).enabled);
    }

    void banksAreImportedAndShowTheirHits()
    {
        m_page->showView(u"banks"_s);
        BanksView& view = *m_page->banks();
        shoot(u"quality-banks-empty"_s);
        const QString list = m_folder.filePath(u"list.csv"_s);
        QByteArray lines("hash,quality,label\n");
        for (int i = 0; i < 20; ++i)
            lines += QByteArray(60, 'a') + QByteArray::number(0x1000 + i * 7, 16) + ",100,case " + QByteArray::number(i)
                + '\n';
        QVERIFY(writeFileDurably(list, lines));
        view.nameField()->setText(u"Known spam"_s);
        view.importFile(list);
        QTRY_COMPARE_WITH_TIMEOUT(view.banks()->model()->rowCount(), 1, kPatienceMs);
        QCOMPARE(view.banks()->model()->index(0, 0).data().toString(), u"Known spam"_s);
        QCOMPARE(view.banks()->model()->index(0, 2).data().toString(), u"20"_s);
        QVERIFY(view.banks()->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(view.exportButton()->isEnabled(), kPatienceMs);
        shoot(u"quality-banks"_s);
        // A list that is none leaves the bank as it is.
        QVERIFY(writeFileDurably(list, QByteArray("not a list")));
        QSignalSpy said(&view, &BanksView::said);
        view.importFile(list);
        QTRY_COMPARE_WITH_TIMEOUT(said.size(), 1, kPatienceMs);
        QCOMPARE(view.banks()->model()->index(0, 2).data().toString(), u"20"_s);
    }

private:
    void shoot(const QString& name)
    {
        const QString folder = qEnvironmentVariable("VIDIMUS_SHOTS");
        if (!folder.isEmpty() && QDir().mkpath(folder)) {
            QTest::qWait(300);
            QVERIFY(m_window->grab().save(folder + u'/' + name + u".png"_s));
        }
    }

    QTemporaryDir m_folder;
    std::unique_ptr<widgets::Theme> m_theme;
    std::unique_ptr<workbench::Workspace> m_workspace;
    std::unique_ptr<shell::MainWindow> m_window;
    QualityPage* m_page = nullptr;
    AssetId m_asset;
};

QTEST_MAIN(TestQualityPage)
#include "tst_quality_page.moc"
