#include "rights_fixture.h"

#include "core/workbench/licensor_profile.h"
#include "tests/support/patience.h"
#include "ui/rights/cell_table_model.h"
#include "ui/rights/import_panel.h"
#include "ui/rights/import_text.h"
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
    void datesAreReadAsChosenAndKept();
    void notesStandBelowTheEdits();
    void everyCodeHasItsSentence_data();
    void everyCodeHasItsSentence();
    void notesOfManyRowsAreOneLine();
    void columnsAreMappedOnceAndKept();
    void closingLeavesNothingBehind();
    void badRowsAreLeftOutByAWordOnly();

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

void TestImport::datesAreReadAsChosenAndKept()
{
    RightsFixture fixture;
    fixture.addDemoRights();
    RightsPage& page = fixture.open();
    ImportPanel& panel = page.import();
    QSignalSpy read(&page.session(), &RightsSession::importRead);
    panel.open(writeFile(
        fixture, u"a.csv"_s, "ALID,Territory,LicenseType,Start,End,AvailID\nA1,FR,SVOD,3/4/2026,Open,w-a1\n"));
    QTRY_COMPARE_WITH_TIMEOUT(read.count(), 1, kPatienceMs);
    const vidimus::WindowId window(u"w-a1"_s);
    QVERIFY(page.session().plan().find(window) == nullptr); // nobody said which number is the month
    const auto startAs = [&](const QString& format) {
        const auto before = read.count();
        chooseText(box(panel, u"How dates are written"_s), format);
        if (!QTest::qWaitFor([&] { return read.count() > before; }, kPatienceMs)
            || page.session().plan().find(window) == nullptr)
            return QString();
        return vidimus::toRfc3339(*page.session().plan().find(window)->window.start);
    };
    QCOMPARE(startAs(u"31/3/2026"_s), u"2026-04-03T00:00:00Z"_s);
    QCOMPARE(startAs(u"3/31/2026"_s), u"2026-03-04T00:00:00Z"_s);
    if (const QString folder = qEnvironmentVariable("VIDIMUS_SHOTS"); !folder.isEmpty())
        fixture.window().grab().save(folder + u"/import-dates.png"_s);
    chooseText(box(panel, u"Licensor"_s), u"Western"_s);
    for (auto* button : panel.findChildren<widgets::Button*>()) {
        if (button->text() == u"Keep for licensor")
            button->click();
    }
    QTRY_COMPARE_WITH_TIMEOUT(licensorProfile(fixture.workspace(), u"Western"_s)->times.dates,
        vidimus::rights::DateFormat::MonthFirst, kPatienceMs);
    chooseText(box(panel, u"How dates are written"_s), u"2026-03-31"_s);
    chooseText(box(panel, u"Licensor"_s), u"Western"_s);
    QTRY_COMPARE_WITH_TIMEOUT(box(panel, u"How dates are written"_s)->currentText(), u"3/31/2026"_s, kPatienceMs);
}

void TestImport::notesStandBelowTheEdits()
{
    RightsFixture fixture;
    fixture.addDemoRights();
    RightsPage& page = fixture.open();
    QSignalSpy read(&page.session(), &RightsSession::importRead);
    page.import().open(writeFile(fixture, u"a.csv"_s,
        "ALID,Territory,LicenseType,Start,End,AvailID\nA1,FR,SVOD,2026-01-01,2026-12-31,w-a1\n"
        "A1,DE,SVOD,2026-01-01,2026-12-31,w-a2\nA1,QQ,SVOD,2026-01-01,Open,w-a3\n"));
    QTRY_COMPARE_WITH_TIMEOUT(read.count(), 1, kPatienceMs);
    for (auto* button : page.import().findChildren<widgets::Button*>()) {
        if (button->text() == u"Leave bad rows out")
            button->click();
    }
    QTRY_COMPARE_WITH_TIMEOUT(read.count(), 2, kPatienceMs);
    const CellTableModel& model = page.plan().model();
    const int edits = model.rowCount() - 2; // then the fault, and one note for both ends
    QVERIFY(edits >= 2);
    const auto text = [&model](int row) { return model.index(row, 1).data().toString(); };
    QVERIFY2(text(edits).contains(u"QQ"), qPrintable(text(edits)));
    const QString note = text(edits + 1);
    QVERIFY2(note.contains(u"whole day") && note.contains(u"1 Jan 2027") && note.contains(u"rows 3"), qPrintable(note));
    if (const QString folder = qEnvironmentVariable("VIDIMUS_SHOTS"); !folder.isEmpty())
        fixture.window().grab().save(folder + u"/import-notes.png"_s);
    page.plan().clearProblem();
    QCOMPARE(model.rowCount(), edits);
}

