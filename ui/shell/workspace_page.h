#pragma once

#include "ui/shell/mode.h"
#include "ui/widgets/segmented_control.h"

#include <QJsonObject>
#include <QWidget>
#include <functional>
#include <vector>

namespace vidimus::ui::shell {

/// A page of the window: one entry of the rail with its views. Pages are made when they are first shown.
class WorkspacePage : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;

    /// Shown in the title area's view switch; fewer than two show none.
    [[nodiscard]] virtual std::vector<widgets::SegmentedControl::Segment> views() const { return {}; }
    [[nodiscard]] virtual QString currentView() const { return {}; }
    virtual void showView(const QString& id) { Q_UNUSED(id) }
    /// Selector and counts at the title area's start; a widget of the page that the shell places. May be null.
    [[nodiscard]] virtual QWidget* titleWidget() { return nullptr; }
    /// The page whose keys act here; empty: its own.
    [[nodiscard]] virtual QString commandsOf() const { return {}; }
    [[nodiscard]] virtual Mode pageMode() const { return Mode::List; }
    /// Where the focus rests; Esc ends here.
    [[nodiscard]] virtual QWidget* baseFocus() { return this; }
    /// The input that `/` reaches, or null.
    [[nodiscard]] virtual QWidget* filterInput() { return nullptr; }
    /// Panes for F6, in order.
    [[nodiscard]] virtual std::vector<QWidget*> panes() { return {baseFocus()}; }
    /// Where the attention drawer lies, in the page's coordinates; an invalid rectangle takes the trailing 412 px.
    [[nodiscard]] virtual QRect drawerArea() const { return {}; }
    /// The window is narrower or shorter than the full layout needs (below 1600×900).
    virtual void setNarrow(bool narrow) { Q_UNUSED(narrow) }
    [[nodiscard]] virtual QJsonObject saveState() const { return {}; }
    virtual void restoreState(const QJsonObject& state) { Q_UNUSED(state) }
    /// Another page sends the person here, to one thing: the id of an asset, a title or a job, as the page understands.
    virtual void openSubject(const QString& id) { Q_UNUSED(id) }
    /// Files that were dropped on the window, by absolute path.
    virtual void takeFiles(const QStringList& files) { Q_UNUSED(files) }

Q_SIGNALS:
    void badgeChanged(int count);
    void viewsChanged();
    /// The status bar's reason line ("Next item ready, #88214 prefetched").
    void reasonChanged(const QString& text);
    void drawerAreaChanged();
    /// Show the page \a pageId and openSubject(\a id) there.
    void subjectWanted(const QString& pageId, const QString& id);
};

/// One row of the page table. \a id is stable ("moderation").
struct PageDescriptor {
    QString id;
    QString title; ///< translated
    QString iconName;
    bool service = false; ///< stands at the bottom of the rail
    std::function<WorkspacePage*(QWidget* parent)> create;
    bool hidden = false; ///< has no entry in the rail; shown by id only
};

} // namespace vidimus::ui::shell
