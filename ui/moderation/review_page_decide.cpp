// Staging, committing and taking back decisions on the review page.
#include "core/workbench/decide.h"
#include "core/workbench/send_now.h"
#include "core/workbench/task_runner.h"
#include "core/workbench/workspace.h"
#include "ui/moderation/decision_desk.h"
#include "ui/moderation/entry_strip.h"
#include "ui/moderation/queue_panel.h"
#include "ui/moderation/review_centre.h"
#include "ui/moderation/review_page.h"
#include "ui/widgets/decision_bar.h"
#include "ui/widgets/toggle_switch.h"

namespace vidimus::ui::moderation {

using namespace Qt::StringLiterals;
using namespace widgets;

namespace {

constexpr int kRecent = 50;
constexpr std::size_t kScannedAtOnce = 500;
constexpr std::size_t kMostScanned = 50'000;

/// Items whose name contains \a text, or whose short id begins with it when it starts with "#". At most three.
Result<std::vector<workbench::QueueItem>> findItems(
    workbench::Workspace& workspace, const QString& text, const AssetId& except)
{
    const bool byId = text.startsWith(u'#');
    const QString wanted = byId ? text.mid(1) : text;
    auto ids = workbench::queueIds(workspace, workbench::QueueFilter::All, byId ? QString() : wanted);
    if (!ids)
        return std::move(ids).error();
    std::vector<workbench::QueueItem> found;
    for (std::size_t at = 0; at < std::min(ids->size(), kMostScanned) && found.size() < 3; at += kScannedAtOnce) {
        const std::span<const AssetId> part = std::span(*ids).subspan(at, std::min(kScannedAtOnce, ids->size() - at));
        auto items = workbench::queueItems(workspace, part);
        if (!items)
            return std::move(items).error();
        for (workbench::QueueItem& item : *items) {
            if (item.asset != except && (!byId || item.shortId.startsWith(wanted, Qt::CaseInsensitive)))
                found.push_back(std::move(item));
        }
    }
    return found;
}

} // namespace

void ReviewPage::refreshBar()
{
    m_bar->setActions(m_desk->actionKeys());
    m_bar->setReasons(m_desk->reasonKeys());
    m_bar->setStaged(m_desk->staged());
    m_bar->setNotice(m_asset.isEmpty() ? QString() : m_desk->notice());
    const auto complete = m_desk->check();
    if (m_committing)
        m_bar->setCommit(tr("Saving…"), false, tr("The decision is being written."));
    else
        m_bar->setCommit(tr("Commit"), complete.has_value() && m_item,
            complete || !m_desk->verdict() ? QString() : decisionErrorText(complete.error()));
    if (m_item && !m_saveSoon.isActive())
        m_saveSoon.start();
}

void ReviewPage::stageDuplicate()
{
    m_desk->stage(moderationVerdict::Duplicate);
    if (!m_desk->wantsDuplicate())
        return;
    m_strip->open(
        tr("Duplicate of"), tr("#id or a part of the name"), {}, [this](const QString& text) { findDuplicate(text); });
}

void ReviewPage::findDuplicate(const QString& text)
{
    if (text.isEmpty())
        return m_strip->complain(tr("Name the item that this one repeats."));
    m_workspace.tasks().run(
        this, [&workspace = m_workspace, text, asset = m_asset] { return findItems(workspace, text, asset); },
        [this, asset = m_asset](Result<std::vector<workbench::QueueItem>> items) {
            if (asset != m_asset)
                return;
            if (!items || items->empty())
                return m_strip->complain(tr("No other item is called that."));
            if (items->size() > 1)
                return m_strip->complain(tr("Several items match: type more of the name or the #id."));
            const workbench::QueueItem& found = items->front();
            m_desk->setDuplicateOf(found.asset, tr("#%1 %2").arg(found.shortId, found.name));
            m_strip->close();
        });
}

void ReviewPage::writeNote()
{
    m_strip->open(
        tr("Note"), tr("Goes with the decision"), m_desk->note(),
        [this](const QString& text) {
            m_desk->setNote(text);
            m_strip->close();
        },
        [this](const QString& text) { m_desk->setNote(text); });
}

void ReviewPage::snooze()
{
    if (m_asset.isEmpty())
        return;
    const AssetId asset = m_asset;
    const int row = m_queue.rowOf(asset);
    if (row < 0 || m_queue.rowCount() < 2)
        return say(tr("There is nothing else to show before it."));
    m_queue.moveToEnd(asset);
    openItem(m_queue.assetAt(std::min(row, m_queue.rowCount() - 2)));
    say(tr("Snoozed: it comes back at the end of the queue."));
}

void ReviewPage::commit()
{
    if (!m_item || m_committing)
        return;
    if (const auto complete = m_desk->check(); !complete) {
        const QString sentence = m_desk->verdict() ? decisionErrorText(complete.error())
                                                   : tr("Nothing is staged: press P, X, E, D or S first.");
        m_bar->setNotice(sentence);
        return say(sentence);
    }
    m_committing = true;
    refreshBar(); // at once, however slow the disk is; that it is saved is said only when it is
    const Decided decided {.shortId = m_item->row.shortId, .row = m_queue.rowOf(m_asset), .frame = m_player.frame()};
    m_workspace.tasks().run(
        this,
        [&workspace = m_workspace, request = m_desk->request(m_asset)] {
            return workbench::decide(workspace, request);
        },
        [this, decided](Result<workbench::DecisionOutcome> outcome) {
            m_committing = false;
            if (outcome)
                return committed(*outcome, decided);
            const QString sentence = decisionErrorText(outcome.error());
            refreshBar();
            m_bar->setNotice(sentence);
            say(sentence);
        });
}

void ReviewPage::committed(const workbench::DecisionOutcome& outcome, const Decided& given)
{
    Decided decided = given;
    decided.decision = outcome.decision;
    decided.leavesAt = outcome.leavesAt;
    m_desk->committed();
    refreshBar();
    const bool isDraft = outcome.decision.state == vidimus::moderation::DecisionState::Draft;
    const VerdictLook look = verdictLook(outcome.decision.verdict);
    if (outcome.alreadyStood) {
        say(tr("The same decision stands already."));
    } else {
        m_decided.add(decided);
        m_queuePanel->refreshUndo(m_workspace.clock().now());
    }
    const AssetId asset = outcome.decision.asset;
    if (isDraft) {
        m_desk->drop();
        readFacts();
        return say(tr("Another person's decision stands. Yours is kept as a draft."));
    }
    if (!outcome.alreadyStood)
        say(tr("%1 #%2").arg(look.done, decided.shortId));
    const bool isShown = asset == m_asset;
    m_desk->drop();
    saveReview();
    const int row = m_queue.rowOf(asset);
    if (showsWaiting())
        m_queue.remove(asset);
    queueRead();
    if (!isShown)
        return;
    if (!m_bar->autoAdvance()->isChecked()) {
        readFacts();
        return;
    }
    if (m_queue.rowCount() == 0)
        return showNothing();
    const int next = showsWaiting() ? row : row + 1;
    openItem(m_queue.assetAt(std::clamp(next, 0, m_queue.rowCount() - 1)));
}

void ReviewPage::undo()
{
    const Decided* last = m_decided.lastUndoable();
    if (!last)
        return say(tr("There is nothing to undo in this session."));
    const Decided decided = *last;
    m_workspace.tasks().run(
        this, [&workspace = m_workspace, id = decided.decision.id] { return workbench::undoDecision(workspace, id); },
        [this, decided](Result<vidimus::moderation::Decision> undone) {
            if (!undone)
                return say(decisionErrorText(undone.error()));
            m_decided.remove(decided.decision.id);
            m_queuePanel->refreshUndo(m_workspace.clock().now());
            if (showsWaiting())
                m_queue.insert(decided.row, decided.decision.asset);
            queueRead();
            openItem(decided.decision.asset, decided.frame);
            const VerdictLook look = verdictLook(decided.decision.verdict);
            say(tr("Undone: %1 #%2").arg(look.done, decided.shortId));
        });
}

void ReviewPage::sendNow()
{
    const Decided* last = m_decided.lastUndoable();
    if (!last)
        return;
    m_workspace.tasks().run(
        this, [&workspace = m_workspace, id = last->decision.id] { return workbench::sendDecisionNow(workspace, id); },
        [this, id = last->decision.id](Result<void> released) {
            if (!released && released.error().code != ErrorCode::NotFound)
                return say(decisionErrorText(released.error()));
            m_decided.released(id);
            m_queuePanel->refreshUndo(m_workspace.clock().now());
        });
}

void ReviewPage::readDecisions()
{
    if (m_decided.rowCount() == 0)
        return;
    m_workspace.tasks().run(
        this, [&workspace = m_workspace] { return workbench::recentDecisions(workspace, kRecent); },
        [this](Result<std::vector<vidimus::moderation::Decision>> decisions) {
            if (decisions)
                m_decided.update(*decisions);
            m_queuePanel->refreshUndo(m_workspace.clock().now());
        });
}

} // namespace vidimus::ui::moderation
