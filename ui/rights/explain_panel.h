#pragma once

#include "ui/rights/fix.h"
#include "ui/rights/panel.h"
#include "ui/rights/rights_session.h"

class QComboBox;
class QTableView;

namespace vidimus::ui::widgets {
class Button;
class Paragraph;
class SectionHeader;
class TextLabel;
} // namespace vidimus::ui::widgets

namespace vidimus::ui::rights {

class CellTableModel;
class IconText;

/// Why a title may or may not be watched in a country, on a site, with an offer, at the as-of instant; and what the
/// page can stage to make it so. Ui thread.
class ExplainPanel : public Panel {
    Q_OBJECT

public:
    explicit ExplainPanel(RightsSession& session, QWidget* parent = nullptr);

    /// Asks about a title; \a rule, if there is one, says country, site and offer.
    void explain(const TitleId& title, const engine::Rule* rule);
    /// Asks about a title in a place, with the site and the offer as they are chosen.
    void explainIn(const TitleId& title, const QString& place);
    [[nodiscard]] const TitleId& title() const { return m_title; }
    [[nodiscard]] QTableView* trail() const { return m_trail; }
    [[nodiscard]] const CellTableModel& model() const { return *m_model; }
    [[nodiscard]] QString headlineText() const;
    [[nodiscard]] const std::optional<Fix>& fix() const { return m_fix; }
    [[nodiscard]] QComboBox* country() const { return m_country; }
    [[nodiscard]] QComboBox* site() const { return m_site; }
    [[nodiscard]] QComboBox* offer() const { return m_offer; }
    void stageFix();
    void setNarrow(bool narrow);

Q_SIGNALS:
    void windowChosen(const vidimus::WindowId& window);

private:
    void fillBoxes();
    void chooseLikeliest();
    void ask();
    void showAnswer(const engine::Query& query, const engine::Explanation& explanation);

    RightsSession& m_session;
    widgets::SectionHeader* m_header;
    QComboBox* m_country;
    QComboBox* m_site;
    QComboBox* m_offer;
    IconText* m_headline;
    CellTableModel* m_model;
    QTableView* m_trail;
    QWidget* m_fixCard;
    widgets::Paragraph* m_fixText;
    widgets::TextLabel* m_fixMore;
    widgets::Button* m_stage;
    TitleId m_title;
    bool m_cellChosen = false; ///< site or offer, by a person
    std::optional<Fix> m_fix;
    QString m_headlineText;
};

} // namespace vidimus::ui::rights
