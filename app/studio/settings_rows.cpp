#include "app/studio/settings_rows.h"

#include "app/studio/choose_path.h"
#include "app/studio/language.h"
#include "app/studio/settings_keeper.h"
#include "core/checks/profile.h"
#include "core/transcode/ladder.h"
#include "ui/shell/settings_page.h"
#include "ui/widgets/button.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/toggle_switch.h"

#include <QAudioDevice>
#include <QComboBox>
#include <QCompleter>
#include <QCoreApplication>
#include <QLineEdit>
#include <QMediaDevices>
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

using Choices = std::vector<std::pair<QString, QString>>; ///< what is stored, what is read

QComboBox* choice(SettingsKeeper& keeper, QLatin1StringView key, const Choices& choices, const QString& now)
{
    auto* box = new QComboBox;
    box->setFixedWidth(kBoxWidth);
    for (const auto& [value, text] : choices)
        box->addItem(text, value);
    box->setCurrentIndex(std::max(0, box->findData(now)));
    QObject::connect(
        box, &QComboBox::activated, &keeper, [&keeper, key, box] { keeper.set(key, box->currentData().toString()); });
    return box;
}

QWidget* profileControl(SettingsKeeper& keeper)
{
    Choices choices {{QString(), tr("The default (web)")}};
    for (const QString& name : checks::shippedProfileIds())
        choices.emplace_back(name, name);
    const QString& now = keeper.settings().checkProfile;
    if (std::ranges::find(choices, now, &Choices::value_type::first) == choices.end())
        choices.emplace_back(now, now); // one of the workspace's own
    return choice(keeper, keys::kCheckProfile, choices, keeper.settings().checkProfile);
}

QWidget* ladderControl(SettingsKeeper& keeper)
{
    Choices choices {{QString(), tr("The default (web-two)")}};
    for (const QString& name : transcode::shippedLadderNames())
        choices.emplace_back(name, name);
    return choice(keeper, keys::kLadder, choices, keeper.settings().ladder);
}

QWidget* soundControl(SettingsKeeper& keeper)
{
    Choices choices {{QString(), tr("As the system")}};
    for (const QAudioDevice& device : QMediaDevices::audioOutputs())
        choices.emplace_back(QString::fromLatin1(device.id().toBase64()), device.description());
    const QString now = QString::fromLatin1(keeper.settings().soundDevice.toBase64());
    if (std::ranges::find(choices, now, &std::pair<QString, QString>::first) == choices.end())
        choices.emplace_back(now, tr("A device that is not plugged in"));
    return choice(keeper, keys::kSoundDevice, choices, now);
}

QWidget* densityControl(SettingsKeeper& keeper)
{
    auto* control = new SegmentedControl;
    control->setSegments({{densityName(Density::Compact), tr("Compact")},
        {densityName(Density::Regular), tr("Regular")}, {densityName(Density::Comfortable), tr("Comfortable")}});
    control->setCurrent(densityName(keeper.settings().density));
    QObject::connect(
        control, &SegmentedControl::chosen, &keeper, [&keeper](const QString& id) { keeper.set(keys::kDensity, id); });
    return control;
}

/// Any zone that this machine knows; typing finds it.
QWidget* zoneControl(SettingsKeeper& keeper)
{
    Choices choices {{u"Local"_s, tr("This machine's (%1)").arg(QString::fromUtf8(QTimeZone::systemTimeZoneId()))},
        {u"UTC"_s, tr("UTC")}};
    for (const QByteArray& id : QTimeZone::availableTimeZoneIds()) {
        if (id.contains('/') && !id.startsWith("Etc/"))
            choices.emplace_back(QString::fromLatin1(id), QString::fromLatin1(id).replace(u'_', u' '));
    }
    QComboBox* box = choice(keeper, keys::kZone, choices, keeper.settings().zone);
    box->setEditable(true);
    box->setInsertPolicy(QComboBox::NoInsert);
    box->setMaxVisibleItems(16);
    box->lineEdit()->setAccessibleName(tr("Clock"));
    box->completer()->setCompletionMode(QCompleter::PopupCompletion);
    box->completer()->setFilterMode(Qt::MatchContains);
    // What was typed and names no zone goes back to what holds.
    QObject::connect(box->lineEdit(), &QLineEdit::editingFinished, box,
        [box] { box->setEditText(box->itemText(box->currentIndex())); });
    return box;
}

QWidget* autoAdvanceControl(SettingsKeeper& keeper)
{
    auto* made = static_cast<ToggleSwitch*>(toggle(keeper, keys::kAutoAdvance, keeper.settings().autoAdvance));
    // The decision bar has the same switch.
    QObject::connect(&keeper, &SettingsKeeper::changed, made,
        [made](const Settings& settings) { made->setChecked(settings.autoAdvance); });
    return made;
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
    page.addRow({look, tr("Density"), tr("How high the rows of lists and tables are."), densityControl(keeper)});
    page.addRow({look, tr("Clock"), tr("The zone of the times that are shown. Rights are always in UTC."),
        zoneControl(keeper)});
    page.addRow({look, tr("Language"), tr("The window is made anew at the place where you are."),
        choice(keeper, keys::kLanguage, languages(), now.language)});
    page.addRow({look, tr("Reduce motion"), tr("Nothing slides or fades. Also on when the system asks for it."),
        toggle(keeper, keys::kReduceMotion, now.reduceMotion)});
    const QString keyboard = tr("Keyboard");
    page.addRow({keyboard, tr("Single keys act"),
        tr("P, X, J, K, L and others without Ctrl or Alt. The palette (Ctrl+K) reaches everything too."),
        toggle(keeper, keys::kSingleKeys, now.singleKeys)});
    const QString review = tr("Review");
    page.addRow({review, tr("Auto-advance"), tr("A committed decision opens the next item. Also in the decision bar."),
        autoAdvanceControl(keeper)});
    page.addRow({review, tr("Autoplay"), tr("An item begins to play when it is opened. Off, it waits for Space."),
        toggle(keeper, keys::kAutoplay, now.autoplay)});
    page.addRow({review, tr("Sound device"), tr("Where sound is heard while an item plays."), soundControl(keeper)});
    const QString files = tr("New files");
    page.addRow({files, tr("Check profile"), tr("The thresholds for black, freeze, silence, loudness and the rest."),
        profileControl(keeper)});
    page.addRow({files, tr("Ladder"), tr("Proposed first when renditions are made."), ladderControl(keeper)});
    const QString backups = tr("Backups");
    page.addRow({backups, tr("Scheduled backups"),
        tr("A verified copy of the database every 15 minutes in which something was written."),
        toggle(keeper, keys::kScheduledBackups, now.scheduledBackups)});
    page.addRow({backups, tr("Folder for backups"), tr("Another disk than the workspace’s is better."),
        backupFolderControl(keeper)});
    page.addRow({backups, tr("How many are kept"), tr("The oldest goes when there are more."), keptControl(keeper)});
}

} // namespace vidimus::studio
