#pragma once

#include "core/workbench/rights_desk.h"
#include "core/workbench/workspace.h"
#include "ui/rights/rights_page.h"
#include "ui/shell/main_window.h"

#include <QTemporaryDir>

namespace vidimus::ui::rights::tests {

/// A workspace in a folder of its own, with rules put in by applyRightsPlan(); no worker is started, and a catalog only
/// when its program is named.
class RightsFixture {
public:
    explicit RightsFixture(const QString& catalogProgram = {});
    ~RightsFixture();

    /// The demo's titles, deals and windows.
    void addDemoRights();
    void add(const workbench::RightsPlan& plan);
    [[nodiscard]] workbench::Workspace& workspace() { return *m_workspace; }
    /// A window with the page in it, shown and loaded.
    RightsPage& open(QSize size = {1920, 1080});
    [[nodiscard]] shell::MainWindow& window() { return *m_window; }
    [[nodiscard]] QString folder() const { return m_folder.path(); }
    [[nodiscard]] Instant today() const;
    [[nodiscard]] std::vector<engine::Rule> savedRules();

private:
    QTemporaryDir m_folder;
    SystemClock m_clock;
    std::unique_ptr<workbench::Workspace> m_workspace;
    std::unique_ptr<shell::MainWindow> m_window;
};

[[nodiscard]] engine::Title title(const QString& id, const QString& name);
[[nodiscard]] engine::Rule grant(const QString& id, const QString& title, const QStringList& countries,
    const QStringList& offers, std::optional<Instant> start, std::optional<Instant> end);
[[nodiscard]] Instant instant(const char* text);

} // namespace vidimus::ui::rights::tests
