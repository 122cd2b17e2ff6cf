#pragma once

#include <QObject>
#include <QVariant>

class QDBusVariant;

namespace vidimus::ui::widgets {

/// The desktop's wishes, read from the XDG portal's Settings interface over D-Bus (Qt 6.4 has no colour-scheme hint).
/// Answers arrive later; without a portal everything stays at its default. Ui thread.
class SystemAppearance : public QObject {
    Q_OBJECT

public:
    explicit SystemAppearance(QObject* parent = nullptr);

    [[nodiscard]] bool prefersDark() const { return m_prefersDark; }
    [[nodiscard]] bool prefersContrast() const { return m_prefersContrast; }
    [[nodiscard]] bool prefersReducedMotion() const { return m_prefersReducedMotion; }

    /// Takes one setting as the portal names it. Public for tests.
    void take(const QString& group, const QString& key, const QVariant& value);

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void settingChanged(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void request(const QString& group, const QString& key);

    bool m_prefersDark = true;
    bool m_prefersContrast = false;
    bool m_prefersReducedMotion = false;
};

} // namespace vidimus::ui::widgets
