#pragma once

#include "core/base/cancel.h"
#include "core/base/durable_file.h"
#include "core/transcode/output_sink.h"
#include "core/transcode/plan.h"

#include <map>

namespace vidimus::transcode {

/// The folder of one transcode on the parent's side. A file gets its final name only when it is complete and on the
/// disk; "journal.jsonl" has one line for each finished output, so a run that was killed is continued and nothing
/// finished is made twice. The master playlist is removed when a run starts with work left and comes back as the last
/// step. One thread at a time.
class SegmentStore : public OutputSink {
public:
    /// Makes the folders, removes temporary files that a killed run left, and keeps those outputs of the journal that
    /// have the same segment key and whose bytes have the noted hash; others are removed.
    /// Errors: Io, DiskFull, Denied, Canceled.
    [[nodiscard]] static Result<SegmentStore> open(const QString& folder, const Plan& plan,
        const QByteArray& sourceSha256, const QString& encoderId, const CancelToken& cancel = {});
    SegmentStore(SegmentStore&&) noexcept = default;
    ~SegmentStore() override;

    /// What need not be made again; give it to the worker in its request.
    [[nodiscard]] QList<FinishedOutput> finished() const;
    [[nodiscard]] bool isComplete() const; ///< the master playlist is there

    /// Errors: Denied (a key that the plan does not have, or that is open or finished), Io, DiskFull.
    [[nodiscard]] Result<int> open(const OutputKey& key) override;
    /// Reads the file back and compares size and hash before it commits: the worker is not believed.
    /// Errors: Denied (not open), Corrupt, Io, DiskFull.
    [[nodiscard]] Result<void> finish(const FinishedOutput& output) override;

private:
    SegmentStore(QString folder, Plan plan, QByteArray sourceSha256, QString encoderId);
    [[nodiscard]] Result<void> readJournal(const CancelToken& cancel);
    [[nodiscard]] Result<void> openJournal();
    [[nodiscard]] QByteArray journalLine(const FinishedOutput& output) const;
    [[nodiscard]] QString pathOf(const OutputKey& key) const;

    QString m_folder;
    Plan m_plan;
    QByteArray m_sourceSha256;
    QString m_encoderId;
    UniqueFd m_journal;
    std::map<OutputKey, FinishedOutput> m_finished;
    std::map<OutputKey, DurableFile> m_open;
};

} // namespace vidimus::transcode
