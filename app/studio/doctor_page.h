#pragma once

#include "app/studio/service_page.h"
#include "core/workbench/upkeep.h"

namespace vidimus::ui::widgets {
class Button;
class Paragraph;
} // namespace vidimus::ui::widgets

namespace vidimus::studio {

/// "What is here": the parts of the program and whether each works, where things are kept, and the audit log's check.
class DoctorPage : public ServicePage {
    Q_OBJECT

public:
    /// \a workspace outlives the page.
    explicit DoctorPage(workbench::Workspace& workspace, QWidget* parent = nullptr);

private:
    void look();
    void fill(const std::vector<workbench::Part>& parts);
    void verifyLog();

    workbench::Workspace& m_workspace;
    QStandardItemModel* m_parts;
    QTableView* m_table;
    ui::widgets::Button* m_lookAgain;
    ui::widgets::Button* m_verify;
};

} // namespace vidimus::studio
