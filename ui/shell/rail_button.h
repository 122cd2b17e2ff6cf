#pragma once

#include <QAbstractButton>

namespace vidimus::ui::shell {

/// One entry of the rail: icon 20 over its label, a count at the corner, a 2 px bar when it is the current page.
class RailButton : public QAbstractButton {
    Q_OBJECT

public:
    RailButton(QString id, const QString& title, QString iconName, int height, QWidget* parent);

    [[nodiscard]] const QString& id() const { return m_id; }
    void setBadge(int count, bool urgent);
    void setNarrow(bool narrow);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_id;
    QString m_iconName;
    int m_height;
    int m_badge = 0;
    bool m_urgent = false;
    bool m_narrow = false;
};

} // namespace vidimus::ui::shell
