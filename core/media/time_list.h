#pragma once

#include <QByteArray>
#include <QtGlobal>
#include <cstddef>
#include <initializer_list>
#include <ranges>
#include <span>
#include <vector>

namespace vidimus::media {

/// Whole numbers that change nearly evenly, as time stamps of frames do, in few bytes: a pass keeps those of every
/// frame of a file. Each block of kBlock numbers is kept as a line and the distances from it, 0, 1, 2, 4 or 8 bytes
/// wide (frame of reference, with a slope). Any numbers come out as they went in. Each is read at once. A value; const
/// functions from any thread.
class TimeList {
public:
    static constexpr std::size_t kBlock = 256;

    TimeList() = default;
    explicit(false) TimeList(std::span<const qint64> times);
    explicit(false) TimeList(const std::vector<qint64>& times)
        : TimeList(std::span(times))
    {
    }

    TimeList(std::initializer_list<qint64> times)
        : TimeList(std::span(times.begin(), times.size()))
    {
    }

    [[nodiscard]] std::size_t size() const { return m_blocks.size() * kBlock + m_open.size(); }
    [[nodiscard]] bool empty() const { return m_open.empty(); }
    [[nodiscard]] qint64 operator[](std::size_t index) const;
    [[nodiscard]] qint64 front() const { return (*this)[0]; }
    [[nodiscard]] qint64 back() const { return m_open.back(); }
    /// All of them, in their order, for algorithms. Valid while this is not changed.
    [[nodiscard]] auto values() const
    {
        return std::views::iota(std::size_t(0), size())
            | std::views::transform([this](std::size_t index) { return (*this)[index]; });
    }
    [[nodiscard]] std::vector<qint64> dense() const;

    void push_back(qint64 time);

    friend bool operator==(const TimeList&, const TimeList&) = default;

private:
    /// Number n is base + n · step + its distance; all without a sign, so that nothing can overflow.
    struct Block {
        quint64 base = 0;
        quint64 step = 0;
        int width = 0; ///< bytes a distance
        QByteArray distances;

        friend bool operator==(const Block&, const Block&) = default;
    };
    void close();

    std::vector<Block> m_blocks; ///< all full
    std::vector<qint64> m_open; ///< the last 1…kBlock numbers; empty when there are none
};

} // namespace vidimus::media
