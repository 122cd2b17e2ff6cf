#include "ui/publishing/job_panel.h"

#include "ui/publishing/job_text.h"
#include "ui/publishing/job_tree_model.h"
#include "ui/publishing/words.h"
#include "ui/shell/registry_commands.h"
#include "ui/widgets/button.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/error_card.h"
#include "ui/widgets/error_text.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/preferences.h"
#include "ui/widgets/section_header.h"
#include "ui/widgets/time_label.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QScrollArea>

namespace vidimus::ui::publishing {

using namespace widgets;
using namespace Qt::StringLiterals;
using jobs::Job;
using jobs::JobEvent;
using jobs::JobState;

JobPanel::JobPanel(QWidget* parent)
    : Sheet(Start, parent)
    , m_picture(new PictureBox({144, 81}, this))
    , m_name(new TextLabel({}, TextRole::Section, Ink::Text, this))
    , m_media(new TextLabel({}, TextRole::Body, Ink::Second, this))
    , m_times(new TextLabel({}, TextRole::Body, Ink::Second, this))
    , m_errorBox(new Sheet(Top, this))
    , m_errorTitle(new Chip({}, Ink::Rejected, Chip::Look::Bare, m_errorBox))
    , m_parts(new FactRows(72, m_errorBox))
    , m_toggle(new Button({}, Button::Kind::Plain, this))
    , m_cancel(new Button(tr("Cancel"), Button::Kind::Quiet, this))
    , m_segmentsHead(new SectionHeader(tr("Segments"), this))
    , m_segments(new QWidget(this))
    , m_segmentRows(new QVBoxLayout(m_segments))
    , m_log(new FactRows(80, this))
{
    setAccessibleName(tr("Selected job"));
    m_name->setElide(Qt::ElideMiddle);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(kPanelPadding, kPanelPadding, kPanelPadding, kPanelPadding);
    head->setSpacing(kPanelPadding);
    head->addWidget(m_picture, 0, Qt::AlignTop);
    auto* words = new QVBoxLayout;
    words->setSpacing(4);
    words->addWidget(m_name);
    words->addWidget(m_media);
    words->addWidget(m_times);
    words->addStretch(1);
    head->addLayout(words, 1);

    m_errorTitle->setIconName(u"cross"_s);
    auto* error = new QVBoxLayout(m_errorBox);
    error->setContentsMargins(kPanelPadding, kPanelPadding, kPanelPadding, 0);
    error->setSpacing(kPanelPadding);
    error->addWidget(m_errorTitle, 0, Qt::AlignLeft);
    error->addWidget(m_parts);

    auto* actions = new QHBoxLayout;
    actions->setContentsMargins(kPanelPadding, 0, kPanelPadding, kPanelPadding);
    actions->setSpacing(kGap);
    connect(m_toggle, &Button::clicked, this, [this] {
        if (m_toggleEvent)
            Q_EMIT eventWanted(*m_toggleEvent);
    });
    connect(m_cancel, &Button::clicked, this, [this] { Q_EMIT eventWanted(JobEvent::Cancel); });
    m_cancel->setKeyHint(shell::actionKeyText("jobs.cancel"_L1));
    actions->addWidget(m_toggle);
    actions->addWidget(m_cancel);
    actions->addStretch(1);

    m_segmentsHead->setLineAbove(true);
    m_segmentRows->setContentsMargins(kPanelPadding, kGap, kPanelPadding, kPanelPadding);
    m_segmentRows->setSpacing(4);
    auto* logHead = new SectionHeader(tr("Log"), this);
    logHead->setLineAbove(true);
    auto* copy = new Button(tr("Copy details"), Button::Kind::Link, logHead);
    copy->setIconName(u"copy"_s);
    connect(copy, &Button::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_clipboard);
        Q_EMIT detailsCopied();
    });
    logHead->addTrailing(copy);
    m_log->setContentsMargins(kPanelPadding, kPanelPadding, kPanelPadding, kPanelPadding);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_errorBox);
    layout->addSpacing(kPanelPadding);
    layout->addLayout(actions);
    layout->addWidget(m_segmentsHead);
    layout->addWidget(m_segments);
    layout->addWidget(logHead);
    layout->addWidget(m_log);
    layout->addStretch(1);
}

