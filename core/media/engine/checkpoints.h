#pragma once

#include <QByteArray>
#include <chrono>
#include <functional>

namespace vidimus::media::engine {

/// Where the state of a sink goes from time to time, so that a pass that is stopped can go on from there.
struct Checkpoints {
    /// Called between two pictures, on the thread that calls the sink; empty: no state is made.
    std::function<void(QByteArray state)> save;
    std::chrono::milliseconds interval {5000};
};

/// Says when the next state is due: states that take long to make come less often, so that they stay below two per cent
/// of the work.
class CheckpointClock {
public:
    using Clock = std::chrono::steady_clock;

    [[nodiscard]] bool isDue(const Checkpoints& checkpoints) const
    {
        return checkpoints.save
            && Clock::now() - m_last >= std::max<Clock::duration>(checkpoints.interval, 50 * m_cost);
    }
    /// Makes a state and hands it over.
    template<class Make>
    void take(const Checkpoints& checkpoints, Make&& make)
    {
        const auto begin = Clock::now();
        checkpoints.save(make());
        m_last = Clock::now();
        m_cost = checkpoints.interval.count() > 0 ? m_last - begin : Clock::duration(0);
    }

private:
    Clock::time_point m_last = Clock::now();
    Clock::duration m_cost {0}; ///< of the last one
};

} // namespace vidimus::media::engine
