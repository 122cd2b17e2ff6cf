#pragma once

#include "core/base/instant.h"
#include "core/base/result.h"
#include "ui/rights/panel.h"

#include <QJsonObject>
#include <vector>

class QTableView;

namespace vidimus::workbench {
class Workspace;
}

namespace vidimus::ui::widgets {
class Button;
class SectionHeader;
} // namespace vidimus::ui::widgets

namespace vidimus::ui::rights {

class CellTableModel;

/// A change that the catalog holds because it would darken more of a site than one person may.
struct HeldChange {
    QString id;
    QString by;
    QString what; ///< "titles/film/windows"
    Instant at {};
    QString dark; ///< "web: 12 of 40 cells"
};
/// From the catalog's answer, a list of {"id", "by", "what", "at", "sites"}. What does not read as one is left out.
[[nodiscard]] std::vector<HeldChange> heldChanges(const QJsonObject& reply);

/// Changes that wait in the catalog until another person confirms them: who asked, when, and what goes dark. Enter
/// confirms. Hidden while there are none. Ui thread.
class HoldsPanel : public Panel {
    Q_OBJECT

public:
    explicit HoldsPanel(workbench::Workspace& workspace, QWidget* parent = nullptr);

    [[nodiscard]] QTableView* table() const { return m_table; }
    [[nodiscard]] const CellTableModel& model() const { return *m_model; }
    /// Asks the catalog; without one the panel stays as it is.
    void reload();
    void take(const std::vector<HeldChange>& held);
    void confirmCurrent();

Q_SIGNALS:
    void announced(const QString& sentence);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void refreshButton();

    workbench::Workspace& m_workspace;
    widgets::SectionHeader* m_header;
    widgets::Button* m_confirm;
    CellTableModel* m_model;
    QTableView* m_table;
    std::vector<HeldChange> m_held;
};

} // namespace vidimus::ui::rights
