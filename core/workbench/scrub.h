#pragma once

#include "core/workbench/original_reader.h"

#include <QJsonObject>
#include <deque>
#include <optional>
#include <vector>

namespace vidimus::workbench {

class Workspace;

/// In so many days all originals are read back once: a share of their bytes a day.
constexpr int kScrubDays = 30;

/// How many bytes may be read now. A day's share grows back in a day; what could not be read is kept for three, so that
/// a weekend is caught up with. A file larger than that is read at once and waited for afterwards.
struct ScrubBudget {
    static constexpr int kKeptDays = 3;
    qint64 bytes = 0; ///< negative after a large file
    Instant at {}; ///< when that was true; the epoch: nothing was ever read
    friend bool operator==(const ScrubBudget&, const ScrubBudget&) = default;
};
/// What \a budget has become; a clock that was set back gives nothing. Pure.
[[nodiscard]] ScrubBudget grown(const ScrubBudget& budget, qint64 allBytes, Instant now);

/// Reads originals back from the disk, first those whose bytes were seen the longest ago. What came of each is kept at
/// once, so another scrubber goes on from there; a file that was being read is begun anew. One thread at a time;
/// several may work on one workspace.
class Scrubber {
public:
    enum class Scope {
        Share, ///< what the day's share allows, and nothing twice a day
        All, ///< every original once; goes on with a run that was stopped
    };
    struct Slice {
        qint64 bytes = 0;
        int originals = 0; ///< that were read to their end, or could not be
        bool isOver = false; ///< nothing is to be read now
    };

    /// Both outlive it.
    Scrubber(Workspace& workspace, Scope scope, const Clock& clock);

    /// Reads about \a bytes and returns, so that whoever calls may wait between two calls for as long as it likes.
    /// Damage is kept as a result and is no error. Errors: Io (originals cannot be opened at all; nothing is said of
    /// them), those of the store.
    [[nodiscard]] Result<Slice> readOn(qint64 bytes);

    [[nodiscard]] qint64 bytesDone() const { return m_bytesDone + (m_reader ? m_reader->position() : 0); }
    [[nodiscard]] qint64 bytesInAll() const { return m_bytesInAll; } ///< of Scope::All, after the first call

private:
    using Results = std::vector<store::ScrubResult>;
    [[nodiscard]] Result<void> begin();
    [[nodiscard]] Result<void> fetch();
    [[nodiscard]] Result<void> readFront(qint64 bytes, Results& results, Slice& slice);
    [[nodiscard]] Result<void> keep(const Results& results, const Slice& slice);

    Workspace& m_workspace;
    Scope m_scope;
    const Clock& m_clock;
    bool m_hasBegun = false;
    ScrubBudget m_budget; ///< Share, as it is kept
    qint64 m_spent = 0; ///< of it, not kept yet
    Instant m_since {}; ///< All: when the run began
    qint64 m_allBytes = 0;
    qint64 m_bytesInAll = 0;
    qint64 m_bytesDone = 0;
    std::deque<store::StoredOriginal> m_waiting;
    std::optional<OriginalReader> m_reader; ///< of the first that waits
};

/// What is known of the originals, over the last kScrubDays. Errors: Io.
[[nodiscard]] Result<store::ScrubTotals> scrubTotals(Workspace& workspace);
/// In words for a terminal: "41 of 42 originals were read back within 30 days, 0 damaged; last 2026-…".
[[nodiscard]] QString sentenceOf(const store::ScrubTotals& totals);

} // namespace vidimus::workbench
