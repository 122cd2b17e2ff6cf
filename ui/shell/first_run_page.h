#pragma once

#include "ui/shell/workspace_page.h"

class QVBoxLayout;

namespace vidimus::ui::widgets {
class Paragraph;
class TextLabel;
} // namespace vidimus::ui::widgets

namespace vidimus::ui::shell {

/// What a new workspace shows: one sentence, and a few large ways to begin. Steps answer by id; the first is outlined.
class FirstRunPage : public WorkspacePage {
    Q_OBJECT

public:
    explicit FirstRunPage(QWidget* parent = nullptr);
    void setSentences(const QString& title, const QString& more);
    void addStep(const QString& id, const QString& iconName, const QString& title, const QString& more);
    [[nodiscard]] QWidget* baseFocus() override;

Q_SIGNALS:
    void stepChosen(const QString& id);

private:
    QVBoxLayout* m_steps;
    widgets::TextLabel* m_title;
    widgets::Paragraph* m_more;
    QWidget* m_first = nullptr;
};

} // namespace vidimus::ui::shell
