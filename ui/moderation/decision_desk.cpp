#include "ui/moderation/decision_desk.h"

#include "core/moderation/decision_rules.h"
#include "ui/shell/registry_commands.h"

#include <QLocale>

namespace vidimus::ui::moderation {

using namespace Qt::StringLiterals;
using namespace widgets;
namespace rules = vidimus::moderation;

namespace {

constexpr std::size_t kRoomyKeys = 5;
constexpr qsizetype kShortTitle = 16; // letters that nine keys in one row have room for

/// The first words of a title, so that nine keys stand in one row; the staged row says it whole.
QString shortTitle(const QString& title)
{
    if (title.size() <= kShortTitle)
        return title;
    QStringList words = title.left(kShortTitle + 1).split(u' ');
    words.removeLast();
    // "Nudity and" says no more than "Nudity".
    while (words.size() > 1 && words.last().size() <= 3)
        words.removeLast();
    QString shortened = words.isEmpty() ? title.left(kShortTitle) : words.join(u' ');
    while (shortened.endsWith(u',') || shortened.endsWith(u':'))
        shortened.chop(1);
    return shortened + u'…';
}

} // namespace

DecisionDesk::DecisionDesk(const rules::Policy& policy, const rules::RoleSet& roles, QObject* parent)
    : QObject(parent)
    , m_policy(policy)
    , m_mayDecide(rules::may(roles, rules::Action::Decide))
{
}

bool DecisionDesk::takesReason() const
{
    return m_verdict == moderationVerdict::Reject || m_verdict == moderationVerdict::Escalate;
}

const std::vector<rules::Reason>& DecisionDesk::level() const
{
    const rules::Reason* reason = m_levelOf.isEmpty() ? nullptr : m_policy.find(m_levelOf);
    return reason ? reason->children : m_policy.reasons;
}

void DecisionDesk::stage(moderationVerdict verdict)
{
    if (!m_mayDecide)
        return Q_EMIT refused(decisionErrorText({ErrorCode::Denied, {}, "role"}));
    if (verdict == moderationVerdict::Pass && m_unreadable)
        return Q_EMIT refused(tr("Pass is off: the item cannot be seen."));
    m_verdict = verdict;
    m_levelOf.clear();
    if (!takesReason())
        m_reason.clear();
    Q_EMIT changed();
}

void DecisionDesk::pressDigit(int digit)
{
    if (!takesReason())
        return Q_EMIT refused(tr("Press X or E first, then the reason."));
    for (const rules::Reason& reason : level()) {
        if (reason.digit == digit)
            return chooseReason(reason.id);
    }
    Q_EMIT refused(tr("No reason has the key %1 here.").arg(digit));
}

void DecisionDesk::chooseReason(const QString& reasonId)
{
    const rules::Reason* reason = m_policy.find(reasonId);
    if (!reason || !takesReason())
        return;
    m_reason = reasonId;
    if (!reason->children.empty())
        m_levelOf = reasonId;
    Q_EMIT changed();
}

void DecisionDesk::rejectWithLastReason()
{
    if (m_lastReason.isEmpty())
        return Q_EMIT refused(tr("No reason was used yet in this session."));
    stage(moderationVerdict::Reject);
    if (m_verdict == moderationVerdict::Reject)
        chooseReason(m_lastReason);
}

void DecisionDesk::drop()
{
    m_verdict.reset();
    m_reason.clear();
    m_levelOf.clear();
    m_duplicateOf = {};
    m_duplicateName.clear();
    Q_EMIT changed();
}

void DecisionDesk::reset()
{
    m_note.clear();
    m_from.reset();
    m_to.reset();
    m_rangeText.clear();
    m_watchedShare = 0;
    m_unreadable = false;
    drop();
}

void DecisionDesk::setNote(const QString& note)
{
    m_note = note;
    Q_EMIT changed();
}

void DecisionDesk::setDuplicateOf(const AssetId& asset, const QString& name)
{
    m_duplicateOf = asset;
    m_duplicateName = name;
    Q_EMIT changed();
}

void DecisionDesk::setRange(std::optional<Milliseconds> from, std::optional<Milliseconds> to, const QString& text)
{
    m_from = from;
    m_to = to;
    m_rangeText = text;
    Q_EMIT changed();
}

void DecisionDesk::setWatchedShare(double share)
{
    if (qRound(share * 100) == qRound(m_watchedShare * 100)) {
        m_watchedShare = share;
        return;
    }
    m_watchedShare = share;
    Q_EMIT changed();
}

void DecisionDesk::setUnreadable(bool unreadable)
{
    if (unreadable == m_unreadable)
        return;
    m_unreadable = unreadable;
    if (unreadable && m_verdict == moderationVerdict::Pass)
        m_verdict.reset();
    Q_EMIT changed();
}

bool DecisionDesk::wantsNote() const
{
    const rules::Reason* reason = m_policy.find(m_reason);
    return m_verdict && reason && reason->requirements.note;
}

bool DecisionDesk::wantsDuplicate() const
{
    return m_verdict == moderationVerdict::Duplicate;
}

workbench::DecisionRequest DecisionDesk::request(const AssetId& asset) const
{
    return {.asset = asset,
        .verdict = m_verdict.value_or(moderationVerdict::Pass),
        .reason = m_reason,
        .note = m_note,
        .from = m_from,
        .to = m_to,
        .evidenceFrames = {},
        .duplicateOf = m_duplicateOf,
        .watchedShare = m_watchedShare};
}

Result<void> DecisionDesk::check() const
{
    if (!m_verdict)
        return Error {ErrorCode::Invalid, u"nothing is staged"_s, "nothing_staged"};
    const workbench::DecisionRequest wanted = request({});
    rules::Decision decision;
    decision.verdict = wanted.verdict;
    decision.reason = wanted.reason;
    decision.note = wanted.note;
    decision.from = wanted.from;
    decision.to = wanted.to;
    decision.duplicateOf = wanted.duplicateOf;
    return rules::checkComplete(decision, m_policy, m_watchedShare);
}

void DecisionDesk::committed()
{
    if (m_verdict == moderationVerdict::Reject && !m_reason.isEmpty())
        m_lastReason = m_reason;
}

std::vector<DecisionKey> DecisionDesk::actionKeys() const
{
    const QString noRole = m_mayDecide ? QString() : decisionErrorText({ErrorCode::Denied, {}, "role"});
    std::vector<DecisionKey> keys;
    for (const auto& [verdict, command] : {std::pair {moderationVerdict::Pass, "decide.pass"_L1},
             {moderationVerdict::Reject, "decide.reject"_L1}, {moderationVerdict::Escalate, "decide.escalate"_L1},
             {moderationVerdict::Duplicate, "decide.duplicate"_L1}}) {
        DecisionKey action {
            actionId(verdict), shell::actionKeyText(command), verdictLook(verdict).text, m_mayDecide, noRole};
        if (verdict == moderationVerdict::Pass && m_unreadable) {
            action.enabled = false;
            action.disabledReason = tr("Pass is off: the item cannot be seen.");
        }
        keys.push_back(std::move(action));
    }
    keys.push_back({u"snooze"_s, shell::actionKeyText("decide.snooze"_L1), tr("Snooze"), true, {}});
    return keys;
}

std::vector<DecisionKey> DecisionDesk::reasonKeys() const
{
    std::vector<DecisionKey> keys;
    for (const rules::Reason& reason : level())
        keys.push_back({reason.id, QString::number(reason.digit),
            level().size() > kRoomyKeys ? shortTitle(reason.title) : reason.title, true, {}});
    return keys;
}

StagedDecision DecisionDesk::staged() const
{
    if (!m_verdict)
        return {};
    const VerdictLook look = verdictLook(*m_verdict);
    StagedDecision staged {.actionId = actionId(*m_verdict),
        .reasonId = m_reason,
        .actionText = look.text,
        .iconName = look.iconName,
        .ink = look.ink,
        .isReject = m_verdict == moderationVerdict::Reject};
    if (const rules::Reason* reason = m_policy.find(m_reason)) {
        staged.reasonKey = reason->section;
        staged.reasonText = reason->title;
        if (reason->requirements.secondReviewer)
            staged.facts << tr("takes effect when a second person agrees");
    }
    if (!m_rangeText.isEmpty())
        staged.facts << tr("Range %1").arg(m_rangeText);
    if (!m_duplicateName.isEmpty())
        staged.facts << tr("of %1").arg(m_duplicateName);
    if (!m_note.isEmpty())
        staged.facts << tr("with a note");
    return staged;
}

QString DecisionDesk::notice() const
{
    const QString seen = tr("Seen %1 % at up to 4×").arg(QLocale().toString(qRound(m_watchedShare * 100)));
    const rules::Reason* reason = m_policy.find(m_reason);
    if (m_verdict) {
        if (const auto complete = check(); !complete && complete.error().reason != "watch_more")
            return decisionErrorText(complete.error());
    }
    if (reason && reason->requirements.minWatchedShare > 0)
        return tr("%1, policy asks for %2 %")
            .arg(seen, QLocale().toString(qRound(reason->requirements.minWatchedShare * 100)));
    return m_unreadable ? tr("Pass is off: the item cannot be seen.") : seen;
}

} // namespace vidimus::ui::moderation
