#include "rights_fixture.h"
#include "team_catalog.h"
#include "tests/support/patience.h"

#include "ui/rights/cell_table_model.h"
#include "ui/rights/contracts_view.h"
#include "ui/rights/holds_panel.h"

#include <QApplication>
#include <QJsonArray>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace vidimus::ui::rights;
using namespace vidimus::ui::rights::tests;
using namespace Qt::StringLiterals;

/// Changes that the catalog holds, where a second person sees them.
class TestHolds : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsWhatTheCatalogSays();
    void isThereOnlyWhileSomethingWaits();
    void secondPersonConfirmsThroughTheWindow();
};

namespace {

QJsonObject reply()
{
    const QJsonObject site {{u"site"_s, u"web"_s}, {u"live"_s, 40}, {u"lost"_s, 12}};
    const QJsonObject hold {{u"id"_s, u"h1"_s}, {u"by"_s, u"Ana"_s}, {u"what"_s, u"titles/t/windows"_s},
        {u"at"_s, u"2026-01-01T10:00:00Z"_s}, {u"sites"_s, QJsonArray {site}}};
    return {{u"items"_s,
        QJsonArray {hold, QJsonObject {{u"id"_s, u"without a time"_s}}, 7,
            QJsonObject {{u"at"_s, u"2026-01-01T10:00:00Z"_s}}}}};
}

} // namespace

void TestHolds::readsWhatTheCatalogSays()
{
    const std::vector<HeldChange> held = heldChanges(reply());
    QCOMPARE(held.size(), std::size_t(1));
    QCOMPARE(held[0].id, u"h1"_s);
    QCOMPARE(held[0].by, u"Ana"_s);
    QCOMPARE(held[0].at, instant("2026-01-01T10:00:00Z"));
    QVERIFY(held[0].dark.contains(u"web"_s) && held[0].dark.contains(u"12"_s) && held[0].dark.contains(u"40"_s));
    QVERIFY(heldChanges({{u"items"_s, u"nonsense"_s}}).empty());
}

void TestHolds::isThereOnlyWhileSomethingWaits()
{
    RightsFixture fixture;
    RightsPage& page = fixture.open();
    HoldsPanel& panel = page.contracts().holds();
    QVERIFY(panel.isHidden());
    panel.take(heldChanges(reply()));
    QVERIFY(!panel.isHidden());
    QCOMPARE(panel.model().rowCount(), 1);
    QCOMPARE(panel.model().idAt(panel.table()->currentIndex().row()), u"h1"_s);
    panel.take({});
    QVERIFY(panel.isHidden());
}

/// Somebody darkens more of a site than one person may; the catalog holds it until somebody else, at a studio of their
/// own, has seen what goes dark and confirmed it.
void TestHolds::secondPersonConfirmsThroughTheWindow()
{
    TeamCatalog team;
    team.fill(30);
    for (int i = 0; i < 6; ++i) // a fifth
        QCOMPARE(team.clear(i), 200);
    QCOMPARE(team.clear(6), 409);
    QCOMPARE(team.holds(), qsizetype(1));
    RightsFixture fixture;
    team.handOver(fixture.folder());
    fixture.addDemoRights();
    RightsPage& page = fixture.open();
    HoldsPanel& panel = page.contracts().holds();
    for (int i = 0; i < 3; ++i)
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_V);
    QCOMPARE(page.currentView(), u"contracts"_s);
    QTRY_VERIFY_WITH_TIMEOUT(panel.isVisible(), kPatienceMs);
    QCOMPARE(panel.model().textAt(0, 1), u"admin"_s);
    QVERIFY2(panel.model().textAt(0, 3).contains(u"web: 7 of 30"_s), qPrintable(panel.model().textAt(0, 3)));
    QCOMPARE(team.clear(6), 409); // seen is not confirmed
    QSignalSpy announced(&panel, &HoldsPanel::announced);
    panel.table()->setFocus();
    QTest::keyClick(panel.table(), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(announced.count(), 1, kPatienceMs);
    QVERIFY2(announced.front().front().toString().startsWith(u"Confirmed"_s),
        qPrintable(announced.front().front().toString()));
    QTRY_VERIFY_WITH_TIMEOUT(panel.isHidden(), kPatienceMs);
    for (int i = 6; i < 30; ++i)
        QCOMPARE(team.clear(i), 200);
}

QTEST_MAIN(TestHolds)
#include "tst_holds.moc"
