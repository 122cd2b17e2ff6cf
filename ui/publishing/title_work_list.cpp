#include "ui/publishing/title_work_list.h"

#include "ui/publishing/job_text.h"
#include "ui/publishing/share_bar.h"
#include "ui/publishing/words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/error_text.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/preferences.h"
#include "ui/widgets/section_header.h"
#include "ui/widgets/time_label.h"

#include <QHBoxLayout>
#include <QScrollArea>

namespace vidimus::ui::publishing {

using namespace widgets;
using namespace Qt::StringLiterals;
using jobs::JobEvent;
using jobs::JobState;

namespace {

constexpr int kNameWidth = 150;
constexpr int kShareWidth = 44;
constexpr int kStateWidth = 170;
constexpr std::size_t kMaxRows = 40;

QWidget* makeRow(QWidget* parent)
{
    auto* row = new QWidget(parent);
    row->setFixedHeight(rowHeight());
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(kPanelPadding, 0, kPanelPadding, 0);
    layout->setSpacing(kPanelPadding);
    return row;
}

TextLabel* addText(QWidget* row, const QString& text, Ink ink, int width)
{
    auto* label = new TextLabel(text, TextRole::Body, ink, row);
    if (width > 0)
        label->setFixedWidth(width);
    row->layout()->addWidget(label);
    return label;
}

} // namespace

TitleWorkList::TitleWorkList(QWidget* parent)
    : Sheet(NoEdge, parent)
    , m_head(new SectionHeader(tr("Jobs and outbox of this title"), this))
{
    m_head->setLineAbove(true);
    auto* open = new Button(tr("Open jobs"), Button::Kind::Link, m_head);
    connect(open, &Button::clicked, this, &TitleWorkList::openJobsWanted);
    m_head->addTrailing(open);
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    auto* content = new QWidget(scroll);
    m_rows = new QVBoxLayout(content);
    m_rows->setContentsMargins(0, 4, 0, 4);
    m_rows->setSpacing(0);
    m_rows->addStretch(1);
    scroll->setWidget(content);
    content->setAutoFillBackground(false); // setWidget() turns it on
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_head);
    layout->addWidget(scroll, 1);
}

void TitleWorkList::setWork(
    const std::vector<jobs::Job>& jobs, const std::vector<catalog::Operation>& operations, Instant now)
{
    while (m_rows->count() > 1) {
        QLayoutItem* item = m_rows->takeAt(0);
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    const auto add = [this](QWidget* row) { m_rows->insertWidget(m_rows->count() - 1, row); };
    for (const catalog::Operation& operation : operations) {
        if (static_cast<std::size_t>(m_rows->count()) < kMaxRows)
            add(makeOperationRow(operation, now));
    }
    for (const jobs::Job& job : jobs) {
        if (static_cast<std::size_t>(m_rows->count()) < kMaxRows)
            add(makeJobRow(job, now));
    }
    const auto count = static_cast<int>(jobs.size() + operations.size());
    m_head->setCount(count > 0 ? countText(count) : tr("none"));
}

void TitleWorkList::addButton(QWidget* row, const QString& icon, const QString& name, const JobId& job, JobEvent event)
{
    auto* button = new IconButton(icon, name, row);
    connect(button, &IconButton::clicked, this, [this, job, event] { Q_EMIT jobEventWanted(job, event); });
    row->layout()->addWidget(button);
}

QWidget* TitleWorkList::makeJobRow(const jobs::Job& job, Instant now)
{
    QWidget* row = makeRow(this);
    const StateText state = stateText(job.state);
    const double share = shareOf(job);
    row->setAccessibleName(QStringList({jobKindText(job), state.word, percentText(share)}).join(u", "_s));
    addText(row, jobKindText(job), Ink::Text, kNameWidth);
    auto* bar = new ShareBar(row);
    bar->setShare(share);
    bar->setMaximumWidth(260);
    row->layout()->addWidget(bar);
    addText(row, percentText(share), Ink::Text, kShareWidth)->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    const QString left = remainingText(job, now, preferences().zone);
    addText(row, state.word + u", "_s + left, groupOf(job.state) == JobGroup::Attention ? Ink::Rejected : Ink::Text,
        kStateWidth + 40);
    const QString resumes = resumesFromText(job);
    const bool failed = groupOf(job.state) == JobGroup::Attention;
    auto* more = addText(row,
        failed                  ? errorText(job.error).what
            : resumes.isEmpty() ? QString()
                                : tr("resumes from %1").arg(resumes),
        Ink::Second, 0);
    static_cast<QHBoxLayout*>(row->layout())->setStretchFactor(more, 1);
    if (job.state == JobState::Queued || job.state == JobState::Running)
        addButton(row, u"pause"_s, tr("Pause"), job.id, JobEvent::Pause);
    if (job.state == JobState::Paused)
        addButton(row, u"play"_s, tr("Resume"), job.id, JobEvent::Resume);
    if (failed || job.state == JobState::Canceled)
        addButton(row, u"retry"_s, tr("Try again"), job.id, JobEvent::Retry);
    if (job.state != JobState::Done && job.state != JobState::Canceled)
        addButton(row, u"cross"_s, tr("Cancel"), job.id, JobEvent::Cancel);
    return row;
}

QWidget* TitleWorkList::makeOperationRow(const catalog::Operation& operation, Instant now)
{
    QWidget* row = makeRow(this);
    const StateText state = operationStateText(operation, now);
    const QString kind = operationKindText(operation.kind);
    row->setAccessibleName(kind + u", "_s + state.word);
    addText(row, kind, Ink::Text, kNameWidth + 40);
    addText(row, state.word, state.ink, kStateWidth);
    QString more = tr("waits %1").arg(spanText(now - operation.createdAt));
    if (operation.attempts > 0)
        more = tr("%n attempt(s)", nullptr, operation.attempts) + u". "_s + errorText(operation.lastError).what;
    auto* label = addText(row, more, Ink::Second, 0);
    static_cast<QHBoxLayout*>(row->layout())->setStretchFactor(label, 1);
    return row;
}

} // namespace vidimus::ui::publishing
