#pragma once

#include "core/avails/import_plan.h"
#include "core/base/result.h"
#include "ui/rights/import_text.h"
#include "ui/rights/panel.h"
#include "ui/rights/rights_session.h"

class QTableView;

namespace vidimus::ui::widgets {
class Button;
class Chip;
class Paragraph;
class SectionHeader;
class TextLabel;
} // namespace vidimus::ui::widgets

namespace vidimus::ui::rights {

class CellTableModel;
class ClashPanel;
class IconText;

/// The staged edits, what they would leave in conflict, and the two ways out: apply or drop. Errors and notes of an
/// import's rows and of the last edit stand here in words. What somebody else changed under the plan stands in place of
/// the edits until it is settled. Ui thread.
class PlanPanel : public Panel {
    Q_OBJECT

public:
    explicit PlanPanel(RightsSession& session, QWidget* parent = nullptr);

    [[nodiscard]] QTableView* table() const { return m_table; }
    [[nodiscard]] const CellTableModel& model() const { return *m_model; }
    [[nodiscard]] ClashPanel& clashes() const { return *m_clashes; }
    /// The sentence in place of an error; empty when there is none.
    [[nodiscard]] QString problemText() const;
    void showProblem(const Error& error);
    void clearProblem();
    void showImport(const QString& file, const avails::ImportPlan& plan, bool held);
    void setNarrow(bool narrow);

Q_SIGNALS:
    void windowChosen(const vidimus::WindowId& window);
    void fillDownWanted();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void refresh();
    void refreshSums();
    void removeRow(int row);

    RightsSession& m_session;
    widgets::SectionHeader* m_header;
    widgets::Chip* m_unchanged;
    CellTableModel* m_model;
    QTableView* m_table;
    ClashPanel* m_clashes;
    widgets::Paragraph* m_problem;
    QWidget* m_problemRow;
    IconText* m_conflicts;
    IconText* m_dark;
    widgets::TextLabel* m_rows;
    widgets::Button* m_drop;
    widgets::Button* m_fill;
    widgets::Button* m_draft;
    widgets::Button* m_apply;
    QString m_problemText;
    std::vector<avails::CellMessage> m_rowErrors;
    std::vector<ImportNote> m_rowNotes;
    QString m_importFile;
};

} // namespace vidimus::ui::rights
