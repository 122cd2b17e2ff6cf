#pragma once

#include "core/base/result.h"
#include "ui/shell/workspace_page.h"

class QStackedLayout;

namespace vidimus::ui::widgets {
class ErrorCard;
class NoticeStrip;
} // namespace vidimus::ui::widgets

namespace vidimus::studio {

/// What a person can do about a workspace that does not open.
enum class OpeningStep { TryAgain, Salvage, RestoreNewest, RestoreFrom, LastProfile, OtherFolder, Quit };
/// The ways out of an error of WorkspaceOpener, the best first. Pure.
[[nodiscard]] std::vector<OpeningStep> stepsFor(const Error& error, bool hasBackups);

/// Stands in the window until the workspace is open: the outlines of what will come, or why it does not open and what
/// to do about it.
class OpeningPage : public ui::shell::WorkspacePage {
    Q_OBJECT

public:
    explicit OpeningPage(QWidget* parent = nullptr);

    void showWaiting();
    /// Work that takes longer: "Salvaging…" with its share (negative: not known).
    void showWork(const QString& sentence, double share);
    void showProblem(const Error& error, const std::vector<OpeningStep>& steps);
    /// The problem that is shown, if one is.
    [[nodiscard]] const std::optional<Error>& problem() const { return m_problem; }
    [[nodiscard]] QWidget* baseFocus() override;

Q_SIGNALS:
    void stepChosen(vidimus::studio::OpeningStep step);

private:
    QStackedLayout* m_stack;
    QWidget* m_skeleton;
    ui::widgets::NoticeStrip* m_work;
    QWidget* m_problemPage = nullptr;
    QWidget* m_firstStep = nullptr;
    std::optional<Error> m_problem;
};

} // namespace vidimus::studio
