#pragma once

#include <QGenericPlugin>
#include <QTimer>

class QAbstractItemModel;

namespace vidimus::test {

/// Sits in a studio that runs without a screen, presses the keys of a moderator in a hurry, and says on standard error
/// what the window then shows as saved: {"event": "shown_saved", "item": "#1a2b3c"}. Ui thread.
class ScriptedUse : public QObject {
    Q_OBJECT

public:
    explicit ScriptedUse(QObject* parent = nullptr);

private:
    void pressNext();
    /// Watches the list of what was decided, once the page with it is there.
    void watchDecisions();

    QTimer m_timer;
    const QAbstractItemModel* m_decided = nullptr;
    qsizetype m_at = 0;
};

class ScriptedUsePlugin : public QGenericPlugin {
    Q_OBJECT
    Q_PLUGIN_METADATA(IID QGenericPluginFactoryInterface_iid FILE "scripted_use.json")

public:
    QObject* create(const QString& name, const QString& specification) override;
};

} // namespace vidimus::test
