// The review page's thread: what people say about the open item, at a frame or about the whole.
#include "core/media/timecode.h"
#include "core/moderation/role.h"
#include "core/workbench/comments.h"
#include "core/workbench/task_runner.h"
#include "core/workbench/workspace.h"
#include "ui/moderation/finding_detail.h"
#include "ui/moderation/reasons_panel.h"
#include "ui/moderation/review_centre.h"
#include "ui/moderation/review_page.h"
#include "ui/moderation/thread_panel.h"
#include "ui/widgets/error_text.h"
#include "ui/widgets/timeline.h"
#include "ui/widgets/video_surface.h"

namespace vidimus::ui::moderation {

using namespace Qt::StringLiterals;
using namespace widgets;

void ReviewPage::connectTalk()
{
    ThreadPanel& thread = m_reasons->thread();
    connect(&thread, &ThreadPanel::writeWanted, this, &ReviewPage::writeComment);
    connect(&thread, &ThreadPanel::sendWanted, this, &ReviewPage::sendComment);
    connect(&thread, &ThreadPanel::removeWanted, this, &ReviewPage::removeComment);
    connect(&thread, &ThreadPanel::commentChosen, this, [this](int row) {
        const auto& frame = m_comments.comments()[static_cast<std::size_t>(row)].comment.frame;
        if (frame)
            m_player.seek(*frame);
    });
    connect(&thread, &ThreadPanel::draftChanged, this, [this] {
        if (m_item && !m_saveSoon.isActive())
            m_saveSoon.start();
    });
    connect(m_centre->timeline(), &Timeline::markChosen, this,
        [this](const QString& id) { m_reasons->thread().select(m_comments.rowOf(id)); });
    using vidimus::moderation::Action;
    const auto& roles = m_workspace.me().roles;
    if (!vidimus::moderation::may(roles, Action::Decide) && !vidimus::moderation::may(roles, Action::EditAssets))
        thread.setDisabledReason(tr("Your role reads comments and does not write them."));
    if (!vidimus::moderation::may(roles, Action::Decide))
        m_reasons->detail().setDisabledReason(tr("Your role reads findings and does not allow them."));
    if (!vidimus::moderation::may(roles, Action::Transcode) || !vidimus::moderation::may(roles, Action::Ingest))
        m_reasons->detail().setFixDisabledReason(tr("Your role makes no corrected copies."));
}

void ReviewPage::readComments()
{
    m_workspace.tasks().run(
        this, [&workspace = m_workspace, asset = m_asset] { return workbench::commentsOn(workspace, asset); },
        [this, asset = m_asset](const Result<std::vector<workbench::ThreadComment>>& thread) {
            if (asset != m_asset || !m_item)
                return;
            if (!thread)
                return say(errorText(thread.error()).what);
            m_comments.setComments(*thread, m_player.framesPerSecond());
            if (m_player.isOpen())
                m_centre->setMarks(commentMarks());
        });
}

std::vector<TimelineMark> ReviewPage::commentMarks() const
{
    std::vector<TimelineMark> marks;
    for (int row = 0; row < m_comments.rowCount(); ++row) {
        const workbench::ThreadComment& item = m_comments.comments()[static_cast<std::size_t>(row)];
        if (item.comment.frame && *item.comment.frame < m_player.frameCount())
            marks.push_back({.id = item.comment.id.toString(),
                .frame = *item.comment.frame,
                .isMine = item.isMine,
                .text = m_comments.index(row).data(Qt::AccessibleTextRole).toString()});
    }
    return marks;
}

QString ReviewPage::placeText(qint64 frame) const
{
    return media::timecodeText(frame, media::timecodeRateFor(m_player.framesPerSecond()));
}

void ReviewPage::writeComment()
{
    if (!m_item || !m_player.isOpen())
        return say(tr("Nothing is open to comment on."));
    m_playsAfterTalk = m_player.rate() != 0;
    m_player.stop();
    m_reasons->thread().write(m_player.frame(), placeText(m_player.frame()));
}

void ReviewPage::sendComment(qint64 frame, const QString& text)
{
    m_workspace.tasks().run(
        this,
        [&workspace = m_workspace, asset = m_asset, frame, text] {
            return workbench::addComment(workspace, asset, frame, text);
        },
        [this, asset = m_asset](const Result<store::Comment>& added) {
            if (asset != m_asset)
                return;
            if (!added)
                return m_reasons->thread().complain(added.error().reason == "long_comment"
                        ? tr("A comment has at most %1 characters.").arg(workbench::kMaxCommentLength)
                        : errorText(added.error()).what);
            m_reasons->thread().setDraft(0, {}, {});
            m_centre->surface()->setFocus(Qt::OtherFocusReason);
            if (std::exchange(m_playsAfterTalk, false))
                m_player.toggle();
            saveReview(); // the draft is gone
            say(tr("The comment is saved."));
            readComments();
        });
}

void ReviewPage::removeComment(int row)
{
    const workbench::ThreadComment& item = m_comments.comments()[static_cast<std::size_t>(row)];
    if (!item.isMine)
        return say(tr("Only the person who wrote a comment can take it back."));
    m_workspace.tasks().run(
        this, [&workspace = m_workspace, id = item.comment.id] { return workbench::removeComment(workspace, id); },
        [this](const Result<void>& removed) {
            say(removed ? tr("The comment is taken back.") : errorText(removed.error()).what);
            readComments();
        });
}

} // namespace vidimus::ui::moderation
