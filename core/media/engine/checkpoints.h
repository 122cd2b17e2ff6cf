#pragma once

#include <QByteArray>
#include <algorithm>
#include <chrono>
#include <functional>
#include <utility>

namespace vidimus::media::engine {

/// Where the state of a sink goes from time to time, so that a pass that is stopped can go on from there.
struct Checkpoints {
    /// Called between two pictures, on the thread that calls the sink; empty: no state is made.
    std::function<void(QByteArray state)> save;
    std::chrono::milliseconds interval {5000};
};

/// Says when the next state is due: states that take long to make come less often, so that they stay below two per cent
/// of the work, and large ones too, because each is written to the disk: no more than a megabyte a second on average.
class CheckpointClock {
public:
    using Clock = std::chrono::steady_clock;

    [[nodiscard]] bool isDue(const Checkpoints& checkpoints) const
    {
        return checkpoints.save
            && Clock::now() - m_last
            >= std::max<Clock::duration>({checkpoints.interval, 50 * m_cost, std::chrono::microseconds(m_bytes)});
    }
    /// Makes a state and hands it over.
    template<class Make>
    void take(const Checkpoints& checkpoints, Make&& make)
    {
        const auto begin = Clock::now();
        QByteArray state = make();
        const qsizetype bytes = state.size();
        checkpoints.save(std::move(state));
        m_last = Clock::now();
        const bool isPaced = checkpoints.interval.count() > 0;
        m_cost = isPaced ? m_last - begin : Clock::duration(0);
        m_bytes = isPaced ? bytes : 0;
    }

private:
    Clock::time_point m_last = Clock::now();
    Clock::duration m_cost {0}; ///< of the last one
    qsizetype m_bytes = 0;
};

} // namespace vidimus::media::engine
