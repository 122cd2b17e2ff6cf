#pragma once

#include "ui/moderation/findings_model.h"
#include "ui/moderation/why_facts.h"

#include <QWidget>

class QTableView;
class QVBoxLayout;

namespace vidimus::ui::widgets {
class SectionHeader;
class TextLabel;
} // namespace vidimus::ui::widgets

namespace vidimus::ui::moderation {

class CommentsModel;
class FindingDetail;
class ThreadPanel;

/// The trailing column: why the item is here, its findings, why the chosen one fired, and what people say. Ui thread.
class ReasonsPanel : public QWidget {
    Q_OBJECT

public:
    ReasonsPanel(FindingsModel& findings, CommentsModel& comments, QWidget* parent = nullptr);

    void setFacts(const std::vector<WhyFact>& facts);
    /// What stands in place of an empty table.
    void setEmptyText(const QString& sentence);
    void setNarrow(bool narrow);
    void selectRow(int row); ///< without telling; -1 clears
    [[nodiscard]] QTableView* table() const { return m_table; }
    [[nodiscard]] ThreadPanel& thread() const { return *m_thread; }
    [[nodiscard]] FindingDetail& detail() const { return *m_detail; }

Q_SIGNALS:
    void findingChosen(int row);
    void previousWanted();
    void nextWanted();
    /// Look at the item beside this asset.
    void compareWanted(const QString& other);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    void fold(); ///< by the height there is

    FindingsModel& m_findings;
    QVBoxLayout* m_facts;
    QWidget* m_factsPart;
    widgets::SectionHeader* m_header;
    QTableView* m_table;
    widgets::TextLabel* m_empty;
    FindingDetail* m_detail;
    ThreadPanel* m_thread;
};

} // namespace vidimus::ui::moderation
