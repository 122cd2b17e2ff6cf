#include "app/studio/backup_page.h"
#include "app/studio/doctor_page.h"
#include "app/studio/opening_page.h"
#include "app/studio/people_page.h"
#include "app/studio/settings_keeper.h"
#include "app/studio/settings_rows.h"
#include "app/studio/welcome_page.h"
#include "core/workbench/workspace.h"
#include "tests/support/patience.h"
#include "ui/shell/settings_page.h"
#include "ui/widgets/button.h"
#include "ui/widgets/filter_field.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/toggle_switch.h"

#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace vidimus;
using namespace vidimus::studio;
using namespace Qt::StringLiterals;

namespace {

template<class Control>
Control* named(QWidget& page, const QString& name)
{
    for (Control* control : page.findChildren<Control*>()) {
        QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(control);
        if (interface && interface->text(QAccessible::Name) == name)
            return control;
    }
    return nullptr;
}

} // namespace

class TestServicePages : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void everythingThatTakesTheFocusHasAName();
    void personIsAdded();
    void profileNeedsAnAddress();
    void stagingProfileIsSavedAndCanBeUsed();
    void signInIsAskedWhereTheCatalogIsNotOurOwn();
    void backupIsMadeVerifiedAndListed();
    void settingsActAndAreStored();
    void settingsAreFoundByTheirWords();
    void problemGivesTheFocusToItsFirstStep();
    void welcomeShowsItsWork();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<workbench::Workspace> m_workspace;
};

void TestServicePages::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    auto opened = workbench::Workspace::open({.folder = m_folder->path() + u"/w"_s});
    QVERIFY(opened.has_value());
    m_workspace = *std::move(opened);
}

void TestServicePages::cleanup()
{
    m_workspace.reset();
}

void TestServicePages::everythingThatTakesTheFocusHasAName()
{
    SettingsKeeper keeper(*m_workspace, {}, nullptr);
    auto settings = std::make_unique<ui::shell::SettingsPage>();
    addSettingRows(*settings, keeper);
    std::vector<std::unique_ptr<QWidget>> pages;
    pages.push_back(std::move(settings));
    pages.push_back(std::make_unique<PeoplePage>(*m_workspace));
    pages.push_back(std::make_unique<BackupPage>(*m_workspace, QString()));
    pages.push_back(std::make_unique<DoctorPage>(*m_workspace));
    pages.push_back(std::make_unique<WelcomePage>(m_workspace->paths().root));
    int seen = 0;
    for (const auto& page : pages) {
        page->resize(1200, 800);
        page->show();
        for (QWidget* widget : page->findChildren<QWidget*>()) {
            if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus || widget->focusProxy()
                || qobject_cast<QScrollBar*>(widget) || widget->objectName().startsWith(u"qt_"))
                continue;
            ++seen;
            QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(widget);
            QVERIFY2(interface && !interface->text(QAccessible::Name).isEmpty(), widget->metaObject()->className());
        }
    }
    QVERIFY(seen > 30);
}

void TestServicePages::personIsAdded()
{
    PeoplePage page(*m_workspace);
    page.show();
    auto* table = named<QTableView>(page, u"People"_s);
    QVERIFY(table);
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 1, kPatienceMs);
    named<QLineEdit>(page, u"Name of the person"_s)->setText(u"Ana"_s);
    named<ui::widgets::ToggleSwitch>(page, u"Moderator"_s)->setChecked(true);
    named<ui::widgets::Button>(page, u"Add person"_s)->click();
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 2, kPatienceMs);
    const auto people = workbench::people(*m_workspace);
    QVERIFY(people.has_value());
    const auto ana = std::ranges::find(*people, u"Ana"_s, &workbench::Person::name);
    QVERIFY(ana != people->end());
    QVERIFY(ana->roles == moderation::RoleSet({moderation::Role::Moderator}));
}

void TestServicePages::profileNeedsAnAddress()
{
    PeoplePage page(*m_workspace);
    page.show();
    auto* person = named<QComboBox>(page, u"Person of the profile"_s);
    QTRY_COMPARE_WITH_TIMEOUT(person->count(), 1, kPatienceMs);
    named<QLineEdit>(page, u"Name of the profile"_s)->setText(u"team"_s);
    auto* address = named<QLineEdit>(page, u"Address of the catalog"_s);
    for (const QString& wrong : {u""_s, u"catalog"_s, u"ftp://catalog.example.org"_s, u"https://"_s}) {
        address->setText(wrong);
        named<ui::widgets::Button>(page, u"Save profile"_s)->click();
    }
    const auto profiles = workbench::profiles(*m_workspace);
    QVERIFY(profiles.has_value());
    QCOMPARE(profiles->size(), std::size_t(1));
}

