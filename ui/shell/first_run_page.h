#pragma once

#include "ui/shell/workspace_page.h"

class QVBoxLayout;

namespace vidimus::ui::shell {

/// What a new workspace shows: one sentence, and a few large ways to begin. Steps answer by id.
class FirstRunPage : public WorkspacePage {
    Q_OBJECT

public:
    explicit FirstRunPage(QWidget* parent = nullptr);
    void setSentences(const QString& title, const QString& more);
    /// The first is filled.
    void addStep(const QString& id, const QString& iconName, const QString& title, const QString& more);
    [[nodiscard]] QWidget* baseFocus() override;

Q_SIGNALS:
    void stepChosen(const QString& id);

private:
    class QVBoxLayout* m_steps;
    QWidget* m_first = nullptr;
    class FirstRunText* m_text;
};

} // namespace vidimus::ui::shell
