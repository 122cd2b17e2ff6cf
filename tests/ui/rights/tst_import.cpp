#include "rights_fixture.h"

#include "core/workbench/licensor_profile.h"
#include "tests/support/patience.h"
#include "ui/rights/cell_table_model.h"
#include "ui/rights/import_panel.h"
#include "ui/rights/plan_panel.h"
#include "ui/rights/rights_session.h"
#include "ui/widgets/button.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QComboBox>
#include <QFile>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>

using namespace vidimus::ui;
using namespace vidimus::ui::rights;
using namespace vidimus::ui::rights::tests;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kHouseFile = "Titre no;Pays;Type;Début;Fin\nA1;FR;SVOD;2026-01-01;2026-01-31\n";

QString writeFile(const RightsFixture& fixture, const QString& name, const QByteArray& bytes)
{
    QFile file(fixture.folder() + u'/' + name);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("%s", qPrintable(file.errorString()));
    return file.fileName();
}

QComboBox* box(ImportPanel& panel, const QString& accessibleName)
{
    for (QComboBox* one : panel.findChildren<QComboBox*>()) {
        if (one->accessibleName() == accessibleName)
            return one;
    }
    qFatal("no box %s", qPrintable(accessibleName));
}

void chooseText(QComboBox* box, const QString& text)
{
    box->setCurrentText(text);
    Q_EMIT box->activated(std::max(0, box->findText(text)));
}

} // namespace

/// The panel that asks how a licensor's file is to be read.
class TestImport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void zoneChangesWhatIsStaged();
    void columnsAreMappedOnceAndKept();
    void closingLeavesNothingBehind();

private:
    widgets::Theme m_theme {*qobject_cast<QApplication*>(qApp)};
};

void TestImport::zoneChangesWhatIsStaged()
{
    RightsFixture fixture;
    fixture.addDemoRights();
    RightsPage& page = fixture.open();
    QSignalSpy read(&page.session(), &RightsSession::importRead);
    page.import().open(writeFile(
        fixture, u"a.csv"_s, "ALID,Territory,LicenseType,Start,End,AvailID\nA1,FR,SVOD,2026-01-01,Open,w-a1\n"));
    QVERIFY(page.import().isVisible());
    QTRY_COMPARE_WITH_TIMEOUT(read.count(), 1, kPatienceMs);
    const vidimus::WindowId window(u"w-a1"_s);
    QCOMPARE(vidimus::toRfc3339(*page.session().plan().find(window)->window.start), u"2026-01-01T00:00:00Z"_s);
    const int staged = page.session().plan().count();
    chooseText(box(page.import(), u"Zone of times without one"_s), u"Europe/Paris"_s);
    QTRY_COMPARE_WITH_TIMEOUT(read.count(), 2, kPatienceMs);
    // In place of the first reading, not beside it.
    QCOMPARE(vidimus::toRfc3339(*page.session().plan().find(window)->window.start), u"2025-12-31T23:00:00Z"_s);
    QCOMPARE(page.session().plan().count(), staged);
    QVERIFY(page.session().undo());
    QVERIFY(page.session().plan().isEmpty());
    if (const QString folder = qEnvironmentVariable("VIDIMUS_SHOTS"); !folder.isEmpty())
        fixture.window().grab().save(folder + u"/import-zone.png"_s);
}

void TestImport::columnsAreMappedOnceAndKept()
{
    RightsFixture fixture;
    fixture.addDemoRights();
    RightsPage& page = fixture.open();
    ImportPanel& panel = page.import();
    QSignalSpy read(&page.session(), &RightsSession::importRead);
    QSignalSpy failed(&page.session(), &RightsSession::importFailed);
    const QString file = writeFile(fixture, u"maison.csv"_s, kHouseFile);
    panel.open(file);
    QTRY_COMPARE_WITH_TIMEOUT(
        failed.count(), 1, kPatienceMs); // nobody knows these headings, so the table of columns opens by itself
    auto* table = panel.findChild<QTableWidget*>();
    QTRY_COMPARE_WITH_TIMEOUT(table->rowCount(), 5, kPatienceMs);
    QVERIFY(table->isVisible());
    QCOMPARE(table->item(0, 0)->text(), u"Titre no"_s);
    QCOMPARE(table->item(0, 1)->text(), u"A1"_s);
    for (const auto& [heading, column] :
        {std::pair(u"Titre no"_s, u"ALID"_s), std::pair(u"Pays"_s, u"Territory"_s),
            std::pair(u"Type"_s, u"LicenseType"_s), std::pair(u"Début"_s, u"Start"_s), std::pair(u"Fin"_s, u"End"_s)}) {
        QComboBox* one = box(panel, u"%1 is read as"_s.arg(heading));
        one->setCurrentIndex(one->findData(column));
        Q_EMIT one->activated(one->currentIndex());
    }
    QTRY_VERIFY_WITH_TIMEOUT(read.count() > 0 && !page.session().plan().isEmpty(), kPatienceMs);
    QTest::qWait(50);
    if (const QString folder = qEnvironmentVariable("VIDIMUS_SHOTS"); !folder.isEmpty())
        fixture.window().grab().save(folder + u"/import-columns.png"_s);
    chooseText(box(panel, u"Licensor"_s), u"Lanterne"_s);
    for (auto* button : panel.findChildren<widgets::Button*>()) {
        if (button->text() == u"Keep for licensor")
            button->click();
    }
    QTRY_COMPARE_WITH_TIMEOUT(
        licensorProfile(fixture.workspace(), u"Lanterne"_s)->mapping.columns.size(), 5, kPatienceMs);
    panel.closeFile();
    page.session().drop();
    read.clear();
    panel.open(file);
    chooseText(box(panel, u"Licensor"_s), u"Lanterne"_s);
    QTRY_VERIFY_WITH_TIMEOUT(read.count() > 0, kPatienceMs);
    QCOMPARE(read.last().at(1).value<vidimus::avails::ImportPlan>().accepted, 1);
}

void TestImport::closingLeavesNothingBehind()
{
    RightsFixture fixture;
    RightsPage& page = fixture.open(); // a workspace without any rights
    QSignalSpy read(&page.session(), &RightsSession::importRead);
    page.import().open(writeFile(fixture, u"bad.csv"_s, "ALID,Territory,LicenseType,Start,End\nA1,QQ,SVOD,x,Open\n"));
    QTRY_COMPARE_WITH_TIMEOUT(read.count(), 1, kPatienceMs);
    QVERIFY(page.plan().isVisible()); // the faults of its rows stand there although nothing is staged
    QVERIFY(page.plan().model().rowCount() >= 2);
    page.import().closeFile();
    QVERIFY(!page.import().isVisible());
    QVERIFY(!page.plan().isVisible());
}

QTEST_MAIN(TestImport)
#include "tst_import.moc"
