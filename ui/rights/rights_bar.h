#pragma once

#include "ui/rights/expiries.h"
#include "ui/rights/grid_rows.h"
#include "ui/rights/panel.h"
#include "ui/rights/time_scale.h"

class QComboBox;

namespace vidimus::ui::widgets {
class Button;
class Chip;
class IconButton;
class TextLabel;
} // namespace vidimus::ui::widgets

namespace vidimus::ui::rights {

class IconText;

/// The 40 px above grid and chart: conflicts now and after the plan, what ends soon, legend, scale, Today.
class RightsBar : public Panel {
    Q_OBJECT

public:
    explicit RightsBar(QWidget* parent = nullptr);

    void setConflicts(int now, int after, bool planned);
    /// The older version that visitors get, or none.
    void setPin(std::optional<qint64> version);
    [[nodiscard]] QString pinText() const;
    void setExpiries(const Expiries& expiries);
    void setZoom(Zoom zoom);
    void setGrouping(Grouping grouping);
    /// Scale and legend belong to the chart, the grouping to chart and table.
    void setChartTools(bool scale, bool grouping);
    void setNarrow(bool narrow);
    [[nodiscard]] QString conflictText() const;
    [[nodiscard]] QString expiryText() const;

Q_SIGNALS:
    void nextConflictWanted();
    void zoomWanted(vidimus::ui::rights::Zoom zoom);
    void groupingWanted(vidimus::ui::rights::Grouping grouping);
    void todayWanted();
    void importWanted();

private:
    widgets::Chip* m_now;
    widgets::Chip* m_pin;
    IconText* m_after;
    widgets::Button* m_next;
    IconText* m_soon;
    widgets::TextLabel* m_counts;
    QWidget* m_legend;
    std::vector<QWidget*> m_scale; ///< shown with the chart only
    bool m_chart = true;
    bool m_narrow = false;
    QComboBox* m_grouping;
    QComboBox* m_zoom;
    widgets::Button* m_import;
};

} // namespace vidimus::ui::rights
