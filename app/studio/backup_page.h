#pragma once

#include "app/studio/backup_list.h"
#include "app/studio/service_page.h"
#include "core/base/cancel.h"

class QLineEdit;

namespace vidimus::workbench {
class Workspace;
}
namespace vidimus::ui::widgets {
class Button;
class NoticeStrip;
class TextLabel;
} // namespace vidimus::ui::widgets

namespace vidimus::studio {

/// Makes backups, shows those that are there with what came of restoring each, and brings one back. Ui thread;
/// everything that reads or writes files runs beside it.
class BackupPage : public ServicePage {
    Q_OBJECT

public:
    /// \a workspace outlives the page; scheduled backups lie in \a scheduleFolder.
    BackupPage(workbench::Workspace& workspace, const QString& scheduleFolder, QWidget* parent = nullptr);
    ~BackupPage() override;

Q_SIGNALS:
    /// The studio should close the workspace, put this backup in its place and open it again.
    void restoreWanted(const QString& manifest);
    /// The studio should open a workspace that was restored into a folder of its own.
    void workspaceWanted(const QString& folder);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void buildMake();
    void buildList();
    void buildOriginals();
    void refreshList();
    void refreshOriginals();
    void showList(std::vector<FoundBackup> found);
    void refreshButtons();
    void make();
    void verifyChosen();
    void restoreAside();
    [[nodiscard]] const FoundBackup* chosen() const;

    workbench::Workspace& m_workspace;
    QString m_scheduleFolder;
    CancelSource m_cancel;
    std::vector<FoundBackup> m_found;
    QLineEdit* m_folder = nullptr;
    ui::widgets::Button* m_make = nullptr;
    ui::widgets::NoticeStrip* m_progress = nullptr;
    QStandardItemModel* m_model;
    QTableView* m_table = nullptr;
    ui::widgets::Button* m_verify = nullptr;
    ui::widgets::Button* m_restoreHere = nullptr;
    ui::widgets::Button* m_restoreAside = nullptr;
    ui::widgets::TextLabel* m_originals = nullptr;
    bool m_isBusy = false;
};

} // namespace vidimus::studio
