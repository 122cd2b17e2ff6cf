#include "app/studio/walk_upkeep.h"

#include "app/studio/page_ids.h"
#include "app/studio/walker.h"
#include "core/store/workspace_store.h"
#include "core/workbench/upkeep.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QTableView>

namespace vidimus::studio {

using namespace Qt::StringLiterals;

namespace {

constexpr QSize kSize {1280, 800};
constexpr int kPatience = 60'000; // milliseconds

/// The visible control of that accessible name, or null and a fault.
template<class Control>
Control* control(Walker& walker, QWidget& window, const QString& name)
{
    for (Control* candidate : window.findChildren<Control*>()) {
        QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(candidate);
        const bool isNamed
            = candidate->accessibleName() == name || (interface && interface->text(QAccessible::Name) == name);
        if (isNamed && candidate->isVisible())
            return candidate;
    }
    walker.fail(u"there is no control named \"%1\""_s.arg(name));
    return nullptr;
}

/// What the press leads to is waited for by the caller; it may replace the window.
void press(Walker& walker, QWidget& window, const QString& name)
{
    auto* button = control<QAbstractButton>(walker, window, name);
    if (button && !button->isEnabled())
        walker.fail(u"\"%1\" is off: %2"_s.arg(name, button->toolTip()));
    else if (button)
        button->click();
}

void type(Walker& walker, QWidget& window, const QString& name, const QString& text)
{
    if (auto* field = control<QLineEdit>(walker, window, name))
        field->setText(text);
}

QStringList peopleOf(Services& services)
{
    QStringList names;
    if (const auto people = workbench::people(*services.workspace())) {
        for (const workbench::Person& person : *people)
            names << person.name;
    }
    return names;
}

void addPerson(Walker& walker, Services& services, const QString& name)
{
    walker.show(services, kPeoplePage);
    press(walker, services.window(), u"New person"_s);
    type(walker, services.window(), u"Name of the person"_s, name);
    press(walker, services.window(), u"Moderator"_s);
    press(walker, services.window(), u"Add person"_s);
    if (!walker.waitFor([&] { return peopleOf(services).contains(name); }, kPatience))
        walker.fail(u"%1 was not added"_s.arg(name));
}

/// Until the window works in a workspace again.
void waitForOpening(Walker& walker, Services& services, const QString& what)
{
    const auto isOpen = [&] { return services.workspace() && services.window().currentPageId() != kOpeningPage; };
    if (!walker.waitFor(isOpen, kPatience))
        walker.fail(u"the workspace did not open after: %1"_s.arg(what));
}

bool makeBackup(Walker& walker, Services& services)
{
    walker.show(services, kBackupPage);
    press(walker, services.window(), u"Back up now"_s);
    auto* table = control<QTableView>(walker, services.window(), u"Backups"_s);
    const auto isVerified = [table] {
        for (int row = 0; table && row < table->model()->rowCount(); ++row) {
            if (table->model()->index(row, 4).data().toString() == u"Restored"_s) {
                table->selectRow(row);
                return true;
            }
        }
        return false;
    };
    if (walker.waitFor(isVerified, kPatience))
        return true;
    walker.fail(u"no verified backup was listed"_s);
    return false;
}

void walkBackup(Walker& walker, Services& services)
{
    addPerson(walker, services, u"Ana"_s);
    if (!makeBackup(walker, services))
        return;
    addPerson(walker, services, u"Ben"_s);
    walker.show(services, kBackupPage);
    auto* table = control<QTableView>(walker, services.window(), u"Backups"_s);
    if (!table || !walker.waitFor([table] { return table->model()->rowCount() > 0; }, kPatience))
        return walker.fail(u"the backup is not listed any more"_s);
    for (int row = 0; row < table->model()->rowCount(); ++row) {
        if (table->model()->index(row, 1).data().toString() == u"All"_s)
            table->selectRow(row);
    }
    press(walker, services.window(), u"Restore here"_s);
    walker.waitFor([&] { return !services.workspace(); }, kPatience);
    waitForOpening(walker, services, u"restoring in place"_s);
    if (!services.workspace())
        return;
    const QStringList names = peopleOf(services);
    if (!names.contains(u"Ana"_s) || names.contains(u"Ben"_s))
        walker.fail(u"restored people are %1"_s.arg(names.join(u", "_s)));
    walker.say(u"walked backup and restore"_s);
}

void walkProfile(Walker& walker, Services& services)
{
    walker.show(services, kPeoplePage);
    type(walker, services.window(), u"Name of the profile"_s, u"second"_s);
    type(walker, services.window(), u"Address of the catalog"_s, u"https://catalog.example.org"_s);
    press(walker, services.window(), u"Save profile"_s);
    auto* table = control<QTableView>(walker, services.window(), u"Profiles"_s);
    if (!table || !walker.waitFor([table] { return table->model()->rowCount() > 1; }, kPatience))
        return walker.fail(u"the profile is not listed"_s);
    for (int row = 0; row < table->model()->rowCount(); ++row) {
        if (table->model()->index(row, 0).data().toString() == u"second"_s)
            table->selectRow(row);
    }
    press(walker, services.window(), u"Work with it"_s);
    const auto isUsed = [&] { return services.workspace() && services.workspace()->profile().name == u"second"_s; };
    if (!walker.waitFor(isUsed, kPatience))
        return walker.fail(u"the profile is not in use"_s);
    waitForOpening(walker, services, u"changing the profile"_s);
    walker.say(u"walked profile"_s);
}

} // namespace

void damageDatabase(Walker& walker, const QString& folder)
{
    QFile file(store::WorkspaceStore::databasePathIn(folder));
    constexpr qint64 kPage = 4096;
    if (!file.open(QIODevice::ReadWrite) || !file.seek(kPage) || file.write(QByteArray(kPage * 8, 'x')) <= 0)
        walker.fail(u"the database to damage cannot be written"_s);
}

void walkUpkeep(Walker& walker, const QString& folder)
{
    Arguments plain;
    plain.workspace = folder;
    if (const auto services = walker.start(plain, kSize); services && services->workspace()) {
        walkBackup(walker, *services);
        if (services->workspace())
            walkProfile(walker, *services);
    }
    damageDatabase(walker, folder);
    const auto services = walker.start(plain, kSize);
    if (!services)
        return;
    if (services->workspace())
        return walker.fail(u"a damaged workspace was opened"_s);
    press(walker, services->window(), u"Salvage what can be read"_s);
    waitForOpening(walker, *services, u"salvaging"_s);
    if (services->workspace())
        walker.say(u"walked salvage"_s);
}

} // namespace vidimus::studio