void TestServicePages::stagingProfileIsSavedAndCanBeUsed()
{
    PeoplePage page(*m_workspace);
    page.show();
    auto* table = named<QTableView>(page, u"Profiles"_s);
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 1, kPatienceMs);
    auto* use = named<ui::widgets::Button>(page, u"Work with it"_s);
    QVERIFY(!use->isEnabled());
    named<QLineEdit>(page, u"Name of the profile"_s)->setText(u"team"_s);
    named<QLineEdit>(page, u"Address of the catalog"_s)->setText(u"https://staging.example.org"_s);
    named<ui::widgets::Button>(page, u"Save profile"_s)->click();
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 2, kPatienceMs);
    QSignalSpy chosen(&page, &PeoplePage::profileChosen);
    for (int row = 0; row < 2; ++row) {
        table->selectRow(row);
        const bool isTeam = table->model()->index(row, 0).data().toString() == u"team"_s;
        QCOMPARE(use->isEnabled(), isTeam); // the one in use need not be chosen
        use->click();
    }
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.first().first().toString(), u"team"_s);
}

void TestServicePages::signInIsAskedWhereTheCatalogIsNotOurOwn()
{
    {
        PeoplePage own(*m_workspace);
        QVERIFY(!named<QLineEdit>(own, u"Token of the catalog"_s));
    }
    QVERIFY(workbench::saveProfile(*m_workspace,
        {.name = u"team"_s,
            .person = m_workspace->me().id,
            .kind = workbench::CatalogKind::Staging,
            .url = u"http://catalog.example.org"_s}));
    m_workspace.reset();
    auto team = workbench::Workspace::open({.folder = m_folder->path() + u"/w"_s, .profile = u"team"_s});
    QVERIFY(team.has_value());
    m_workspace = *std::move(team);
    PeoplePage page(*m_workspace);
    page.show();
    auto* token = named<QLineEdit>(page, u"Token of the catalog"_s);
    QVERIFY(token);
    QCOMPARE(token->echoMode(), QLineEdit::Password);
    token->setText(u"a-token"_s);
    named<ui::widgets::Button>(page, u"Sign in"_s)->click();
    QVERIFY(token->text().isEmpty()); // a secret does not stay in a field
    const auto isSaid = [&page] {
        const auto labels = page.findChildren<ui::widgets::Paragraph*>();
        return std::ranges::any_of(
            labels, [](const auto* label) { return label->text() == u"A token is sent over https only."; });
    };
    QTRY_VERIFY_WITH_TIMEOUT(isSaid(), kPatienceMs);
}

void TestServicePages::backupIsMadeVerifiedAndListed()
{
    const QString target = m_folder->path() + u"/elsewhere"_s;
    BackupPage page(*m_workspace, target);
    page.show();
    named<QLineEdit>(page, u"Folder for the backup"_s)->setText(target);
    named<ui::widgets::Button>(page, u"Back up now"_s)->click();
    auto* table = named<QTableView>(page, u"Backups"_s);
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 1, 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->index(0, 4).data().toString(), u"Restored"_s, kPatienceMs);
    const auto found = findBackups({target});
    QCOMPARE(found.size(), std::size_t(1));
    QVERIFY(found.front().hasOriginals);

    QFile copy(QFileInfo(found.front().manifest).path() + u'/' + found.front().facts.file);
    QVERIFY(copy.open(QIODevice::ReadWrite));
    QVERIFY(copy.seek(copy.size() / 2));
    copy.write("damage");
    copy.close();
    table->selectRow(0);
    named<ui::widgets::Button>(page, u"Check it"_s)->click();
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->index(0, 4).data().toString(), u"Damaged"_s, 30'000);
}