void TestImport::everyCodeHasItsSentence_data()
{
    QTest::addColumn<bool>("isError");
    for (const char* code : {"BAD_DATE", "BAD_DURATION", "BAD_ZONE", "COLUMN_MISSING", "CONDITION_NEEDS_EVENT",
             "DUPLICATE_ROW", "END_BEFORE_START", "FORMULA", "ID_TAKEN", "LAG_WITHOUT_CONDITION", "MISSING",
             "NOT_ALLOWED", "NOTHING_TO_DELETE", "UNKNOWN_TERRITORY", "UNKNOWN_VALUE"})
        QTest::newRow(code) << true;
    for (const char* code : {"AVAIL_ID_SHARED", "AVAIL_ID_TWICE", "BUNDLE_IS_TEXT", "CAPTION_MISSING",
             "CONDITION_RESOLVED", "CONTRACT_OF_ANOTHER", "NEW_LICENSOR", "DATE_READ_AS", "EMPTY_ROWS_SKIPPED",
             "END_FROM_DURATION", "END_INCLUDES_DAY", "END_OF_DAY_ROUNDED", "ID_READ_AS", "KEPT_ELSEWHERE",
             "LOCAL_TIME_SKIPPED", "LOCAL_TIME_TWICE", "NOTE_ROW_SKIPPED", "NOT_KEPT", "ONE_LANGUAGE", "OWNER_UNKNOWN",
             "PRE_ORDER_ONLY", "PRICE_MISSING", "RATING_DIFFERS", "RATING_IS_TEXT", "READ_BY_A_PERSON",
             "REMOVALS_HELD_BACK", "REQUIRED_EMPTY", "SAME_EDIT", "SHEET_SKIPPED", "SUPPRESSED_UNTIL", "UNUSED_COLUMN",
             "UNUSUAL_VALUE", "VOLUME_TWICE", "YEAR_MEANS_OPEN"})
        QTest::newRow(code) << false;
}

void TestImport::everyCodeHasItsSentence()
{
    QFETCH(bool, isError);
    const vidimus::avails::CellMessage message {.sheet = {},
        .row = 7,
        .column = u"End"_s,
        .value = u"x"_s,
        .code = QString::fromLatin1(QTest::currentDataTag()),
        .message = u"for machines"_s};
    const QString sentence = isError ? importErrorText(message) : importNotes({message}).at(0).sentence;
    QVERIFY2(!sentence.contains(u"for machines"), qPrintable(sentence));
    QVERIFY(sentence.contains(u"End"));
}

void TestImport::notesOfManyRowsAreOneLine()
{
    std::vector<vidimus::avails::CellMessage> notes;
    for (int row = 4; row < 10'004; ++row)
        notes.push_back({.sheet = u"Movies"_s,
            .row = row,
            .column = u"End"_s,
            .value = u"2026-12-31"_s,
            .code = u"END_INCLUDES_DAY"_s,
            .message = u"a date alone means its whole day, so read as 2027-01-01T00:00:00Z"_s});
    notes.push_back({.sheet = u"Movies"_s,
        .row = 2,
        .column = {},
        .value = u"// ours"_s,
        .code = u"NOTE_ROW_SKIPPED"_s,
        .message = {}});
    const auto lines = importNotes(notes);
    QCOMPARE(lines.size(), std::size_t(2));
    QCOMPARE(lines[0].firstRow, 2);
    QCOMPARE(lines[1].firstRow, 4);
    QVERIFY2(lines[1].sentence.contains(u"5, 6, 7, 8, 9 and 9994 more"), qPrintable(lines[1].sentence));
    QVERIFY(lines[1].sentence.contains(u"2026-12-31"));
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

void TestImport::badRowsAreLeftOutByAWordOnly()
{
    RightsFixture fixture;
    fixture.addDemoRights();
    RightsPage& page = fixture.open();
    QSignalSpy read(&page.session(), &RightsSession::importRead);
    const QByteArray head = "ALID,Territory,LicenseType,Start,End,AvailID\n";
    const QString mixed = writeFile(
        fixture, u"mixed.csv"_s, head + "A1,FR,SVOD,2026-01-01,Open,w-a1\nA1,QQ,SVOD,2026-01-01,Open,w-a2\n");
    page.import().open(mixed);
    QTRY_COMPARE_WITH_TIMEOUT(read.count(), 1, kPatienceMs);
    QVERIFY(page.session().plan().isEmpty());
    QVERIFY(page.plan().isVisible());
    QVERIFY2(
        page.plan().problemText().contains(u"nothing of the list is staged"_s), qPrintable(page.plan().problemText()));
    widgets::Button* skip = nullptr;
    for (auto* button : page.import().findChildren<widgets::Button*>()) {
        if (button->text() == u"Leave bad rows out")
            skip = button;
    }
    QVERIFY(skip && skip->isVisible() && !skip->isChecked());
    QTest::mouseClick(skip, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(read.count(), 2, kPatienceMs);
    QVERIFY(page.session().plan().find(vidimus::WindowId(u"w-a1"_s)));
    QVERIFY(!page.session().plan().find(vidimus::WindowId(u"w-a2"_s)));
    QVERIFY(page.plan().problemText().contains(u"1 are left out"_s));
    if (const QString folder = qEnvironmentVariable("VIDIMUS_SHOTS"); !folder.isEmpty())
        fixture.window().grab().save(folder + u"/import-bad-rows.png"_s);
    QTest::mouseClick(skip, Qt::LeftButton); // taken back
    QTRY_COMPARE_WITH_TIMEOUT(read.count(), 3, kPatienceMs);
    QVERIFY(page.session().plan().isEmpty());
    // A word for one list is none for the next.
    QTest::mouseClick(skip, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(read.count(), 4, kPatienceMs);
    page.import().closeFile();
    page.session().drop();
    page.import().open(mixed);
    QTRY_COMPARE_WITH_TIMEOUT(read.count(), 5, kPatienceMs);
    QVERIFY(!skip->isChecked());
    QVERIFY(page.session().plan().isEmpty());
}

QTEST_MAIN(TestImport)
#include "tst_import.moc"
