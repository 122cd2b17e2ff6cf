#pragma once

#include "ui/widgets/decision_bar.h"

namespace vidimus::ui::widgets {

/// One row of key caps with words; each is a button for mouse and screen reader, none is a Tab stop (the keys are).
class DecisionKeys : public QWidget {
    Q_OBJECT

public:
    explicit DecisionKeys(QWidget* parent = nullptr);
    void setKeys(std::vector<DecisionKey> keys);
    /// The key that is staged gets an outline in \a ink.
    void setChosen(const QString& id, Ink ink);
    [[nodiscard]] int keyCount() const { return static_cast<int>(m_keys.size()); }

Q_SIGNALS:
    void chosen(const QString& id);

private:
    std::vector<DecisionKey> m_keys;
    std::vector<class DecisionKeyButton*> m_buttons;
    QHBoxLayout* m_layout;
};

} // namespace vidimus::ui::widgets
