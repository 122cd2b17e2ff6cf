#pragma once

#include "ui/rights/panel.h"
#include "ui/rights/territory_model.h"

class QBoxLayout;
class QLineEdit;
class QListView;

namespace vidimus::ui::widgets {
class Button;
class SectionHeader;
class TextLabel;
} // namespace vidimus::ui::widgets

namespace vidimus::ui::rights {

/// Chooses a territory by groups and countries, some of them left out: Space or a click takes the row in, again leaves
/// it out, again lets it be. What is chosen can be given to the selected windows. Ui thread.
class TerritoryPicker : public Panel {
    Q_OBJECT

public:
    explicit TerritoryPicker(QWidget* parent = nullptr);

    void setGroups(const std::vector<engine::TerritoryGroup>& groups) { m_model->setGroups(groups); }
    [[nodiscard]] TerritoryModel& model() { return *m_model; }
    [[nodiscard]] QListView* list() const { return m_list; }
    [[nodiscard]] QLineEdit* filter() const { return m_filter; }
    /// How many windows would get the territory, and why they cannot.
    void setTargets(int windows, const QString& problem);

Q_SIGNALS:
    void changed(const vidimus::rights::TerritoryExpression& territory);
    void giveWanted(const vidimus::rights::TerritoryExpression& territory);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    /// Beside each other where they fit, else below each other.
    void placeButtons();

    widgets::SectionHeader* m_header;
    QLineEdit* m_filter;
    TerritoryModel* m_model;
    QListView* m_list;
    widgets::TextLabel* m_text;
    widgets::Button* m_clear;
    widgets::Button* m_give;
    QBoxLayout* m_buttons = nullptr;
    int m_windows = 0;
    QString m_problem;
};

} // namespace vidimus::ui::rights
