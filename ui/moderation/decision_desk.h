#pragma once

#include "core/moderation/policy.h"
#include "core/moderation/role.h"
#include "core/workbench/decide.h"
#include "ui/widgets/decision_bar.h"

#include <QObject>

namespace vidimus::ui::moderation {

using moderationVerdict = vidimus::moderation::Verdict;

/// What is staged for the open item, and the words for it. Knows keys and policy, no widgets and no store. Ui thread.
class DecisionDesk : public QObject {
    Q_OBJECT

public:
    /// \a policy outlives the desk.
    DecisionDesk(const vidimus::moderation::Policy& policy, const vidimus::moderation::RoleSet& roles,
        QObject* parent = nullptr);

    /// Idempotent: staging the same verdict again changes nothing but goes back to the first level of reasons.
    void stage(moderationVerdict verdict);
    /// A reason of the level that is shown; goes one level down when it has children.
    void pressDigit(int digit);
    void rejectWithLastReason();
    void chooseReason(const QString& reasonId);
    void drop();
    /// Another item: nothing is staged, the last reason stays known.
    void reset();

    void setNote(const QString& note);
    void setDuplicateOf(const AssetId& asset, const QString& name);
    void setRange(std::optional<Milliseconds> from, std::optional<Milliseconds> to, const QString& text);
    void setWatchedShare(double share);
    /// Pass is off while the item cannot be read.
    void setUnreadable(bool unreadable);

    [[nodiscard]] std::optional<moderationVerdict> verdict() const { return m_verdict; }
    [[nodiscard]] const QString& reasonId() const { return m_reason; }
    [[nodiscard]] const QString& note() const { return m_note; }
    [[nodiscard]] bool wantsNote() const; ///< the reason asks for one
    [[nodiscard]] bool wantsDuplicate() const;
    /// Whether Enter may commit. Errors: Invalid with the reason of moderation::checkComplete.
    [[nodiscard]] Result<void> check() const;
    [[nodiscard]] workbench::DecisionRequest request(const AssetId& asset) const;
    void committed(); ///< remembers the reason for Shift+X

    [[nodiscard]] std::vector<widgets::DecisionKey> actionKeys() const;
    [[nodiscard]] std::vector<widgets::DecisionKey> reasonKeys() const;
    [[nodiscard]] widgets::StagedDecision staged() const;
    /// The sentence before Commit.
    [[nodiscard]] QString notice() const;

Q_SIGNALS:
    void changed();
    /// Something could not be done, in words.
    void refused(const QString& sentence);

private:
    [[nodiscard]] const std::vector<vidimus::moderation::Reason>& level() const;
    [[nodiscard]] bool takesReason() const;

    const vidimus::moderation::Policy& m_policy;
    bool m_mayDecide;
    std::optional<moderationVerdict> m_verdict;
    QString m_reason;
    QString m_lastReason;
    QString m_levelOf; ///< the reason whose children are shown; empty: the first level
    QString m_note;
    AssetId m_duplicateOf;
    QString m_duplicateName;
    std::optional<Milliseconds> m_from;
    std::optional<Milliseconds> m_to;
    QString m_rangeText;
    double m_watchedShare = 0;
    bool m_unreadable = false;
};

/// Id of the key of a verdict in the decision bar: "pass".
[[nodiscard]] QString actionId(moderationVerdict verdict);
/// "Reject", and its icon and ink.
struct VerdictLook {
    QString text; ///< as an action: "Reject"
    QString done; ///< as a state: "Rejected"
    QString iconName;
    widgets::Ink ink = widgets::Ink::Text;
};
[[nodiscard]] VerdictLook verdictLook(moderationVerdict verdict);
/// A sentence for why a decision is not complete, or was refused.
[[nodiscard]] QString decisionErrorText(const Error& error);

} // namespace vidimus::ui::moderation
