#pragma once

#include <QAbstractButton>
#include <QKeySequence>

namespace vidimus::ui::widgets {

/// Our push button: 28 high, radius 6, with an optional icon before and a key cap after the text.
class Button : public QAbstractButton {
    Q_OBJECT

public:
    enum class Kind {
        Plain, ///< raised, bordered
        Primary, ///< filled accent; one per view
        Suggested, ///< outlined in accent: what Enter takes
        Danger, ///< red outline and text
        Quiet, ///< text only
        Link, ///< accent text only, no padding
    };

    explicit Button(const QString& text, Kind kind = Kind::Plain, QWidget* parent = nullptr);

    void setKind(Kind kind);
    [[nodiscard]] Kind kind() const { return m_kind; }
    void setIconName(const QString& name);
    /// The key shown in the cap; it only shows, the key dispatcher acts.
    void setKeyHint(const QString& key);
    [[nodiscard]] QString keyHint() const { return m_key; }
    /// Shows a chevron at the end: the button opens a menu.
    void setOpensMenu(bool opens);
    /// Why the button is off: tooltip and accessible description while disabled.
    void setDisabledReason(const QString& reason);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    Kind m_kind;
    QString m_iconName;
    QString m_key;
    QString m_disabledReason;
    bool m_opensMenu = false;
};

} // namespace vidimus::ui::widgets
