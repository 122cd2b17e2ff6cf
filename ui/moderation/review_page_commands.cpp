// Which command does what on the review page. Answered only while the page is shown, so that pages can share an id.
#include "ui/moderation/decision_desk.h"
#include "ui/moderation/review_centre.h"
#include "ui/moderation/review_page.h"
#include "ui/moderation/transport_row.h"
#include "ui/shell/key_dispatcher.h"
#include "ui/shell/main_window.h"

namespace vidimus::ui::moderation {

using namespace Qt::StringLiterals;

void ReviewPage::answerCommands(QObject* context, shell::MainWindow& window)
{
    shell::CommandTable& commands = window.commands();
    const auto on
        = [&commands, context](const QString& id, auto act) { commands.handle(id, context, [act](int) { act(); }); };
    shell::KeyDispatcher& keys = window.keys();
    const auto shuttle = [this, &keys](int direction) {
        if (keys.isHeld(Qt::Key_K))
            m_player.slow(direction);
        else
            m_player.shuttle(direction);
    };
    on(u"transport.play"_s, [this] { m_player.toggle(); });
    on(u"transport.shuttleBack"_s, [shuttle] { shuttle(-1); });
    on(u"transport.stop"_s, [this] { m_player.stop(); });
    on(u"transport.shuttleForward"_s, [shuttle] { shuttle(1); });
    for (const auto& [id, frames] : {std::pair {u"transport.frameBack"_s, -1}, {u"transport.frameForward"_s, 1},
             {u"transport.tenFramesBack"_s, -10}, {u"transport.tenFramesForward"_s, 10}})
        on(id, [this, frames = frames] { m_player.step(frames); });
    for (const auto& [id, seconds] : {std::pair {u"transport.secondBack"_s, -1}, {u"transport.secondForward"_s, 1},
             {u"transport.tenSecondsBack"_s, -10}, {u"transport.tenSecondsForward"_s, 10}})
        on(id, [this, seconds = seconds] { m_player.jumpSeconds(seconds); });
    on(u"transport.start"_s, [this] { m_player.seek(0); });
    on(u"transport.end"_s, [this] { m_player.seek(m_player.frameCount() - 1); });
    on(u"transport.loop"_s, [this] { toggleLoop(); });
    on(u"transport.mute"_s, [this] {
        m_player.setMuted(!m_player.isMuted());
        m_centre->transport()->setMuted(m_player.isMuted());
    });
    on(u"transport.fullScreen"_s, [this] { m_centre->setFullScreen(!m_centre->isFullScreen()); });
    keys.addEscapeStep(context, [this] {
        const bool was = m_centre->isFullScreen();
        m_centre->setFullScreen(false);
        return was;
    });
    on(u"transport.goTo"_s, [this] { goTo(); });
    on(u"transport.previousEvidence"_s, [this] { jumpEvidence(-1); });
    on(u"transport.nextEvidence"_s, [this] { jumpEvidence(1); });

    on(u"marks.in"_s, [this] { setMarks(m_player.frame(), m_state.markOut); });
    on(u"marks.out"_s, [this] { setMarks(m_state.markIn, m_player.frame()); });
    on(u"marks.goIn"_s, [this] { m_player.seek(m_state.markIn.value_or(0)); });
    on(u"marks.goOut"_s, [this] { m_player.seek(m_state.markOut.value_or(m_player.frameCount() - 1)); });
    on(u"marks.clear"_s, [this] { setMarks({}, {}); });
    on(u"talk.comment"_s, [this] { writeComment(); });
    on(u"findings.allow"_s, [this] { allowFinding(); });
    on(u"findings.fix"_s, [this] { fixFinding(); });
    on(u"decide.note"_s, [this] { writeNote(); });

    for (const auto& [id, verdict] : {std::pair {u"decide.pass"_s, moderationVerdict::Pass},
             {u"decide.reject"_s, moderationVerdict::Reject}, {u"decide.escalate"_s, moderationVerdict::Escalate}})
        on(id, [this, verdict = verdict] {
            if (m_item)
                m_desk->stage(verdict);
        });
    on(u"decide.duplicate"_s, [this] { stageDuplicate(); });
    on(u"decide.snooze"_s, [this] { snooze(); });
    on(u"decide.drop"_s, [this] { m_desk->drop(); });
    commands.handle(u"decide.reason"_s, context, [this](int keyIndex) { m_desk->pressDigit(keyIndex + 1); });
    on(u"decide.commit"_s, [this] { commit(); });
    on(u"decide.rejectLast"_s, [this] { m_desk->rejectWithLastReason(); });

    on(u"queue.next"_s, [this] { openNeighbour(1); });
    on(u"queue.previous"_s, [this] { openNeighbour(-1); });
    on(u"queue.ingest"_s, [this] { addFiles(); });
    on(u"app.undo"_s, [this] { undo(); });
    on(u"app.table"_s, [this] { m_centre->setTableShown(!m_centre->isTableShown()); });
}

} // namespace vidimus::ui::moderation
