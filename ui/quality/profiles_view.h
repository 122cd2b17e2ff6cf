#pragma once

#include "core/base/cancel.h"
#include "core/base/ids.h"
#include "core/workbench/check_profiles.h"
#include "ui/quality/profile_draft.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QLineEdit;
class QTableView;

namespace vidimus::workbench {
class Workspace;
}
namespace vidimus::ui::widgets {
class Button;
class FilterField;
class TextLabel;
} // namespace vidimus::ui::widgets

namespace vidimus::ui::quality {

class BackTestPanel;
class CheckEditor;
class CheckListModel;

/// Check profiles: choose one, change severities and thresholds, see at once what it would do to the library, and keep
/// it. A shipped profile is kept under another name. Reading, judging and saving run beside the window. Ui thread.
class ProfilesView : public QWidget {
    Q_OBJECT

public:
    explicit ProfilesView(workbench::Workspace& workspace, QWidget* parent = nullptr);
    ~ProfilesView() override;

    void selectCheck(const QString& id);
    void setNarrow(bool narrow);
    [[nodiscard]] QTableView* checks() const { return m_checks; }
    [[nodiscard]] widgets::FilterField* filter() const { return m_filter; }
    [[nodiscard]] CheckEditor* editor() const { return m_editor; }
    [[nodiscard]] BackTestPanel* backTest() const { return m_backTest; }
    [[nodiscard]] QComboBox* chooser() const { return m_chooser; }
    [[nodiscard]] QLineEdit* nameField() const { return m_name; }
    [[nodiscard]] widgets::Button* saveButton() const { return m_save; }
    [[nodiscard]] const ProfileDraft& draft() const { return m_draft; }

Q_SIGNALS:
    void assetWanted(const vidimus::AssetId& asset);
    void said(const QString& sentence);

private:
    QWidget* buildHead();
    void loadList(const QString& wanted);
    void openProfile(const QString& id);
    void draftChanged();
    void judge();
    void save();
    void useForNewFiles();
    void applyToLibrary(); ///< stores what the back-test shows
    void removeProfile();
    [[nodiscard]] const workbench::CheckProfileRow* row(const QString& id) const;

    workbench::Workspace& m_workspace;
    std::vector<workbench::CheckProfileRow> m_rows;
    ProfileDraft m_draft;
    QString m_inUse; ///< the profile of new files
    bool m_isOpen = false;
    QComboBox* m_chooser;
    widgets::TextLabel* m_state;
    QLineEdit* m_name;
    widgets::Button* m_save;
    widgets::Button* m_drop;
    widgets::Button* m_use;
    widgets::Button* m_remove;
    widgets::FilterField* m_filter;
    QTableView* m_checks;
    CheckListModel* m_model;
    CheckEditor* m_editor;
    BackTestPanel* m_backTest;
    QTimer m_judgeSoon;
    CancelSource m_judging;
    quint64 m_generation = 0;
    QString m_wantedCheck;
};

} // namespace vidimus::ui::quality
