#pragma once

#include "core/checks/engine/run_checks.h"
#include "core/transcode/engine/fix_file.h"
#include "core/transcode/propose_fix.h"
#include "support/generated_clip.h"

#include <QTemporaryDir>
#include <optional>

namespace vidimus::test {

/// A generated clip, what is wrong with it, and the corrected copy. Each step fills the next members; a step that fails
/// says why in \a failure.
struct CorrectedClip {
    QTemporaryDir folder;
    QString before = folder.filePath(QStringLiteral("before.mp4"));
    QString after = folder.filePath(QStringLiteral("after"));
    checks::Profile profile = checks::defaultProfile();
    QString failure;
    checks::Report report; ///< of the clip
    transcode::FixProposal proposal;
    transcode::FixedFile file;
    checks::Report reportAfter;

    [[nodiscard]] bool write(const GeneratedClip& clip);
    /// Checks the clip and makes a proposal; nothing is written.
    [[nodiscard]] bool propose(const QStringList& ids);
    [[nodiscard]] bool correct(); ///< makes the copy and checks it with the same checks
    [[nodiscard]] bool run(const GeneratedClip& clip, const QStringList& ids)
    {
        return write(clip) && propose(ids) && correct();
    }
    [[nodiscard]] const transcode::FixRefusal* refusal(const QString& check) const;
    [[nodiscard]] static checks::CheckOutcome outcome(const checks::Report& report, const QString& id);
    [[nodiscard]] static double measured(const checks::Report& report, const QString& id, const QString& name);
};

/// Everything that one check profile says of a file.
[[nodiscard]] Result<checks::engine::CheckRun> checkFile(const QString& path, const checks::Profile& profile);
/// The bytes of each packet of one stream.
[[nodiscard]] std::vector<QByteArray> packetsOf(const QString& path, int stream);

} // namespace vidimus::test
