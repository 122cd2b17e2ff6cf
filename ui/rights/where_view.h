#pragma once

#include "ui/rights/panel.h"
#include "ui/rights/rights_session.h"
#include "ui/rights/where_answers.h"

class QVBoxLayout;

namespace vidimus::ui::widgets {
class SectionHeader;
}

namespace vidimus::ui::rights {

class ExplainPanel;
class MatrixModel;
class MatrixView;
class TerritoryPicker;
class WorldMap;

/// C3: where titles may be watched at the as-of instant, as the visitor of a site with an offer: territory picker, map,
/// matrix of titles by territory, and at the side the explanation of one cell. The question comes from the explain
/// panel's boxes, which is the viewer's preview. Ui thread.
class WhereView : public Panel {
    Q_OBJECT

public:
    WhereView(
        workbench::Workspace& workspace, RightsSession& session, ExplainPanel& explain, QWidget* parent = nullptr);
    ~WhereView() override;

    [[nodiscard]] WorldMap& map() { return *m_map; }
    [[nodiscard]] MatrixView& matrix() { return *m_matrix; }
    [[nodiscard]] MatrixModel& model() { return *m_model; }
    [[nodiscard]] TerritoryPicker& picker() { return *m_picker; }
    /// What map and matrix show; null before the first answer.
    [[nodiscard]] const std::shared_ptr<const WhereSource>& source() const { return m_source; }
    /// Takes the explain panel to its side while it is shown.
    void takeExplain();
    void setSelected(const std::vector<WindowId>& windows);
    void setNarrow(bool narrow);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void ask();
    void askRows(int first, int count);
    void take(const Result<std::shared_ptr<const WhereSource>>& source, const QHash<QString, CountryShare>& shares);
    void showPlaces();
    void explainIn(const QString& place, const TitleId& title);
    [[nodiscard]] QStringList shownPlaces() const;

    workbench::Workspace& m_workspace;
    RightsSession& m_session;
    ExplainPanel& m_explain;
    TerritoryPicker* m_picker;
    WorldMap* m_map;
    MatrixModel* m_model;
    MatrixView* m_matrix;
    widgets::SectionHeader* m_mapHeader;
    widgets::SectionHeader* m_matrixHeader;
    Panel* m_side;
    std::shared_ptr<const WhereSource> m_source; // shared with the tasks that ask it
    WhereQuestion m_question;
    std::vector<WindowId> m_selected;
    CancelSource m_cancel;
    int m_turn = 0;
};

} // namespace vidimus::ui::rights
