#include "rights_fixture.h"

#include "tests/support/patience.h"
#include "ui/rights/explain_panel.h"
#include "ui/rights/rights_chart.h"
#include "ui/rights/rights_grid_view.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QTest>

using namespace vidimus::ui;
using namespace vidimus::ui::rights;
using namespace vidimus::ui::rights::tests;
using namespace Qt::StringLiterals;
using vidimus::DealId;
using vidimus::Instant;
using vidimus::WindowId;

/// Paints the page in each theme and size. With VIDIMUS_SHOTS=<folder> the pictures are kept there, to be held beside
/// the pictures of the design.
class TestPictures : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void paintsThePage_data();
    void paintsThePage();
    void paintsBothSidesOfAStalePlan_data() { paintsThePage_data(); }
    void paintsBothSidesOfAStalePlan();
    void paintsTheEmptyState();

private:
    widgets::Theme m_theme {*qobject_cast<QApplication*>(qApp)};
};

namespace {

void keep(QWidget& window, const QString& name)
{
    const QString folder = qEnvironmentVariable("VIDIMUS_SHOTS");
    if (!folder.isEmpty())
        QVERIFY(window.grab().save(u"%1/%2.png"_s.arg(folder, name)));
}

int coloursOf(const QImage& image)
{
    QSet<QRgb> colours;
    for (int y = 0; y < image.height(); y += 3) {
        for (int x = 0; x < image.width(); x += 3)
            colours.insert(image.pixel(x, y));
    }
    return static_cast<int>(colours.size());
}

} // namespace

void TestPictures::paintsThePage_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<int>("choice");
    for (const QSize size : {QSize(1920, 1080), QSize(1280, 800)}) {
        for (const auto choice : {widgets::SchemeChoice::Dark, widgets::SchemeChoice::Light})
            QTest::addRow("%dx%d-%s", size.width(), size.height(), qPrintable(widgets::schemeChoiceName(choice)))
                << size << static_cast<int>(choice);
    }
}

void TestPictures::paintsThePage()
{
    QFETCH(const QSize, size);
    QFETCH(const int, choice);
    m_theme.setChoice(static_cast<widgets::SchemeChoice>(choice));
    RightsFixture fixture;
    fixture.addDemoRights();
    const Instant today = fixture.today();
    // Two exclusive grants of different licensors that overlap: a conflict to solve.
    engine::Rule clash = grant(u"clash"_s, u"clip-0"_s, {u"DE"_s, u"AT"_s}, {u"svod_base"_s},
        today + std::chrono::days(228), today + std::chrono::days(330));
    clash.deal = DealId(u"K-131"_s);
    clash.exclusive = true;
    fixture.add({.put = {clash}, .remove = {}, .titles = {}, .deals = {}, .seen = {}, .why = {}});
    RightsPage& page = fixture.open(size);
    RightsSession& session = page.session();
    engine::Rule avod = *session.plan().find(WindowId(u"bbb-avod-gb"_s));
    avod.window.start = today + std::chrono::days(16);
    avod.window.end = today + std::chrono::days(85);
    session.stage({avod});
    engine::Rule poland = *session.plan().find(WindowId(u"bbb-svod-pl"_s));
    poland.window.start = today + std::chrono::days(38);
    session.stage({poland});
    engine::Rule moved = clash;
    moved.window.start = today + std::chrono::days(240);
    session.stage({moved});
    session.setAt(today + std::chrono::days(9));
    page.grid().showWindow(avod.id, Column::Right);
    page.explainCurrent();
    QTRY_VERIFY_WITH_TIMEOUT(session.isMeasured(), kPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(!page.explainer().headlineText().isEmpty(), kPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(session.live().at == session.at() && !session.live().live.isEmpty(), kPatienceMs);
    QTest::qWait(50);
    const QImage image = fixture.window().grab().toImage();
    QVERIFY(coloursOf(image) > 60);
    keep(fixture.window(), u"rights-%1"_s.arg(QString::fromLatin1(QTest::currentDataTag())));
    for (const auto& view : page.views()) {
        page.showView(view.id);
        QTest::qWait(300); // the map and the matrix are worked out beside the window
        const QImage seen = fixture.window().grab().toImage();
        QVERIFY(coloursOf(seen) > 40);
        keep(fixture.window(), u"rights-%1-%2"_s.arg(view.id, QString::fromLatin1(QTest::currentDataTag())));
    }
}

void TestPictures::paintsBothSidesOfAStalePlan()
{
    QFETCH(const QSize, size);
    QFETCH(const int, choice);
    m_theme.setChoice(static_cast<widgets::SchemeChoice>(choice));
    RightsFixture fixture;
    fixture.addDemoRights();
    RightsPage& page = fixture.open(size);
    std::vector<engine::Rule> theirs;
    for (const char* window : {"bbb-avod-gb", "bbb-svod-pl"}) {
        engine::Rule rule = *page.session().plan().find(WindowId(QString::fromLatin1(window)));
        rule.window.start = fixture.today() + std::chrono::days(16);
        page.session().stage({rule});
        rule.window.start = fixture.today() + std::chrono::days(20);
        rule.exclusive = true;
        theirs.push_back(rule);
    }
    fixture.add({.put = theirs, .remove = {}, .titles = {}, .deals = {}, .seen = {}, .why = {}});
    QTRY_VERIFY_WITH_TIMEOUT(page.session().plan().hasClashes(), kPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(page.session().isMeasured(), kPatienceMs);
    page.showView(u"plan"_s);
    QTest::qWait(50);
    QVERIFY(coloursOf(fixture.window().grab().toImage()) > 40);
    keep(fixture.window(), u"rights-clash-%1"_s.arg(QString::fromLatin1(QTest::currentDataTag())));
}

void TestPictures::paintsTheEmptyState()
{
    m_theme.setChoice(widgets::SchemeChoice::Dark);
    RightsFixture fixture;
    RightsPage& page = fixture.open({1280, 800});
    QVERIFY(!page.grid().isVisible());
    QTest::qWait(20);
    QVERIFY(coloursOf(fixture.window().grab().toImage()) > 10);
    keep(fixture.window(), u"rights-empty"_s);
}

QTEST_MAIN(TestPictures)
#include "tst_pictures.moc"
