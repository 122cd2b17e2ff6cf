#include "app/studio/settings_rows.h"

#include "app/studio/choose_path.h"
#include "app/studio/settings_keeper.h"
#include "core/checks/profile.h"
#include "ui/shell/settings_page.h"
#include "ui/widgets/button.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/toggle_switch.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QSpinBox>

namespace vidimus::studio {

using namespace Qt::StringLiterals;
using namespace ui::widgets;
using ui::shell::SettingRow;
using ui::shell::SettingsPage;

namespace {

constexpr int kBoxWidth = 240;

QString tr(const char* text)
{
    return QCoreApplication::translate("StudioSettings", text);
}

QWidget* toggle(SettingsKeeper& keeper, QLatin1StringView key, bool now)
{
    auto* made = new ToggleSwitch({});
    made->setChecked(now);
    QObject::connect(made, &QAbstractButton::toggled, &keeper, [&keeper, key](bool on) { keeper.set(key, on); });
    return made;
}

QWidget* themeControl(SettingsKeeper& keeper)
{
    auto* control = new SegmentedControl;
    control->setSegments({{schemeChoiceName(SchemeChoice::System), tr("As the system")},
        {schemeChoiceName(SchemeChoice::Dark), tr("Dark")}, {schemeChoiceName(SchemeChoice::Light), tr("Light")},
        {schemeChoiceName(SchemeChoice::HighContrast), tr("High contrast")}});
    control->setCurrent(schemeChoiceName(keeper.settings().scheme));
    QObject::connect(
        control, &SegmentedControl::chosen, &keeper, [&keeper](const QString& id) { keeper.set(keys::kScheme, id); });
    // Ctrl+Shift+T changes it too.
    QObject::connect(&keeper, &SettingsKeeper::changed, control,
        [control](const Settings& settings) { control->setCurrent(schemeChoiceName(settings.scheme)); });
    return control;
}

QWidget* profileControl(SettingsKeeper& keeper)
{
    auto* box = new QComboBox;
    box->setFixedWidth(kBoxWidth);
    box->addItem(tr("The default (web)"), QString());
    for (const QString& name : checks::shippedProfileIds())
        box->addItem(name, name);
    box->setCurrentIndex(std::max(0, box->findData(keeper.settings().checkProfile)));
    QObject::connect(box, &QComboBox::activated, &keeper,
        [&keeper, box] { keeper.set(keys::kCheckProfile, box->currentData().toString()); });
    return box;
}

QWidget* backupFolderControl(SettingsKeeper& keeper)
{
    const auto textOf = [](const QString& folder) { return folder.isEmpty() ? tr("In the workspace…") : folder; };
    auto* button = new Button(textOf(keeper.settings().backupFolder));
    button->setIconName(u"folder"_s);
    button->setMaximumWidth(kBoxWidth + 80);
    QObject::connect(button, &Button::clicked, &keeper, [&keeper, button, textOf] {
        chooseFolder(button, tr("Folder for scheduled backups"), keeper.settings().backupFolder,
            [&keeper, button, textOf](const QString& folder) {
                keeper.set(keys::kBackupFolder, folder);
                button->setText(textOf(folder));
            });
    });
    return button;
}

QWidget* keptControl(SettingsKeeper& keeper)
{
    auto* box = new QSpinBox;
    box->setRange(1, 96);
    box->setValue(keeper.settings().keptBackups);
    box->setFixedWidth(96);
    QObject::connect(
        box, &QSpinBox::valueChanged, &keeper, [&keeper](int kept) { keeper.set(keys::kKeptBackups, kept); });
    return box;
}

} // namespace

void addSettingRows(SettingsPage& page, SettingsKeeper& keeper)
{
    const Settings& now = keeper.settings();
    const QString look = tr("Look");
    page.addRow(
        {look, tr("Theme"), tr("The ground around a picture stays nearly black in each."), themeControl(keeper)});
    page.addRow({look, tr("Reduce motion"), tr("Nothing slides or fades. Also on when the system asks for it."),
        toggle(keeper, keys::kReduceMotion, now.reduceMotion)});
    const QString keyboard = tr("Keyboard");
    page.addRow({keyboard, tr("Single keys act"),
        tr("P, X, J, K, L and others without Ctrl or Alt. The palette (Ctrl+K) reaches everything too."),
        toggle(keeper, keys::kSingleKeys, now.singleKeys)});
    const QString files = tr("New files");
    page.addRow({files, tr("Check profile"), tr("The thresholds for black, freeze, silence, loudness and the rest."),
        profileControl(keeper)});
    const QString backups = tr("Backups");
    page.addRow({backups, tr("Scheduled backups"),
        tr("A verified copy of the database every 15 minutes in which something was written."),
        toggle(keeper, keys::kScheduledBackups, now.scheduledBackups)});
    page.addRow({backups, tr("Folder for backups"), tr("Another disk than the workspace’s is better."),
        backupFolderControl(keeper)});
    page.addRow({backups, tr("How many are kept"), tr("The oldest goes when there are more."), keptControl(keeper)});
}

} // namespace vidimus::studio
