#pragma once

#include "core/catalog/operation.h"
#include "ui/publishing/sheet.h"

namespace vidimus::ui::widgets {
class Button;
class Chip;
class FactRows;
class TextLabel;
} // namespace vidimus::ui::widgets

namespace vidimus::ui::publishing {

/// The right side of the outbox: one operation in full, with what a person may do about it.
class OperationPanel : public Sheet {
    Q_OBJECT

public:
    explicit OperationPanel(QWidget* parent);

    void setOperation(const catalog::Operation& operation, const QString& titleName, Instant now);

Q_SIGNALS:
    void retryWanted();
    void dropWanted();
    void sendWanted();

private:
    widgets::TextLabel* m_title;
    widgets::TextLabel* m_what;
    widgets::Chip* m_state;
    widgets::FactRows* m_facts;
    widgets::FactRows* m_error;
    widgets::Button* m_retry;
    widgets::Button* m_drop;
    widgets::Button* m_send;
    QString m_shown;
};

} // namespace vidimus::ui::publishing
