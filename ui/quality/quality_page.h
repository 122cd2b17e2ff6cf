#pragma once

#include "ui/shell/workspace_page.h"

#include <QPointer>

class QStackedWidget;

namespace vidimus::workbench {
class Workspace;
}
namespace vidimus::ui::shell {
class MainWindow;
}

namespace vidimus::ui::quality {

class BanksView;
class ProfilesView;

/// What the checks look for: the views "profiles" and "banks". Ui thread.
class QualityPage : public shell::WorkspacePage {
    Q_OBJECT

public:
    /// \a workspace outlives it.
    QualityPage(workbench::Workspace& workspace, QWidget* parent);

    [[nodiscard]] std::vector<widgets::SegmentedControl::Segment> views() const override;
    [[nodiscard]] QString currentView() const override;
    void showView(const QString& id) override;
    [[nodiscard]] QWidget* baseFocus() override;
    [[nodiscard]] QWidget* filterInput() override;
    [[nodiscard]] std::vector<QWidget*> panes() override;
    void setNarrow(bool narrow) override;
    [[nodiscard]] QJsonObject saveState() const override;
    void restoreState(const QJsonObject& state) override;
    /// \a id is a check's: its thresholds are shown.
    void openSubject(const QString& id) override;

    [[nodiscard]] ProfilesView* profiles() const { return m_profiles; }
    [[nodiscard]] BanksView* banks() const { return m_banks; }

protected:
    void showEvent(QShowEvent* event) override;

private:
    void say(const QString& sentence);

    QStackedWidget* m_stack;
    ProfilesView* m_profiles;
    BanksView* m_banks;
};

} // namespace vidimus::ui::quality
