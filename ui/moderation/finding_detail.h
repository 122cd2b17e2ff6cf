#pragma once

#include "ui/moderation/finding_text.h"

#include <QWidget>

namespace vidimus::ui::widgets {
class Button;
class Paragraph;
class SectionHeader;
class TextLabel;
} // namespace vidimus::ui::widgets

namespace vidimus::ui::moderation {

class EvidenceChart;

/// Why one finding fired: what it means to a viewer, what was measured against which limit, where the limit comes from,
/// and what a person said of it. Hidden while no finding is chosen. Ui thread.
class FindingDetail : public QWidget {
    Q_OBJECT

public:
    explicit FindingDetail(QWidget* parent = nullptr);

    /// \a number is the row's, from 1. Evidence follows by setEvidence().
    void showFinding(const FindingRow& row, int number, int count);
    void setEvidence(const std::optional<checks::Evidence>& evidence);
    void clear();
    /// Where height is scarce: what the check means and its standard stand in the header's tooltip only.
    void setFolded(bool folded);
    /// The id of the row that is shown; empty: none.
    [[nodiscard]] QString shownId() const { return m_id; }
    /// Allowing is off, with the reason in words.
    void setDisabledReason(const QString& reason);
    [[nodiscard]] widgets::Button* allowButton() const { return m_allow; }
    [[nodiscard]] widgets::Button* limitButton() const { return m_limit; }

Q_SIGNALS:
    void allowWanted();
    void forgetWanted(const QString& allowance);
    /// Look at the thresholds of this check.
    void limitWanted(const QString& checkId);

private:
    widgets::SectionHeader* m_header;
    widgets::Paragraph* m_meaning;
    EvidenceChart* m_chart;
    widgets::Paragraph* m_numbers;
    widgets::TextLabel* m_standard;
    widgets::Paragraph* m_allowedNote;
    widgets::Button* m_allow;
    widgets::Button* m_limit;
    QString m_id;
    QString m_checkId;
    QString m_allowance;
    bool m_folded = false;
    double m_from = 0;
    double m_to = 0;
};

} // namespace vidimus::ui::moderation
