#pragma once

#include "core/base/cancel.h"
#include "core/workbench/rights_import.h"
#include "core/workbench/rules_cache.h"
#include "ui/rights/cell_edit.h"
#include "ui/rights/live_at.h"
#include "ui/rights/plan_measure.h"
#include "ui/rights/staged_plan.h"

#include <QObject>
#include <QPointer>

class QTimer;

namespace vidimus::ui::rights {

/// The page's state: saved rules, staged plan, what it would do, the as-of instant. Everything slow runs as a task;
/// results that a later question overtook are dropped. What
/// it does lies in rights_session_edits.cpp, _desk.cpp and _measure.cpp. Ui thread.
class RightsSession : public QObject {
    Q_OBJECT

public:
    enum class State { Loading, Ready, Failed };

    /// \a workspace outlives the session.
    explicit RightsSession(workbench::Workspace& workspace, QObject* parent = nullptr);
    ~RightsSession() override;

    void reload();
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const StagedPlan& plan() const { return m_plan; }
    [[nodiscard]] const PlanMeasure& measure() const { return m_measure; }
    [[nodiscard]] bool isMeasured() const { return m_measured; }
    /// measure().rules as the workspace compiled them; null while they are not, and while a plan is staged.
    [[nodiscard]] std::shared_ptr<const workbench::CompiledRights> compiled() const;
    [[nodiscard]] Instant now() const;
    [[nodiscard]] bool mayEdit() const;

    /// The titles that the page is about; empty: all.
    void setShown(std::vector<TitleId> titles);
    [[nodiscard]] const std::vector<TitleId>& shown() const { return m_shown; }
    void setAt(Instant at);
    [[nodiscard]] Instant at() const { return m_at; }
    [[nodiscard]] const LiveAt& live() const { return m_live; }

    void stage(const std::vector<engine::Rule>& put, const std::vector<WindowId>& remove = {},
        const std::vector<engine::Deal>& deals = {}, const std::vector<engine::Title>& titles = {});
    /// As planned; removed ones are left out.
    [[nodiscard]] std::vector<engine::Rule> rulesOf(const std::vector<WindowId>& windows) const;
    /// Stages one change of several windows as one step; \a change gives the window as it shall be.
    void change(const std::vector<WindowId>& windows, const std::function<engine::Rule(const engine::Rule&)>& change);
    /// Stages what was typed into a cell, for all the windows or for none; tells why it cannot be.
    void edit(const std::vector<WindowId>& windows, Column column, const QString& text);
    void edit(const WindowId& window, Column column, const QString& text) { edit(std::vector {window}, column, text); }
    /// Stages cells of a spreadsheet over \a targets, all or none.
    void paste(const QString& text, const std::vector<WindowId>& targets, Column column);
    /// Stages one window in place of several that touch.
    void merge(const std::vector<WindowId>& windows);
    void unstage(const WindowId& window);
    void drop();
    bool undo();
    bool redo();
    /// Refused while the plan has clashes.
    void apply();
    /// Settles what somebody else changed meanwhile.
    void choose(const std::vector<Clash>& clashes, Side side);
    /// Stages a plan that another person made, on the rules as that person saw them.
    void take(const workbench::RightsPlan& plan);
    /// Leaves the plan to a second person; nothing of it is in force.
    void keepDraft();
    /// Keeps a window as what its licensor's windows look like.
    void keepTemplate(const engine::Rule& rule);
    /// Stages a window of the licensor's template for the title and deal of \a like, at the as-of instant.
    void addFromTemplate(const engine::Rule& like);
    [[nodiscard]] bool isApplying() const { return m_applying; }
    /// Reads the file as a dry run and stages what it means, in place of what reading it before meant; errors of rows
    /// come with importRead().
    void readImport(const workbench::RightsImport& import);
    void explain(const engine::Query& query);

Q_SIGNALS:
    void stateChanged();
    void planChanged(); ///< rules, plan or titles shown
    void measured();
    void atChanged();
    void liveChanged();
    void explained(const vidimus::rights::Query& query, const vidimus::rights::Explanation& explanation);
    /// \a held: rows of it are bad and nobody said to leave them out, so that nothing of it is staged.
    void importRead(const QString& file, const vidimus::avails::ImportPlan& plan, bool held);
    void importFailed(const QString& sentence);
    void pasted(int changed, int added);
    void merged(int count);
    void drafted();
    void templateKept(const QString& licensor);
    void templateMissing(const QString& licensor);
    void added(const vidimus::WindowId& window);
    void applied(int count);
    void failed(const vidimus::Error& error); ///< in words beside the plan
    void loadFailed(const vidimus::Error& error);

private:
    [[nodiscard]] QString licensorOf(const DealId& deal) const;
    void takeView(const std::shared_ptr<const workbench::RulesView>& view);
    void changed();
    [[nodiscard]] bool refuseClashes();
    void startMeasure();
    void startLive();

    workbench::Workspace& m_workspace;
    StagedPlan m_plan;
    PlanMeasure m_measure;
    LiveAt m_live;
    std::shared_ptr<const workbench::RulesView> m_view; // the workspace's own, shared
    std::vector<TitleId> m_shown;
    CancelSource m_measureCancel;
    CancelSource m_liveCancel;
    QTimer* m_measureTimer;
    Instant m_at {};
    State m_state = State::Loading;
    int m_measureTurn = 0;
    int m_liveTurn = 0;
    int m_explainTurn = 0;
    int m_importTurn = 0;
    bool m_importOnTop = false; ///< the newest undo step is what an import staged
    bool m_measured = false;
    bool m_applying = false;
};

} // namespace vidimus::ui::rights
