#pragma once

#include "ui/shell/workspace_page.h"
#include "ui/widgets/timeline_data.h"

namespace vidimus::ui::widgets {
class DecisionBar;
class FilterField;
class QueueDelegate;
class Timeline;
class UndoCard;
class VideoSurface;
} // namespace vidimus::ui::widgets

class QListView;
class QSplitter;
class QTableView;

namespace vidimus::ui::tests {

/// A picture of \a size with a gradient and shapes, different for each \a seed.
[[nodiscard]] QImage madeUpPicture(QSize size, int seed);
[[nodiscard]] widgets::TimelineData madeUpTimeline();

/// The review page with invented data, made of the shared widgets only: shows the frame in use and feeds the tests.
class FakeReviewPage : public shell::WorkspacePage {
    Q_OBJECT

public:
    explicit FakeReviewPage(QWidget* parent = nullptr);

    [[nodiscard]] std::vector<widgets::SegmentedControl::Segment> views() const override;
    [[nodiscard]] QString currentView() const override { return m_view; }
    void showView(const QString& id) override;
    [[nodiscard]] QWidget* titleWidget() override { return m_titleWidget; }
    [[nodiscard]] shell::Mode pageMode() const override { return shell::Mode::Review; }
    [[nodiscard]] QWidget* baseFocus() override;
    [[nodiscard]] QWidget* filterInput() override;
    [[nodiscard]] std::vector<QWidget*> panes() override;
    [[nodiscard]] QRect drawerArea() const override;
    void setNarrow(bool narrow) override;
    [[nodiscard]] QJsonObject saveState() const override;
    void restoreState(const QJsonObject& state) override;

    /// The item cannot be read from here on.
    void showUnreadable();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    [[nodiscard]] QWidget* makeQueue();
    [[nodiscard]] QWidget* makeCentre();
    [[nodiscard]] QWidget* makeReasons();

    QString m_view;
    QWidget* m_titleWidget;
    QSplitter* m_splitter;
    widgets::FilterField* m_filter = nullptr;
    QListView* m_queue = nullptr;
    widgets::QueueDelegate* m_queueDelegate = nullptr;
    widgets::VideoSurface* m_picture = nullptr;
    widgets::Timeline* m_timeline = nullptr;
    widgets::UndoCard* m_undo = nullptr;
    QTableView* m_findings = nullptr;
    widgets::DecisionBar* m_decisions;
    QWidget* m_reasons = nullptr;
    std::vector<QWidget*> m_wideOnly;
};

} // namespace vidimus::ui::tests
