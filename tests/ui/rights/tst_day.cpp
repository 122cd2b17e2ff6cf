#include "rights_fixture.h"

#include "core/base/durable_file.h"
#include "core/base/sha256.h"
#include "core/catalog/operation_sender.h"
#include "core/workbench/catalog_link.h"
#include "ui/rights/cell_table_model.h"
#include "ui/rights/contracts_view.h"
#include "ui/rights/effect_panel.h"
#include "ui/rights/import_panel.h"
#include "ui/rights/issues_panel.h"
#include "ui/rights/pin_control.h"
#include "ui/rights/plan_panel.h"
#include "ui/rights/rights_bar.h"
#include "ui/rights/rights_grid_view.h"

#include <QApplication>
#include <QFile>
#include <QFileDialog>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace vidimus::ui::rights;
using namespace vidimus::ui::rights::tests;
using namespace Qt::StringLiterals;
using vidimus::DealId;
using vidimus::Instant;
using vidimus::TitleId;
using vidimus::WindowId;
namespace workbench = vidimus::workbench;
namespace catalog = vidimus::catalog;

/// A content manager's day, by keys through the window and against the catalog that ships with the studio.
class TestDay : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void importFixResolvePreviewSaveAndRollBack();
};

namespace {

void key(RightsPage& page, Qt::Key which, Qt::KeyboardModifiers modifiers = {})
{
    QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : page.baseFocus(), which, modifiers);
}

void type(const QString& text)
{
    QTest::keyClicks(QApplication::focusWidget(), text);
}

/// The licensor's list: three windows, of which two end a day too early, and one is exclusive where another licensor
/// has an exclusive window already.
void writeList(const QString& file)
{
    QFile csv(file);
    QVERIFY(csv.open(QIODevice::WriteOnly));
    csv.write("DisplayName,Territory,WorkType,TitleInternalAlias,LicenseType,FormatProfile,Start,End,ALID,AvailID,"
              "ContractID,Exclusive\n"
              "North,PL,Movie,Harbour Nights,SVOD,HD,2020-01-01,2039-06-30T00:00:00Z,t,w-pl,K-9,No\n"
              "North,AT,Movie,Harbour Nights,SVOD,HD,2020-01-01,2039-06-30T00:00:00Z,t,w-at,K-9,No\n"
              "North,DE,Movie,Harbour Nights,SVOD,HD,2020-01-01,2039-06-30T00:00:00Z,t,w-de,K-9,Yes\n");
}

/// What the catalog says about the title in a country, with what the rules call the list's offer.
catalog::AvailabilityAnswer ask(workbench::Workspace& workspace, const QString& country, const engine::Rule& like)
{
    auto client = workspace.catalog().client();
    if (!client)
        qFatal("%s", qPrintable(client.error().detail));
    const QString site = like.sites.all ? u"web"_s : like.sites.names.value(0);
    const auto answer = (*client)->availability(
        {.title = like.scope, .country = country, .site = site, .offer = like.offers.names.value(0), .at = {}});
    return answer ? *answer : catalog::AvailabilityAnswer {};
}

/// Puts the title's film live at the catalog, as an editor's desk did long before this day.
void publish(RightsFixture& fixture)
{
    const TitleId film(u"t"_s);
    const vidimus::AssetId asset(u"asset"_s);
    const QByteArray source = vidimus::sha256Hex("the master");
    std::vector<catalog::PackageFile> files;
    for (const auto& [name, bytes] : {std::pair(u"master.m3u8"_s, QByteArray("#EXTM3U\nvideo.m3u8\n")),
             {u"video.m3u8"_s, "#EXTM3U\n"}, {u"segment.m4s"_s, "0123456789"}, {u"poster.jpg"_s, "picture"}}) {
        const QString path = fixture.folder() + u'/' + name;
        QVERIFY(vidimus::writeFileDurably(path, bytes));
        files.push_back({name, path, vidimus::sha256Hex(bytes), bytes.size()});
    }
    const auto client = fixture.workspace().catalog().client();
    QVERIFY(client);
    catalog::CatalogOperationSender sender(**client, fixture.folder());
    const Instant now = fixture.workspace().clock().now();
    for (const catalog::Operation& operation :
        {catalog::makeOperation(catalog::RegisterAsset {asset, film, source, 10, u"harbour.mov"_s, {}}, now),
            catalog::makeOperation(
                catalog::AppendDecision {vidimus::DecisionId(u"passed"_s), asset, film, source, "pass", {}, now, {}},
                now),
            catalog::makeOperation(
                catalog::UploadPackage {u"package"_s, asset, film, source, u"master.m3u8"_s, u"poster.jpg"_s, 1, files},
                now),
            catalog::makeOperation(
                catalog::Publish {vidimus::PublicationId(u"live"_s), film, asset, u"package"_s, {}}, now)}) {
        const catalog::SendOutcome outcome = sender.send(operation, {});
        QVERIFY2(outcome.kind == catalog::SendOutcome::Kind::Done, qPrintable(outcome.error.detail));
    }
}

} // namespace

