#pragma once

#include "core/workbench/rights_import.h"
#include "ui/rights/panel.h"

class QComboBox;
class QTableWidget;

namespace vidimus::ui::widgets {
class Button;
class IconButton;
class TextLabel;
} // namespace vidimus::ui::widgets

namespace vidimus::ui::rights {

class RightsSession;

/// How the chosen file is read: whose it is, which zone its times are in, what a date alone as an end means, which
/// number of a date is the month, and which column is which. Each change reads the file again and stages what it means
/// now; nothing is saved before the plan is applied. The answers can be kept for the licensor. Ui thread.
class ImportPanel : public Panel {
    Q_OBJECT

public:
    /// Both outlive the panel.
    ImportPanel(workbench::Workspace& workspace, RightsSession& session, QWidget* parent = nullptr);

    /// Shows the panel and reads the file.
    void open(const QString& file);
    void closeFile();
    [[nodiscard]] QString file() const { return m_file; }

Q_SIGNALS:
    void closed();
    void announced(const QString& sentence);

private:
    void layOut();
    void chooseLicensor();
    void readAgain();
    void showResult(const avails::ImportPlan& plan, bool held);
    void showColumns(bool shown);
    void fillColumns(const workbench::SheetHeadings& headings);
    void keepProfile();
    void askForMarkedUp();
    [[nodiscard]] workbench::LicensorProfile profile() const;
    [[nodiscard]] workbench::RightsImport import() const;

    workbench::Workspace& m_workspace;
    RightsSession& m_session;
    QString m_file;
    workbench::LicensorProfile m_kept; ///< as it was loaded; the fields below change it
    bool m_filling = false;
    int m_turn = 0;
    widgets::TextLabel* m_name;
    widgets::TextLabel* m_result;
    QComboBox* m_licensor;
    QComboBox* m_zone;
    QComboBox* m_endRule;
    QComboBox* m_dates;
    widgets::Button* m_columnsButton;
    widgets::Button* m_keep;
    widgets::Button* m_markedUp;
    widgets::Button* m_skip; ///< bad rows are left out; shown when there are any, and pressed by a person alone
    widgets::IconButton* m_close;
    QTableWidget* m_columns;
};

} // namespace vidimus::ui::rights
