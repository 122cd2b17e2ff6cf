#pragma once

#include "core/base/state_archive.h"
#include "core/checks/engine/cell_counts.h"
#include "core/checks/engine/flash_cells.h"
#include "core/checks/engine/flash_track.h"
#include "core/checks/engine/flash_transitions.h"
#include "core/checks/engine/flash_windows.h"

#include <deque>

namespace vidimus::checks::engine {

/// Counts, for one standard, how many transitions lie in the second that ends with a frame, by time stamps: the largest
/// number that the cells of more than a quarter of the screen (or of some ten-degree window) have each made in that
/// second.
///
/// A transition counts when it is part of concurrent ones on more than that area: either all in one direction, or
/// in both where the same cells changed at the instant before. So opposite phases count like any other flashing, while
/// edges and textures that move across the picture, where other cells change at each instant, are not taken for it.
///
/// The second is half-open: two transitions exactly one second apart are not in the same one. Seven transitions whose
/// leading edges are as far apart as the standards accept count as six.
class FlashCounter {
public:
    explicit FlashCounter(bool tenDegrees)
        : m_windows(tenDegrees)
    {
    }
    /// \a frame and \a seconds rise from call to call.
    void addFrame(qint64 frame, double seconds, const FlashCells& cells, const Transitions& transitions);
    void state(StateArchive& archive);
    [[nodiscard]] FlashTrack takeTrack() { return std::move(m_track); }

private:
    struct Moment {
        qint64 frame = 0;
        double seconds = 0;
        int flashing = 0; ///< cells that flashed when this was the last moment
        std::vector<std::uint32_t> rises;
        std::vector<std::uint32_t> falls;
        bool countedRises = false;
        bool countedFalls = false;
        void state(StateArchive& archive)
        {
            archive(frame, seconds, flashing, rises, falls, countedRises, countedFalls);
        }
    };
    /// Where enough cells changed concurrently, in whatever direction.
    struct Instant {
        double seconds = 0;
        std::vector<std::uint8_t> changed;
        std::vector<Moment> moments; ///< that do not count so far
        void state(StateArchive& archive) { archive(seconds, changed, moments); }
    };
    [[nodiscard]] Moment newMoment(qint64 frame, double seconds); ///< with the memory of a spare one
    void spare(Moment moment);
    void reset(const FlashCells& cells);
    void expire(double seconds);
    void remember(qint64 frame, double seconds, const Transitions& transitions);
    /// Counts what waits, if it is enough at the same time. True when something was counted.
    [[nodiscard]] bool countConcurrent();
    /// Whether the waiting transitions of these directions are enough in some window. If so m_mask holds their cells
    /// and m_covered what such windows cover.
    [[nodiscard]] bool isLarge(bool rises, bool falls);
    [[nodiscard]] bool repeatsEarlierInstant();
    void noteInstant();
    /// Counts the transitions in m_covered that did not count so far.
    void count(Moment& moment, bool rises, bool falls);
    [[nodiscard]] FlashState measure(const FlashCells& cells);
    /// Cells that have made as many transitions, in m_mask.
    void maskCells(int transitions);
    void dropSpacedFlashes();
    [[nodiscard]] double spacing() const;
    void describe(int area, const FlashCells& cells, FlashState& state);

    int m_columns = 0;
    int m_rows = 0;
    int m_side = 0;
    FlashWindows m_windows;
    CellCounts m_counts; ///< transitions of each cell in the last second
    std::deque<Moment> m_waiting; ///< transitions of the last instant; count only if they are enough together
    std::deque<Moment> m_moments; ///< frames with transitions that count, in the last second
    std::deque<Instant> m_instants; ///< the last few
    std::vector<Moment> m_spare; ///< a few, for their memory
    std::deque<double> m_times; ///< of all frames in the last second
    std::vector<std::uint8_t> m_mask;
    std::vector<std::uint8_t> m_covered;
    FlashState m_state;
    FlashTrack m_track;
};

} // namespace vidimus::checks::engine
