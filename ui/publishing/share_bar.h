#pragma once

#include <QWidget>

namespace vidimus::ui::publishing {

/// A thin bar for how much is done; the number stands beside it.
class ShareBar : public QWidget {
    Q_OBJECT

public:
    explicit ShareBar(QWidget* parent);
    void setShare(double share); ///< 0..1
    [[nodiscard]] QSize sizeHint() const override { return {180, 4}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    double m_share = 0;
};

} // namespace vidimus::ui::publishing
