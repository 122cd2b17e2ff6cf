#pragma once

#include "core/base/ids.h"
#include "core/workbench/attention.h"
#include "ui/shell/main_window.h"

#include <QTimer>

namespace vidimus::studio {

/// An item of the workbench in words, with its ways out. Ui thread.
[[nodiscard]] ui::shell::AttentionEntry attentionEntryOf(const workbench::AttentionItem& item);

/// Fills the F8 drawer from the workspace and takes the steps that a person chooses there. Ui thread.
class AttentionFeed : public QObject {
    Q_OBJECT

public:
    AttentionFeed(ui::shell::MainWindow& window, workbench::Workspace& workspace, QObject* parent);

Q_SIGNALS:
    void assetWanted(const vidimus::AssetId& asset);

private:
    void refresh();
    void show(const std::vector<workbench::AttentionItem>& items);
    void take(const QString& step);

    ui::shell::MainWindow& m_window;
    workbench::Workspace& m_workspace;
    QTimer m_soon;
    QTimer m_regularly;
};

} // namespace vidimus::studio
