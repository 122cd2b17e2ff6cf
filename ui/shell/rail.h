#pragma once

#include <QWidget>
#include <vector>

class QVBoxLayout;

namespace vidimus::ui::shell {

class RailButton;

/// The page entries at the leading edge: 76 wide (44 with icons only), entries 56 high, services at the bottom 48.
class Rail : public QWidget {
    Q_OBJECT

public:
    explicit Rail(QWidget* parent = nullptr);

    enum class Place { Page, Service };
    void addEntry(const QString& id, const QString& title, const QString& iconName, Place place, bool checkable = true);
    void setBadge(const QString& id, int count, bool urgent = false);
    void setCurrent(const QString& id);
    void setNarrow(bool narrow);

Q_SIGNALS:
    void chosen(const QString& id);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<RailButton*> m_buttons;
    QVBoxLayout* m_pages;
    QVBoxLayout* m_services;
};

} // namespace vidimus::ui::shell
