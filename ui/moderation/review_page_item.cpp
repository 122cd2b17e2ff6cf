// The open item of the review page: what is shown of it, where the playhead is, what is kept of the look at it.
#include "core/media/timecode.h"
#include "core/workbench/review.h"
#include "core/workbench/task_runner.h"
#include "core/workbench/workspace.h"
#include "ui/moderation/decision_desk.h"
#include "ui/moderation/entry_strip.h"
#include "ui/moderation/finding_detail.h"
#include "ui/moderation/queue_panel.h"
#include "ui/moderation/reasons_panel.h"
#include "ui/moderation/review_centre.h"
#include "ui/moderation/review_page.h"
#include "ui/moderation/thread_panel.h"
#include "ui/moderation/timeline_facts.h"
#include "ui/moderation/transport_row.h"
#include "ui/shell/registry_commands.h"
#include "ui/widgets/button.h"
#include "ui/widgets/error_card.h"
#include "ui/widgets/preferences.h"
#include "ui/widgets/timeline.h"
#include "ui/widgets/video_surface.h"

#include <QLocale>
#include <cmath>

namespace vidimus::ui::moderation {

using namespace Qt::StringLiterals;
using namespace widgets;

namespace {

constexpr qint64 kNoLimit = qint64(1) << 40;

double shownAspect(const media::VideoStream* video)
{
    return video && video->displayHeight > 0 ? double(video->displayWidth) / video->displayHeight : 0;
}

} // namespace

void ReviewPage::openItem(const AssetId& asset, std::optional<qint64> frame)
{
    saveReview();
    m_asset = asset;
    m_item.reset();
    m_failed = false;
    ++m_generation;
    m_player.close();
    m_state = {};
    m_looping = false;
    m_strip->close();
    m_desk->reset();
    m_comments.setComments({}, m_player.framesPerSecond());
    m_reasons->thread().setDraft(0, {}, {});
    m_queuePanel->setCurrent(asset);
    m_centre->transport()->setLooping(false);
    m_reasons->detail().clear();
    m_workspace.tasks().run(
        this, [&workspace = m_workspace, asset] { return workbench::reviewItem(workspace, asset); },
        [this, asset, frame](Result<workbench::ReviewItem> item) {
            if (asset != m_asset)
                return;
            if (item)
                showItem(*std::move(item), frame);
            else
                showFailure(item.error(), 0);
        });
}

void ReviewPage::showItem(workbench::ReviewItem item, std::optional<qint64> frame)
{
    m_item = std::move(item);
    m_state = reviewStateFromJson(m_item->reviewState, kNoLimit);
    const media::VideoStream* video = m_item->facts.programmeVideo();
    m_centre->showLoading();
    m_centre->header()->showItem(*m_item);
    m_centre->setAspect(shownAspect(video), video ? QSize(video->displayWidth, video->displayHeight) : QSize());
    showFindings();
    m_desk->setUnreadable(m_item->row.unreadable);
    if (m_item->row.unreadable)
        return showFailure({ErrorCode::Corrupt, {}, "decode_failed"}, 0);
    m_player.open(openerFor(m_asset), {frame.value_or(m_state.frame), m_state.watched});
    m_overview.read(m_generation, [&workspace = m_workspace, asset = m_asset] {
        auto source = workbench::openOriginal(workspace, asset);
        return source ? Result<std::shared_ptr<media::FrameSource>>(*std::move(source))
                      : Result<std::shared_ptr<media::FrameSource>>(std::move(source).error());
    });
}

void ReviewPage::playerOpened()
{
    // Now the true number of frames is known: what was kept is checked against it.
    const qint64 count = m_player.frameCount();
    const ReviewState kept = reviewStateFromJson(m_item->reviewState, count);
    m_state = kept;
    showFindings();
    setMarks(kept.markIn, kept.markOut);
    m_desk->setWatchedShare(m_player.watched().share(count));
    if (!kept.note.isEmpty())
        m_desk->setNote(kept.note);
    m_reasons->thread().setDraft(kept.draftFrame, placeText(kept.draftFrame), kept.draft);
    readComments();
    if (const auto verdict = vidimus::moderation::verdictFromName(kept.stagedAction)) {
        m_desk->stage(*verdict);
        m_desk->chooseReason(kept.stagedReason);
    }
    if (m_player.index().isEmpty())
        m_overview.stop();
    if (preferences().autoplay && isVisible())
        m_player.toggle();
}

void ReviewPage::showFindings()
{
    const media::VideoStream* video = m_item->facts.programmeVideo();
    std::vector<FindingRow> rows;
    if (m_item->report)
        rows = findingRows(*m_item->report, video);
    TimelineData lanes;
    std::vector<qint64> frames;
    if (m_player.isOpen()) {
        lanes.frameCount = m_player.frameCount();
        lanes.framesPerSecond = m_player.framesPerSecond();
        lanes.lanes = findingLanes(rows, m_player);
        lanes.loudnessText = loudnessText(m_item->report);
        lanes.marks = commentMarks();
        if (m_item->report) {
            lanes.shotStarts = shotStarts(*m_item->report, m_player);
            std::ranges::move(seenLanes(*m_item->report, m_player), std::back_inserter(lanes.lanes));
        }
        for (const FindingRow& row : rows)
            frames.push_back(spanOf(row, m_player).first);
        m_centre->setFacts(std::move(lanes));
        m_findings.setRows(std::move(rows), std::move(frames), m_player.framesPerSecond());
        m_reasons->detail().clear();
        chooseAt(m_player.frame());
    }
    m_reasons->setFacts(whyFacts(*m_item, m_workspace.clock().now()));
    const bool isRunning = !m_item->report && !m_item->firstVerdict.isEmpty();
    m_reasons->setEmptyText(m_item->report ? tr("The checks found nothing.")
            : isRunning                    ? tr("The checks are running. What is known so far is provisional.")
                                           : tr("The checks have not run yet."));
    const auto standing = std::ranges::find_if(m_item->decisions, vidimus::moderation::stands);
    if (standing != m_item->decisions.end()) {
        const VerdictLook look = verdictLook(standing->verdict);
        const bool mine = standing->author == m_workspace.me().id;
        m_centre->header()->setChip(
            mine ? tr("%1 by you").arg(look.done) : tr("%1 by another person").arg(look.done), look.iconName, look.ink);
    } else if (isRunning) {
        showFirstVerdict();
    } else {
        m_centre->header()->setChip({});
    }
}

void ReviewPage::showFirstVerdict()
{
    const QByteArray& verdict = m_item->firstVerdict;
    if (verdict == "fail")
        m_centre->header()->setChip(tr("First look: faults found"), u"clock"_s, Ink::Rejected);
    else if (verdict == "warn")
        m_centre->header()->setChip(tr("First look: something to check"), u"clock"_s, Ink::Warning);
    else
        m_centre->header()->setChip(tr("First look: nothing found so far"), u"clock"_s);
}

void ReviewPage::readFacts()
{
    m_workspace.tasks().run(
        this, [&workspace = m_workspace, asset = m_asset] { return workbench::reviewItem(workspace, asset); },
        [this, asset = m_asset](Result<workbench::ReviewItem> item) {
            if (asset != m_asset || !m_item || !item)
                return;
            m_item->row = item->row;
            m_item->report = item->report;
            m_item->firstVerdict = item->firstVerdict;
            m_item->decisions = item->decisions;
            showFindings();
            readComments();
        });
}

void ReviewPage::showFailure(const Error& error, qint64 frame)
{
    m_failed = true;
    const QString place = m_centre->transport()->timecode();
    const bool hasPicture = m_centre->surface()->hasFrame();
    // Bytes that no decoder accepts are damage to whoever looks at them, whatever the worker calls it.
    FivePartText text
        = errorText(error.code == ErrorCode::Invalid ? Error {ErrorCode::Corrupt, error.detail, error.reason} : error);
    const bool isGone = error.reason.startsWith("original_");
    if (!isGone) {
        text.effect
            = hasPicture ? tr("What follows cannot be seen from here.") : tr("It cannot be seen, so Pass is off.");
        text.safe = tr("The original is kept unchanged. Your marks and draft are stored.");
        text.action = tr("Ask the uploader for the file again, escalate, or snooze.");
    }
    auto* card = new ErrorCard(isGone ? tr("This file is not here")
            : hasPicture              ? tr("This file cannot be read at %1").arg(place)
                                      : tr("This file cannot be read"),
        text);
    connect(card->addAction(tr("Escalate"), shell::actionKeyText("decide.escalate"_L1)), &QAbstractButton::clicked,
        this, [this] { m_desk->stage(moderationVerdict::Escalate); });
    connect(card->addAction(tr("Snooze"), shell::actionKeyText("decide.snooze"_L1)), &QAbstractButton::clicked, this,
        &ReviewPage::snooze);
    m_centre->surface()->setStale(
        hasPicture, hasPicture ? tr("Last good frame %1").arg(QLocale().toString(m_player.shownFrame())) : QString());
    m_centre->surface()->setCard(card);
    if (m_player.isOpen())
        m_centre->setUnreadable(FrameSpan {frame, m_player.frameCount()});
    m_desk->setUnreadable(!hasPicture);
    say(card->title());
}

void ReviewPage::positionMoved(qint64 frame)
{
    if (!m_saveSoon.isActive())
        m_saveSoon.start();
    chooseAt(frame);
}

void ReviewPage::chooseAt(qint64 frame)
{
    const int row = m_findings.rowAt(frame);
    const bool inside = row >= 0 && frame < spanOf(m_findings.rows()[std::size_t(row)], m_player).end;
    m_reasons->selectRow(inside ? row : -1);
    m_centre->timeline()->setChosen(inside ? m_findings.rows()[std::size_t(row)].id : QString());
    showDetail(inside ? row : -1);
}

void ReviewPage::refreshBoxes(qint64 frame)
{
    std::vector<EvidenceBox> boxes;
    for (const FindingRow& row : m_findings.rows()) {
        const FrameSpan span = spanOf(row, m_player);
        if (row.region && frame >= span.first && frame < span.end)
            boxes.push_back({*row.region, tokensFor(Scheme::Dark).lanes[std::size_t(row.colorIndex) % 7], row.kind});
    }
    m_centre->surface()->setBoxes(std::move(boxes));
}

void ReviewPage::chooseFinding(int row)
{
    if (row >= 0 && row < m_findings.rowCount())
        m_player.seek(m_findings.frameOf(row));
}

void ReviewPage::jumpEvidence(int direction)
{
    std::vector<qint64> points;
    for (int row = 0; row < m_findings.rowCount(); ++row)
        points.push_back(m_findings.frameOf(row));
    for (const TimelineMark& mark : commentMarks())
        points.push_back(mark.frame);
    for (const auto& mark : {m_state.markIn, m_state.markOut}) {
        if (mark)
            points.push_back(*mark);
    }
    std::ranges::sort(points);
    const qint64 at = m_player.frame();
    if (direction > 0) {
        const auto next = std::ranges::upper_bound(points, at);
        return next == points.end() ? say(tr("No evidence point after this.")) : m_player.seek(*next);
    }
    const auto from = std::ranges::lower_bound(points, at);
    if (from == points.begin())
        return say(tr("No evidence point before this."));
    m_player.seek(*std::prev(from));
}

void ReviewPage::setMarks(std::optional<qint64> in, std::optional<qint64> out)
{
    m_state.markIn = in;
    m_state.markOut = out;
    const auto range = m_state.range(m_player.frameCount());
    m_centre->timeline()->setRange(range);
    if (range) {
        const auto time = [this](qint64 frame) { return Milliseconds(std::llround(m_player.secondsOf(frame) * 1000)); };
        const media::TimecodeRate rate = media::timecodeRateFor(m_player.framesPerSecond());
        m_desk->setRange(time(range->first), time(range->end),
            tr("%1 – %2").arg(media::timecodeText(range->first, rate), media::timecodeText(range->end - 1, rate)));
    } else {
        m_desk->setRange({}, {}, {});
        if (in || out)
            say(tr("The out mark stands before the in mark."));
    }
    m_player.setLoop(m_looping ? range : std::nullopt);
    m_saveSoon.start();
}

void ReviewPage::toggleLoop()
{
    const auto range = m_state.range(m_player.frameCount());
    m_looping = !m_looping && range;
    if (!range)
        say(tr("Mark in with I and out with O first."));
    m_player.setLoop(m_looping ? range : std::nullopt);
    m_centre->transport()->setLooping(m_looping);
}

void ReviewPage::goTo()
{
    m_strip->open(tr("Go to"), tr("00:01:12:05, 12:05 or a frame number"), {}, [this](const QString& text) {
        const media::TimecodeRate rate = media::timecodeRateFor(m_player.framesPerSecond());
        bool isNumber = false;
        qint64 frame = text.toLongLong(&isNumber);
        if (!isNumber) {
            const auto read = media::parseTimecode(text, rate);
            if (!read)
                return m_strip->complain(tr("That is neither a timecode nor a frame number."));
            frame = *read;
        }
        if (frame < 0 || frame >= m_player.frameCount())
            return m_strip->complain(tr("The item ends at frame %1.").arg(m_player.frameCount() - 1));
        m_strip->close();
        m_player.seek(frame);
    });
}

ReviewState ReviewPage::reviewState() const
{
    ReviewState state = m_state;
    state.frame = m_player.frame();
    state.watched = m_player.watched();
    if (const auto verdict = m_desk->verdict())
        state.stagedAction = actionId(*verdict);
    state.stagedReason = m_desk->reasonId();
    state.note = m_desk->note();
    state.draft = m_reasons->thread().draft();
    state.draftFrame = m_reasons->thread().draftFrame();
    return state;
}

void ReviewPage::saveReview()
{
    m_saveSoon.stop();
    if (!m_item || !m_player.isOpen())
        return;
    m_workspace.tasks().run(
        this,
        [&workspace = m_workspace, sha256 = m_item->sha256, state = toJson(reviewState())] {
            return workbench::saveReviewState(workspace, sha256, state);
        },
        [this](Result<void> saved) {
            if (!saved)
                say(tr("Your place in the item could not be saved."));
        });
}

} // namespace vidimus::ui::moderation
