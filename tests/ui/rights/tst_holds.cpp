#include "rights_fixture.h"

#include "ui/rights/cell_table_model.h"
#include "ui/rights/contracts_view.h"
#include "ui/rights/holds_panel.h"

#include <QJsonArray>
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

QTEST_MAIN(TestHolds)
#include "tst_holds.moc"
