#include "ui/widgets/system_appearance.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>

namespace vidimus::ui::widgets {

using namespace Qt::StringLiterals;

namespace {

// org.freedesktop.portal.Settings; group and keys as the XDG desktop portal documents them.
constexpr auto kService = "org.freedesktop.portal.Desktop"_L1;
constexpr auto kPath = "/org/freedesktop/portal/desktop"_L1;
constexpr auto kInterface = "org.freedesktop.portal.Settings"_L1;
constexpr auto kAppearance = "org.freedesktop.appearance"_L1;
constexpr auto kGnomeInterface = "org.gnome.desktop.interface"_L1;

QVariant unwrapped(QVariant value)
{
    while (value.metaType() == QMetaType::fromType<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    return value;
}

} // namespace

SystemAppearance::SystemAppearance(QObject* parent)
    : QObject(parent)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(
        kService, kPath, kInterface, u"SettingChanged"_s, this, SLOT(settingChanged(QString, QString, QDBusVariant)));
    request(kAppearance, u"color-scheme"_s);
    request(kAppearance, u"contrast"_s);
    request(kGnomeInterface, u"enable-animations"_s);
}

void SystemAppearance::request(const QString& group, const QString& key)
{
    QDBusMessage call = QDBusMessage::createMethodCall(kService, kPath, kInterface, u"Read"_s);
    call << group << key;
    auto* watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, group, key](QDBusPendingCallWatcher* finished) {
        const QDBusPendingReply<QDBusVariant> reply = *finished;
        if (!reply.isError())
            take(group, key, reply.value().variant());
        finished->deleteLater();
    });
}

void SystemAppearance::settingChanged(const QString& group, const QString& key, const QDBusVariant& value)
{
    take(group, key, value.variant());
}

void SystemAppearance::take(const QString& group, const QString& key, const QVariant& value)
{
    const QVariant plain = unwrapped(value);
    const auto set = [this](bool& member, bool wish) {
        if (member == wish)
            return;
        member = wish;
        Q_EMIT changed();
    };
    if (group == kAppearance && key == "color-scheme"_L1)
        set(m_prefersDark, plain.toUInt() != 2); // 0 no preference, 1 dark, 2 light
    else if (group == kAppearance && key == "contrast"_L1)
        set(m_prefersContrast, plain.toUInt() == 1);
    else if (group == kGnomeInterface && key == "enable-animations"_L1)
        set(m_prefersReducedMotion, !plain.toBool());
}

} // namespace vidimus::ui::widgets