void JobPanel::setJob(const Job& job, Instant now)
{
    const QTimeZone zone = preferences().zone;
    m_name->setText(job.subject);
    QStringList times {jobKindText(job), stateText(job.state).word};
    if (job.state == JobState::Running)
        times << percentText(shareOf(job)) << remainingText(job, now, zone);
    else if (job.startedAt != Instant {})
        times << tr("started %1").arg(zonedTimeText(job.startedAt, zone, true));
    m_times->setText(times.join(u", "_s));
    showError(job);
    m_toggleEvent = toggleEvent(job.state);
    m_toggle->setVisible(m_toggleEvent.has_value());
    if (m_toggleEvent) {
        const bool retry = *m_toggleEvent == JobEvent::Retry;
        m_toggle->setText(eventText(*m_toggleEvent));
        m_toggle->setKeyHint(retry ? shell::actionKeyText("jobs.retry"_L1) : shell::actionKeyText("jobs.pause"_L1));
        m_toggle->setKind(retry ? Button::Kind::Primary : Button::Kind::Plain);
    }
    m_cancel->setVisible(canCancel(job.state));
    m_cancel->setText(groupOf(job.state) == JobGroup::Attention ? tr("Drop it") : tr("Cancel"));
    showSegments(job);
    showLog(job);
}

void JobPanel::showError(const Job& job)
{
    const bool failed = groupOf(job.state) == JobGroup::Attention;
    m_errorBox->setVisible(failed);
    if (!failed) {
        m_errorShown.clear();
        return;
    }
    const FivePartText text = errorText(job.error);
    const QString clipboard = text.toClipboardText();
    if (clipboard == m_errorShown)
        return;
    m_errorShown = clipboard;
    //: "Ladder web-two stopped at 40 %"
    m_errorTitle->setText(tr("%1 stopped at %2").arg(jobKindText(job), percentText(shareOf(job))));
    m_parts->clear();
    m_parts->addRow(tr("What"), text.what);
    m_parts->addRow(tr("Effect"), text.effect);
    m_parts->addRow(tr("Safe"), text.safe);
    m_parts->addRow(tr("Do"), text.action);
}

void JobPanel::showSegments(const Job& job)
{
    const auto shares = renditionShares(job);
    m_segmentsHead->setVisible(!shares.empty());
    m_segments->setVisible(!shares.empty());
    const double seconds = job.detail.value(u"segment_seconds"_s).toDouble();
    m_segmentsHead->setCount(tr("about %1 s each").arg(QLocale().toString(seconds, 'g', 3)));
    while (m_grids.size() < shares.size()) {
        auto* label = new TextLabel({}, TextRole::LabelPlain, Ink::Second, m_segments);
        auto* grid = new SegmentGrid(m_segments);
        m_segmentRows->addWidget(label);
        m_segmentRows->addWidget(grid);
        m_grids.emplace_back(label, grid);
    }
    for (std::size_t i = 0; i < m_grids.size(); ++i) {
        const auto& [label, grid] = m_grids[i];
        label->setVisible(i < shares.size());
        grid->setVisible(i < shares.size());
        if (i >= shares.size())
            continue;
        const int done = job.state == JobState::Done ? shares[i].total : shares[i].done;
        label->setText(tr("%1: %2 kept, %3 to do").arg(shares[i].name).arg(done).arg(shares[i].total - done));
        grid->setCells(segmentCells(shares[i], job.state));
    }
}

void JobPanel::showLog(const Job& job)
{
    const auto lines = jobLines(job, preferences().zone);
    QString shown;
    for (const JobLine& line : lines)
        shown += line.time + u' ' + line.text + u'\n';
    m_clipboard = job.subject + u'\n' + job.id.toString() + u'\n' + shown;
    if (groupOf(job.state) == JobGroup::Attention)
        m_clipboard += errorText(job.error).toClipboardText();
    if (shown == m_logShown)
        return;
    m_logShown = shown;
    m_log->clear();
    for (const JobLine& line : lines)
        m_log->addRow(line.time, line.text);
}

void JobPanel::setPicture(const QPixmap& picture)
{
    m_picture->setPicture(picture);
}

void JobPanel::setMediaText(const QString& text)
{
    m_media->setText(text);
}

} // namespace vidimus::ui::publishing
