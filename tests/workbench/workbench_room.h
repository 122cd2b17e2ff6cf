#pragma once

#include "core/audit/log_entry.h"
#include "core/catalog/operation.h"
#include "core/workbench/ingest.h"
#include "core/workbench/workspace.h"

#include <QTemporaryDir>

namespace vidimus::test {

/// A workspace in a folder of its own, with the real workers and the real catalog program.
class WorkbenchRoom {
public:
    WorkbenchRoom();

    [[nodiscard]] workbench::Workspace& workspace() { return *m_workspace; }
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    [[nodiscard]] QString folder() const { return path(QStringLiteral("workspace")); }
    /// Closes and opens it again, as another profile if one is named.
    void reopen(const QString& profile = {});
    void close() { m_workspace.reset(); }
    /// Where vidimus-catalogd is said to be from the next reopen() on; somewhere it is not makes the catalog absent.
    void setCatalogProgram(const QString& path) { m_catalogProgram = path; }
    /// Makes a person with only these roles, and a profile of that name.
    void addProfile(const QString& name, const moderation::RoleSet& roles);

    [[nodiscard]] workbench::IngestedAsset ingestClip(const char* name = "talking_head_mono.mp4");
    /// The newest entries of the log, newest first.
    [[nodiscard]] std::vector<audit::LogEntry> log(int limit = 100);
    [[nodiscard]] std::vector<catalog::Operation> outbox();

private:
    QTemporaryDir m_folder;
    QString m_catalogProgram;
    std::unique_ptr<workbench::Workspace> m_workspace;
};

[[nodiscard]] QString clipPath(const char* name);

} // namespace vidimus::test
