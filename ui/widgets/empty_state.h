#pragma once

#include <QWidget>

namespace vidimus::ui::widgets {

class Button;
class Paragraph;

/// What an empty view shows: an icon in a ring, one sentence, and the next step.
class EmptyState : public QWidget {
    Q_OBJECT

public:
    EmptyState(const QString& iconName, const QString& sentence, const QString& more = {}, QWidget* parent = nullptr);

    /// The one filled button; \a key is shown in its cap.
    Button* setNextStep(const QString& text, const QString& key = {});
    /// A quiet second way out.
    Button* setOtherStep(const QString& text);

private:
    Button* m_next = nullptr;
    Button* m_other = nullptr;
};

} // namespace vidimus::ui::widgets
