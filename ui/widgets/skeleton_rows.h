#pragma once

#include <QWidget>

namespace vidimus::ui::widgets {

/// Grey rows in place of content that is being loaded; never a spinner. Still when motion is reduced.
class SkeletonRows : public QWidget {
    Q_OBJECT

public:
    explicit SkeletonRows(int rowHeight, bool withThumbnails, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int m_rowHeight;
    bool m_withThumbnails;
};

} // namespace vidimus::ui::widgets
