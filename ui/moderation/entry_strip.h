#pragma once

#include "ui/moderation/panel.h"

#include <QPointer>
#include <functional>

class QLineEdit;

namespace vidimus::ui::widgets {
class TextLabel;
}

namespace vidimus::ui::moderation {

/// One line over the decision bar for the few things that are typed: a note, a place to go to, the item that this one
/// repeats. Enter gives the text, Esc or leaving closes; the focus goes back to where it was. Never a box.
class EntryStrip : public Panel {
    Q_OBJECT

public:
    using Accept = std::function<void(const QString& text)>;

    explicit EntryStrip(QWidget* parent = nullptr);

    /// \a typed is called with each change, \a accept with Enter; either may be empty.
    void open(const QString& label, const QString& placeholder, const QString& text, Accept accept, Accept typed = {});
    /// Something is wrong with what was typed, in words; the strip stays open.
    void complain(const QString& sentence);
    void close();
    [[nodiscard]] QLineEdit* field() const { return m_field; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    widgets::TextLabel* m_label;
    QLineEdit* m_field;
    widgets::TextLabel* m_hint;
    Accept m_accept;
    Accept m_typed;
    QPointer<QWidget> m_before;
};

} // namespace vidimus::ui::moderation
