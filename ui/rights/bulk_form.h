#pragma once

#include "core/base/result.h"
#include "ui/rights/bulk_edit.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QSpinBox;

namespace vidimus::ui::rights {

/// What a form of the bulk panel would stage, in one sentence.
struct BulkEdit {
    std::vector<engine::Rule> put;
    QString summary;
};

/// One form of the bulk panel: fields on a line that together make an edit of many windows. Ui thread.
class BulkForm : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;

    /// \a selected are the windows chosen in the grid. Errors: Invalid, in words by problemSentence().
    [[nodiscard]] virtual Result<BulkEdit> edit(
        const std::vector<engine::Rule>& selected, const engine::RuleSet& rules) const
        = 0;
    /// Where typing begins.
    [[nodiscard]] virtual QWidget* firstField() const = 0;
    /// Proposes what fits the selection.
    virtual void prepare(const std::vector<engine::Rule>& selected, const engine::RuleSet& rules);

Q_SIGNALS:
    void changed();
    void accepted(); ///< Enter in a field
};

/// "Move [both edges] by [7] [days]".
class ShiftForm : public BulkForm {
    Q_OBJECT

public:
    explicit ShiftForm(QWidget* parent = nullptr);
    [[nodiscard]] Result<BulkEdit> edit(
        const std::vector<engine::Rule>& selected, const engine::RuleSet& rules) const override;
    [[nodiscard]] QWidget* firstField() const override;

private:
    QComboBox* m_edges;
    QSpinBox* m_count;
    QComboBox* m_step;
};

/// "In [both edges] find [2026-12-01] and put [2026-12-15]".
class ReplaceForm : public BulkForm {
    Q_OBJECT

public:
    explicit ReplaceForm(QWidget* parent = nullptr);
    [[nodiscard]] Result<BulkEdit> edit(
        const std::vector<engine::Rule>& selected, const engine::RuleSet& rules) const override;
    [[nodiscard]] QWidget* firstField() const override;
    void prepare(const std::vector<engine::Rule>& selected, const engine::RuleSet& rules) override;

private:
    QComboBox* m_edges;
    QLineEdit* m_find;
    QLineEdit* m_put;
};

/// "Copy the rights of [season 1] to [season 2], [12] [months] later".
class CopyForm : public BulkForm {
    Q_OBJECT

public:
    explicit CopyForm(QWidget* parent = nullptr);
    [[nodiscard]] Result<BulkEdit> edit(
        const std::vector<engine::Rule>& selected, const engine::RuleSet& rules) const override;
    [[nodiscard]] QWidget* firstField() const override;
    void prepare(const std::vector<engine::Rule>& selected, const engine::RuleSet& rules) override;

private:
    QComboBox* m_from;
    QComboBox* m_to;
    QSpinBox* m_count;
    QComboBox* m_step;
};

} // namespace vidimus::ui::rights
