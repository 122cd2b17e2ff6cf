#pragma once

#include "core/workbench/rights_desk.h"
#include "ui/rights/engine.h"
#include "ui/rights/plan_clash.h"

#include <map>
#include <memory>

namespace vidimus::ui::rights {

/// One staged change as a row of the plan.
struct PlanRow {
    WindowId window; ///< empty: a deal or a title
    TitleId title;
    QString territory;
    QString what;
    QString before;
    QString after;
};

/// Edits of rules that are seen but not saved. Undo and redo work on whole steps, a dropped plan included. Ui thread.
class StagedPlan {
public:
    StagedPlan();

    /// The rules as saved. Edits that say what they say already fall away. What somebody else changed in a window that
    /// is edited here is taken into the edit where the edit says nothing of it; the rest is in clashes().
    void setBase(std::shared_ptr<const engine::RuleSet> base);
    [[nodiscard]] const engine::RuleSet& base() const { return *m_base; }

    /// One undo step for all that is given.
    void stage(const std::vector<engine::Rule>& put, const std::vector<WindowId>& remove = {},
        const std::vector<engine::Deal>& deals = {}, const std::vector<engine::Title>& titles = {});
    /// Stages a plan that was made on rules as it saw them; they may be others now.
    void take(const workbench::RightsPlan& plan);
    void unstage(const WindowId& window);
    /// What somebody else changed meanwhile and this plan changes too. While there is any, saving is refused.
    [[nodiscard]] std::vector<Clash> clashes() const;
    [[nodiscard]] bool hasClashes() const;
    /// Settles one of them; one undo step.
    void choose(const WindowId& window, int field, Side side);
    void drop();
    bool undo();
    bool redo();
    /// After it was saved: nothing is staged and nothing can be undone here.
    void clear();

    [[nodiscard]] bool isEmpty() const;
    [[nodiscard]] int count() const; ///< rows that applying writes
    [[nodiscard]] bool isStaged(const WindowId& window) const { return m_edits.rules.contains(window); }
    [[nodiscard]] bool isRemoved(const WindowId& window) const;
    /// As saved, or null.
    [[nodiscard]] const engine::Rule* saved(const WindowId& window) const;
    /// As staged, else as saved; a removed one as saved.
    [[nodiscard]] const engine::Rule* find(const WindowId& window) const;
    /// Rules added that are not saved yet.
    [[nodiscard]] std::vector<const engine::Rule*> added() const;
    [[nodiscard]] engine::RuleSet planned() const;
    [[nodiscard]] std::vector<engine::Deal> deals() const; ///< as planned
    [[nodiscard]] std::vector<engine::Title> titles() const; ///< as planned
    [[nodiscard]] workbench::RightsPlan toPlan(const QString& why) const;
    [[nodiscard]] std::vector<PlanRow> rows() const;

private:
    struct Edits {
        std::map<WindowId, Edit> rules; ///< nothing: removed
        std::map<WindowId, engine::Rule> seen; ///< as saved when the edit was made
        std::map<DealId, engine::Deal> deals;
        std::map<TitleId, engine::Title> titles;
        friend bool operator==(const Edits&, const Edits&) = default;
    };
    void push(Edits next);
    void prune();
    void followBase();

    std::shared_ptr<const engine::RuleSet> m_base; // shared with tasks that read it
    std::map<WindowId, std::size_t> m_index;
    Edits m_edits;
    std::vector<Edits> m_undo;
    std::vector<Edits> m_redo;
};

} // namespace vidimus::ui::rights