void TestServicePages::settingsActAndAreStored()
{
    SettingsKeeper keeper(*m_workspace, {}, nullptr);
    ui::shell::SettingsPage page;
    addSettingRows(page, keeper);
    page.show();
    QSignalSpy changed(&keeper, &SettingsKeeper::changed);
    named<ui::widgets::ToggleSwitch>(page, u"Single keys act"_s)->click();
    QCOMPARE(changed.size(), 1);
    QVERIFY(!keeper.settings().singleKeys);
    Q_EMIT named<ui::widgets::SegmentedControl>(page, u"Theme"_s)->chosen(u"light"_s);
    QCOMPARE(keeper.settings().scheme, ui::widgets::SchemeChoice::Light);
    const auto stored = [this](QLatin1StringView key) {
        const auto value = workbench::setting(*m_workspace, key);
        return value ? *value : QJsonValue();
    };
    QTRY_COMPARE_WITH_TIMEOUT(stored(keys::kSingleKeys), QJsonValue(false), kPatienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(stored(keys::kScheme), QJsonValue(u"light"_s), kPatienceMs);
    Q_EMIT named<ui::widgets::SegmentedControl>(page, u"Density"_s)->chosen(u"compact"_s);
    QTRY_COMPARE_WITH_TIMEOUT(stored(keys::kDensity), QJsonValue(u"compact"_s), kPatienceMs);
    QCOMPARE(keeper.settings().density, ui::widgets::Density::Compact);
    const auto choose = [&page](const QString& name, const QString& value) {
        // On Linux the accessible text of a combo box is its choice.
        const QList<QComboBox*> boxes = page.findChildren<QComboBox*>();
        const auto found = std::ranges::find(boxes, name, &QWidget::accessibleName);
        QVERIFY2(found != boxes.end(), qPrintable(name));
        QComboBox* box = *found;
        const int index = box->findData(value);
        QVERIFY2(index >= 0, qPrintable(value));
        box->setCurrentIndex(index);
        Q_EMIT box->activated(index);
    };
    choose(u"Clock"_s, u"Asia/Tokyo"_s);
    choose(u"Ladder"_s, u"web-four"_s);
    choose(u"Language"_s, u"pseudo"_s);
    choose(u"Check profile"_s, u"streaming"_s);
    named<ui::widgets::ToggleSwitch>(page, u"Autoplay"_s)->click();
    named<ui::widgets::ToggleSwitch>(page, u"Auto-advance"_s)->click();
    QTRY_COMPARE_WITH_TIMEOUT(stored(keys::kZone), QJsonValue(u"Asia/Tokyo"_s), kPatienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(stored(keys::kLadder), QJsonValue(u"web-four"_s), kPatienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(stored(keys::kLanguage), QJsonValue(u"pseudo"_s), kPatienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(stored(keys::kCheckProfile), QJsonValue(u"streaming"_s), kPatienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(stored(keys::kAutoplay), QJsonValue(true), kPatienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(stored(keys::kAutoAdvance), QJsonValue(false), kPatienceMs);
    // The switch in the decision bar is the same one.
    keeper.set(keys::kAutoAdvance, true);
    QVERIFY(named<ui::widgets::ToggleSwitch>(page, u"Auto-advance"_s)->isChecked());
}

void TestServicePages::settingsAreFoundByTheirWords()
{
    SettingsKeeper keeper(*m_workspace, {}, nullptr);
    ui::shell::SettingsPage page;
    addSettingRows(page, keeper);
    page.show();
    const int all = page.visibleRowCount();
    qobject_cast<QLineEdit*>(page.filterInput())->setText(u"loudness"_s);
    QCOMPARE(page.visibleRowCount(), 1);
    qobject_cast<QLineEdit*>(page.filterInput())->clear();
    QCOMPARE(page.visibleRowCount(), all);
}

void TestServicePages::problemGivesTheFocusToItsFirstStep()
{
    OpeningPage page;
    page.resize(1200, 800);
    page.show();
    const Error error {ErrorCode::Corrupt, u"page 3"_s, "database_damaged"};
    page.showProblem(error, stepsFor(error, false));
    QVERIFY(page.problem().has_value());
    auto* first = qobject_cast<ui::widgets::Button*>(page.baseFocus());
    QVERIFY(first);
    QSignalSpy chosen(&page, &OpeningPage::stepChosen);
    first->click();
    QCOMPARE(chosen.first().first().value<OpeningStep>(), OpeningStep::Salvage);
    page.showWaiting();
    QVERIFY(!page.problem().has_value());
    QCOMPARE(page.baseFocus(), &page);
}

void TestServicePages::welcomeShowsItsWork()
{
    WelcomePage page(u"/somewhere"_s);
    page.resize(1200, 800);
    page.show();
    const int before = static_cast<int>(page.findChildren<QWidget*>().size());
    page.showWork(u"Adding"_s, 0.5);
    QVERIFY(static_cast<int>(page.findChildren<QWidget*>().size()) > before);
    page.endWork();
    QCOMPARE(static_cast<int>(page.findChildren<QWidget*>().size()), before);
}

QTEST_MAIN(TestServicePages)
#include "tst_service_pages.moc"
