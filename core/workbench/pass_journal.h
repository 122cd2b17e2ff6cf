#pragma once

#include "core/base/result.h"
#include "core/base/unique_fd.h"
#include "core/checks/profile.h"
#include "core/workbench/workspace_paths.h"
#include "core/worker/pass_request.h"

namespace vidimus::workbench {

/// Keeps the state of a pass over one file in a folder, and beside it what the pass gathered, so that a pass that was
/// stopped (also by SIGKILL or a power cut) goes on where it was. A state belongs to exactly these bytes, this profile,
/// this kind of pass and this build of the worker; anything else finds nothing. States of a week ago and all but the
/// latest few are removed.
class PassJournal : public worker::PassKeeper {
public:
    enum class Kind { Checks, ChecksAndFingerprint };
    /// \a input: the open file. A folder that cannot be made means that nothing is kept.
    PassJournal(const QString& folder, int input, const checks::Profile& profile, Kind kind);
    /// What was gathered goes with it when no state needs it.
    ~PassJournal() override;

    [[nodiscard]] std::chrono::milliseconds interval() const override;
    [[nodiscard]] worker::PassState load() override;
    [[nodiscard]] int scratch(bool keep) override;
    void save(const worker::PassState& state) override;
    void clear() override;

    [[nodiscard]] bool hasState() const;
    /// Where the state stands; empty when nothing can be kept.
    [[nodiscard]] QString path() const { return m_path; }

private:
    QString m_path;
    UniqueFd m_scratch;
    bool m_isFull = false; ///< nothing more can be kept: the pass goes on, without newer states
};

/// Of passes over files of a workspace.
[[nodiscard]] QString passFolder(const WorkspacePaths& paths);
/// Of `vidimus check PATH`: in the person's cache folder (XDG).
[[nodiscard]] QString passFolder();

} // namespace vidimus::workbench
