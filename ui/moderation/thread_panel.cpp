#include "ui/moderation/thread_panel.h"

#include "ui/moderation/comment_delegate.h"
#include "ui/moderation/comments_model.h"
#include "ui/moderation/panel.h"
#include "ui/shell/mode.h"
#include "ui/shell/registry_commands.h"
#include "ui/widgets/button.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/section_header.h"

#include <QApplication>
#include <QKeyEvent>
#include <QListView>
#include <QPlainTextEdit>

namespace vidimus::ui::moderation {

using namespace Qt::StringLiterals;
using namespace widgets;

namespace {
constexpr int kEditorHeight = 54;
}

ThreadPanel::ThreadPanel(CommentsModel& comments, QWidget* parent)
    : QWidget(parent)
    , m_comments(comments)
    , m_header(new SectionHeader(tr("Thread"), this))
    , m_begin(new Button(tr("Comment"), Button::Kind::Quiet, m_header))
    , m_list(new QListView(this))
    , m_empty(new TextLabel(tr("Nobody has said anything yet."), TextRole::Body, Ink::Second, this))
    , m_draftPart(new QWidget(this))
    , m_draftHead(new TextLabel({}, TextRole::LabelPlain, Ink::Second, m_draftPart))
    , m_editor(new QPlainTextEdit(m_draftPart))
    , m_send(new Button(tr("Send"), Button::Kind::Suggested, m_draftPart))
    , m_problem(new TextLabel({}, TextRole::LabelPlain, Ink::Rejected, m_draftPart))
{
    m_header->setLineAbove(true);
    m_begin->setKeyHint(shell::actionKeyText("talk.comment"_L1));
    m_begin->setFocusPolicy(Qt::TabFocus);
    m_header->addTrailing(m_begin);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setModel(&m_comments);
    m_list->setItemDelegate(new CommentDelegate(m_list));
    m_list->setMouseTracking(true);
    m_list->setFocusPolicy(Qt::TabFocus);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setAccessibleName(tr("Thread"));
    m_list->installEventFilter(this);
    shell::setModeOf(m_list, shell::Mode::List);
    m_editor->setAccessibleName(tr("Draft of a comment"));
    m_editor->setFixedHeight(kEditorHeight);
    m_editor->setTabChangesFocus(true);
    m_editor->installEventFilter(this);
    m_send->setKeyHint(tr("Ctrl+Enter"));
    auto* foot = new QHBoxLayout;
    foot->setSpacing(kGap);
    foot->addWidget(m_problem, 1);
    foot->addWidget(m_send);
    auto* draft = new QVBoxLayout(m_draftPart);
    draft->setContentsMargins(kPanelPadding, kGap, kPanelPadding, kPanelPadding);
    draft->setSpacing(4);
    draft->addWidget(m_draftHead);
    draft->addWidget(m_editor);
    draft->addLayout(foot);
    auto* emptyRow = new QHBoxLayout;
    emptyRow->setContentsMargins(kPanelPadding, 0, kPanelPadding, 0);
    emptyRow->addWidget(m_empty);
    m_empty->setFixedHeight(44);
    auto* layout = tightColumn(this);
    layout->addWidget(m_header);
    layout->addWidget(m_list, 1);
    layout->addLayout(emptyRow);
    layout->addWidget(m_draftPart);
    layout->addStretch(0);
    m_draftPart->hide();
    connect(m_begin, &QAbstractButton::clicked, this, &ThreadPanel::writeWanted);
    connect(m_send, &QAbstractButton::clicked, this, &ThreadPanel::send);
    connect(m_editor, &QPlainTextEdit::textChanged, this, [this] {
        m_problem->setText({});
        refresh();
        Q_EMIT draftChanged();
    });
    const auto choose = [this](const QModelIndex& index) {
        if (index.isValid())
            Q_EMIT commentChosen(index.row());
    };
    connect(m_list, &QListView::clicked, this, choose);
    connect(m_list, &QListView::activated, this, choose);
    connect(&m_comments, &QAbstractItemModel::modelReset, this, &ThreadPanel::refresh);
    refresh();
}

void ThreadPanel::write(qint64 frame, const QString& place)
{
    if (!m_editor->hasFocus())
        m_before = QApplication::focusWidget();
    m_frame = frame;
    m_draftHead->setText(tr("Draft at %1").arg(place));
    m_problem->setText({});
    m_draftPart->show();
    refresh();
    m_editor->setFocus(Qt::OtherFocusReason);
    Q_EMIT draftChanged();
}

void ThreadPanel::setDraft(qint64 frame, const QString& place, const QString& text)
{
    const QSignalBlocker blocker(m_editor);
    m_frame = frame;
    m_draftHead->setText(tr("Draft at %1").arg(place));
    m_problem->setText({});
    m_editor->setPlainText(text);
    m_draftPart->setVisible(!text.isEmpty());
    refresh();
}

QString ThreadPanel::draft() const
{
    return m_editor->toPlainText();
}

void ThreadPanel::complain(const QString& sentence)
{
    m_problem->setText(sentence);
    m_problem->setToolTip(sentence);
}

void ThreadPanel::send()
{
    const QString text = draft().trimmed();
    if (text.isEmpty())
        return complain(tr("Write something first."));
    Q_EMIT sendWanted(m_frame, text);
}

void ThreadPanel::select(int row)
{
    const QModelIndex index = m_comments.index(row);
    m_list->setCurrentIndex(index);
    if (index.isValid())
        m_list->scrollTo(index);
    else
        m_list->clearSelection();
}

void ThreadPanel::setNarrow(bool narrow)
{
    m_narrow = narrow;
    refresh();
}

void ThreadPanel::setDisabledReason(const QString& reason)
{
    m_begin->setDisabledReason(reason);
}

void ThreadPanel::refresh()
{
    const int count = m_comments.rowCount();
    const bool drafting = !m_draftPart->isHidden();
    //: The number of comments, while one more is being written: "3 and a draft".
    m_header->setCount(drafting && !draft().isEmpty() ? tr("%1 and a draft").arg(QLocale().toString(count))
            : count > 0                               ? QLocale().toString(count)
                                                      : QString());
    m_list->setVisible(count > 0 && !m_narrow);
    m_empty->setVisible(count == 0 && !m_narrow && !drafting);
    auto* column = static_cast<QVBoxLayout*>(layout());
    column->setStretch(column->count() - 1, m_list->isHidden() && !m_narrow ? 1 : 0);
}

void ThreadPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_list->doItemsLayout(); // the words break elsewhere
}

bool ThreadPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_editor && event->type() == QEvent::FocusOut && draft().trimmed().isEmpty()
        && static_cast<QFocusEvent*>(event)->reason() != Qt::ActiveWindowFocusReason) {
        m_draftPart->hide();
        refresh();
    }
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (watched == m_editor && isEnter && key->modifiers() & Qt::ControlModifier) {
        send();
        return true;
    }
    if (watched == m_list && key->key() == Qt::Key_Delete && m_list->currentIndex().isValid()) {
        Q_EMIT removeWanted(m_list->currentIndex().row());
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace vidimus::ui::moderation