void TestDay::importFixResolvePreviewSaveAndRollBack()
{
    RightsFixture fixture(QStringLiteral(VIDIMUS_BIN_DIR) + u"/vidimus-catalogd"_s);
    workbench::Workspace& workspace = fixture.workspace();
    workbench::RightsPlan standing;
    standing.titles = {title(u"t"_s, u"Harbour Nights"_s)};
    engine::Deal deal;
    deal.id = DealId(u"K-1"_s);
    deal.licensor = u"South"_s;
    standing.deals = {deal};
    engine::Rule exclusive = grant(
        u"south"_s, u"t"_s, {u"DE"_s}, {u"svod"_s}, instant("2019-01-01T00:00:00Z"), instant("2038-01-01T00:00:00Z"));
    exclusive.deal = deal.id;
    exclusive.exclusive = true;
    exclusive.sites.all = true;
    exclusive.sites.names.clear();
    standing.put = {exclusive};
    fixture.add(standing);
    const auto sent = workspace.catalog().sync();
    QVERIFY2(sent && !sent->nextReadyAt, sent ? "" : qPrintable(sent.error().detail));
    publish(fixture);
    workspace.catalog().startBackground(); // as in the studio: what is saved leaves by itself
    RightsPage& page = fixture.open();

    // Import: Ctrl+I and the file. What it means is staged, nothing is saved.
    const QString file = fixture.folder() + u"/north.csv"_s;
    writeList(file);
    key(page, Qt::Key_I, Qt::ControlModifier);
    QSignalSpy read(&page.session(), &RightsSession::importRead);
    auto* dialog = page.findChild<QFileDialog*>();
    QVERIFY(dialog && !dialog->isModal());
    Q_EMIT dialog->fileSelected(file); // what the dialog itself does with keys is Qt's
    dialog->close();
    fixture.window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&fixture.window()));
    QTRY_COMPARE_WITH_TIMEOUT(read.count(), 1, 20'000);
    const StagedPlan& plan = page.session().plan();
    QVERIFY2(plan.find(WindowId(u"w-pl"_s)), qPrintable(page.plan().problemText()));
    QCOMPARE(fixture.savedRules().size(), std::size_t(1));
    const engine::Rule like = *plan.find(WindowId(u"w-pl"_s));
    const auto before = ask(workspace, u"PL"_s, like);
    QVERIFY(!before.available);
    QCOMPARE(before.reason, QByteArray("TERRITORY"));
    QVERIFY(ask(workspace, u"DE"_s, like).available); // published, and South's window lets it play there

    // Fix two rows at once: both chosen with Shift, the end typed once.
    page.grid().setFocus();
    page.grid().showWindow(WindowId(u"w-at"_s), Column::Territory);
    const QModelIndex at = page.model().indexOf(WindowId(u"w-at"_s));
    const int steps = page.model().indexOf(WindowId(u"w-pl"_s)).row() - at.row();
    QVERIFY(steps > 0);
    for (int i = 0; i < steps; ++i)
        key(page, Qt::Key_Down, Qt::ShiftModifier);
    for (int i = 0; i < 8 && page.grid().edge() != std::optional(Edge::End); ++i)
        key(page, Qt::Key_Right);
    QCOMPARE(page.grid().edge(), std::optional(Edge::End));
    key(page, Qt::Key_F2);
    QVERIFY(qobject_cast<QLineEdit*>(QApplication::focusWidget()));
    key(page, Qt::Key_A, Qt::ControlModifier);
    type(u"2039-07-01"_s);
    key(page, Qt::Key_Return);
    for (const char* window : {"w-at", "w-pl"})
        QCOMPARE(*plan.find(WindowId(QString::fromLatin1(window)))->window.end, instant("2039-07-01T00:00:00Z"));

    // Resolve the conflict: its list is three views on, Enter stages the fix.
    QTRY_VERIFY_WITH_TIMEOUT(page.session().isMeasured(), 30'000);
    QVERIFY(!page.session().measure().after.list.empty());
    for (int i = 0; i < 3; ++i)
        key(page, Qt::Key_V);
    QCOMPARE(page.currentView(), u"contracts"_s);
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget*>(page.contracts().issues().table()));
    QCOMPARE(page.session().measure().after.list.size(), std::size_t(1));
    key(page, Qt::Key_Return);
    QVERIFY(!page.session().isMeasured()); // the fix is staged at once, and what it does is worked out
    QTRY_VERIFY_WITH_TIMEOUT(page.session().isMeasured(), 30'000);
    QVERIFY(page.session().measure().after.list.empty());

    // Preview: who gains and who loses, before anything is saved.
    const engine::Effects& effects = page.session().measure().effects;
    QVERIFY(!effects.gained.empty());
    QVERIFY(page.effect().model().rowCount() > 2);
    QCOMPARE(fixture.savedRules().size(), std::size_t(1));

    // Save: one change, in the log, sent by itself, answered by the catalog.
    QSignalSpy applied(&page.session(), &RightsSession::applied);
    key(page, Qt::Key_Return, Qt::ControlModifier);
    QVERIFY2(applied.wait(20'000), qPrintable(page.plan().problemText()));
    QTRY_VERIFY_WITH_TIMEOUT(page.session().plan().isEmpty(), 30'000);
    QTRY_VERIFY_WITH_TIMEOUT(ask(workspace, u"PL"_s, like).available, 60'000);
    const std::size_t kept = fixture.savedRules().size();
    const auto after = ask(workspace, u"PL"_s, like);
    QCOMPARE(after.termsFrom, u"w-pl"_s);
    QVERIFY(after.hlsUrl.endsWith("master.m3u8"));
    const qint64 saved = after.snapshotVersion;
    QVERIFY(saved > before.snapshotVersion);
    QVERIFY(ask(workspace, u"AT"_s, like).available);

    // Roll back: the palette's command pins the version before; the rules stay as they were saved.
    QSignalSpy pinned(&page.pin(), &PinControl::changed);
    key(page, Qt::Key_K, Qt::ControlModifier);
    type(u"version before back"_s);
    key(page, Qt::Key_Return);
    QVERIFY2(pinned.wait(60'000), qPrintable(page.plan().problemText()));
    QVERIFY(page.pin().pinnedVersion().has_value());
    QVERIFY(*page.pin().pinnedVersion() < saved);
    QTRY_VERIFY_WITH_TIMEOUT(!ask(workspace, u"PL"_s, like).available, 30'000);
    QCOMPARE(ask(workspace, u"PL"_s, like).reason, QByteArray("PINNED")); // the rules would let it play
    QCOMPARE(ask(workspace, u"PL"_s, like).snapshotVersion, *page.pin().pinnedVersion());
    QVERIFY(ask(workspace, u"DE"_s, like).available); // as it did in that version
    QCOMPARE(fixture.savedRules().size(), kept);
    QVERIFY(page.bar().pinText().contains(QString::number(*page.pin().pinnedVersion())));

    // And on again.
    key(page, Qt::Key_K, Qt::ControlModifier);
    type(u"newest version"_s);
    key(page, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(!page.pin().pinnedVersion(), 60'000);
    QTRY_VERIFY_WITH_TIMEOUT(ask(workspace, u"PL"_s, like).available, 30'000);
}

QTEST_MAIN(TestDay)
#include "tst_day.moc"
