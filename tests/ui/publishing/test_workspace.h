#pragma once

#include "core/workbench/ingest.h"
#include "core/workbench/workspace.h"

#include <QTemporaryDir>

namespace vidimus::ui::tests {

/// A real workspace in a folder of its own, with worker, catalog and jobs running.
class TestWorkspace {
public:
    TestWorkspace();

    [[nodiscard]] bool isOpen() const { return m_workspace != nullptr; }
    [[nodiscard]] QString error() const { return m_error; }
    [[nodiscard]] workbench::Workspace& get() { return *m_workspace; }

    /// Adds a clip of tests/media.
    [[nodiscard]] workbench::IngestedAsset add(const QString& clip);
    /// Everything that lets a title pass its gates, each through its use case: checks, decision, renditions, rights.
    [[nodiscard]] bool clear(const workbench::IngestedAsset& asset);
    [[nodiscard]] bool license(const std::vector<TitleId>& titles);
    /// Until no job is queued or runs.
    [[nodiscard]] bool waitForJobs();
    /// What waits and why, for a test's message.
    [[nodiscard]] QString outboxText();

private:
    QTemporaryDir m_folder;
    std::unique_ptr<workbench::Workspace> m_workspace;
    QString m_error;
};

} // namespace vidimus::ui::tests
