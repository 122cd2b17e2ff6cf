#pragma once

#include "ui/widgets/error_text.h"

#include <QWidget>

class QHBoxLayout;

namespace vidimus::ui::widgets {

class Button;

/// An error in place: title, the parts with an aligned label column, buttons and "Details" (copies). 540 wide at most.
/// Takes no focus by itself.
class ErrorCard : public QWidget {
    Q_OBJECT

public:
    ErrorCard(const QString& title, const FivePartText& text, QWidget* parent = nullptr);

    /// The first button added is filled.
    Button* addAction(const QString& text, const QString& key = {});
    [[nodiscard]] QString title() const { return m_title; }

Q_SIGNALS:
    void detailsCopied();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_title;
    QHBoxLayout* m_actions;
    int m_actionCount = 0;
};

/// Label column 72 (or \a labelWidth) and wrapping text: the rows of ErrorCard, the attention drawer and the job panel.
class FactRows : public QWidget {
    Q_OBJECT

public:
    explicit FactRows(int labelWidth = 72, QWidget* parent = nullptr);
    /// Empty text adds nothing.
    void addRow(const QString& label, const QString& text);
    void clear();

private:
    int m_labelWidth;
};

} // namespace vidimus::ui::widgets
