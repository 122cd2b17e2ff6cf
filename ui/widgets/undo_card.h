#pragma once

#include "core/base/instant.h"
#include "ui/widgets/tokens.h"

#include <QWidget>

namespace vidimus::ui::widgets {

class Button;
class TextLabel;

/// The last decision while it can still be undone without trace: words, Undo, Send now, and time left as a line.
/// It stays until setDone() or the owner hides it; nothing here decides.
class UndoCard : public QWidget {
    Q_OBJECT

public:
    explicit UndoCard(QWidget* parent = nullptr);

    void showDecision(const QString& iconName, Ink ink, const QString& text);
    /// How much of the waiting time is left.
    void setTimeLeft(Milliseconds left, Milliseconds whole);
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void undoWanted();
    void sendNowWanted();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    TextLabel* m_title;
    TextLabel* m_detail;
    Button* m_sendNow;
    QString m_iconName;
    Ink m_ink = Ink::Second;
    double m_share = 1;
};

} // namespace vidimus::ui::widgets
