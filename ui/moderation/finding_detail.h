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
    /// What a correction would do, does or did, in words; empty: nothing is said. \a proposed: the button makes it.
    void setFix(const QString& text, bool proposed);
    /// Correcting is off, with the reason in words.
    void setFixDisabledReason(const QString& reason) { m_fixReason = reason; }
    [[nodiscard]] QString fixText() const;
    [[nodiscard]] widgets::Button* fixButton() const { return m_fix; }
    [[nodiscard]] widgets::Button* allowButton() const { return m_allow; }
    [[nodiscard]] widgets::Button* limitButton() const { return m_limit; }

Q_SIGNALS:
    void allowWanted();
    void forgetWanted(const QString& allowance);
    void fixWanted();
    /// Look at the thresholds of this check.
    void limitWanted(const QString& checkId);

private:
    widgets::SectionHeader* m_header;
    widgets::Paragraph* m_meaning;
    EvidenceChart* m_chart;
    widgets::Paragraph* m_numbers;
    widgets::TextLabel* m_standard;
    widgets::Paragraph* m_allowedNote;
    widgets::Paragraph* m_fixNote;
    widgets::Button* m_fix;
    widgets::Button* m_allow;
    widgets::Button* m_limit;
    QString m_id;
    QString m_checkId;
    QString m_allowance;
    bool m_folded = false;
    QString m_fixReason; ///< of the person's role
    QString m_allowReason; ///< of the person's role
    double m_from = 0;
    double m_to = 0;
};

} // namespace vidimus::ui::moderation
