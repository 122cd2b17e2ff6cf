#pragma once

#include <QAbstractButton>

namespace vidimus::ui::widgets {

/// A 28×28 button with one 16 px icon; the name is its tooltip and accessible name. Checkable ones fill when on.
class IconButton : public QAbstractButton {
    Q_OBJECT

public:
    IconButton(const QString& iconName, const QString& name, QWidget* parent = nullptr);

    void setIconName(const QString& iconName);
    [[nodiscard]] QString iconName() const { return m_iconName; }
    /// A border as for the small square buttons in panel headers.
    void setBordered(bool bordered);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_iconName;
    bool m_bordered = false;
};

} // namespace vidimus::ui::widgets
