#pragma once

#include "ui/moderation/decided_list.h"
#include "ui/moderation/queue_model.h"

#include <QWidget>

class QListView;
class QStackedWidget;

namespace vidimus::ui::widgets {
class Button;
class EmptyState;
class FilterField;
class SectionHeader;
class TextLabel;
class UndoCard;
} // namespace vidimus::ui::widgets

namespace vidimus::ui::moderation {

class IngestRows;
class QueueRowDelegate;

/// The queue column: header, filter, files being added, rows, what was decided in this session, undo card. Ui thread.
class QueuePanel : public QWidget {
    Q_OBJECT

public:
    QueuePanel(workbench::Workspace& workspace, QueueModel& queue, DecidedModel& decided, QWidget* parent = nullptr);

    [[nodiscard]] widgets::FilterField* filter() const { return m_filter; }
    [[nodiscard]] QListView* list() const { return m_list; }
    [[nodiscard]] IngestRows* ingest() const { return m_ingest; }
    [[nodiscard]] const QueueRowDelegate* delegate() const { return m_delegate; }
    void setNarrow(bool narrow);
    /// What the list is ordered by.
    void setOrderText(const QString& text);
    void setLoading(bool loading);
    /// The sentence for an empty list.
    void setEmptyText(const QString& sentence, const QString& more);
    void setError(const QString& sentence); ///< in place of the list; empty: none
    void setCurrent(const AssetId& asset);
    /// Shows the undo card for the last decision that waits.
    void refreshUndo(Instant now);

Q_SIGNALS:
    void itemChosen(const vidimus::AssetId& asset);
    void filterChanged(const QString& text);
    void undoWanted();
    void sendNowWanted();
    void addFilesWanted();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refresh();

    QueueModel& m_queue;
    DecidedModel& m_decided;
    widgets::SectionHeader* m_header;
    widgets::TextLabel* m_order = nullptr;
    widgets::FilterField* m_filter;
    IngestRows* m_ingest;
    QStackedWidget* m_stack;
    QListView* m_list;
    QWidget* m_skeleton;
    QWidget* m_empty = nullptr;
    QueueRowDelegate* m_delegate;
    QWidget* m_decidedPart;
    QListView* m_decidedList;
    widgets::TextLabel* m_decidedMore;
    widgets::UndoCard* m_undo;
    QWidget* m_undoPart;
    bool m_loading = true;
    bool m_narrow = false;
};

} // namespace vidimus::ui::moderation
