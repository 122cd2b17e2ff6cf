#pragma once

#include "core/base/cold_bytes.h"

#include <compare>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <span>
#include <vector>

namespace vidimus::checks {

/// Whole numbers in the order they were added, in few bytes: a pass keeps dozens of series for every frame, and most of
/// them hardly move. Each block of kBlock numbers is kept as their least one and the distances from it, 0, 1, 2 or 4
/// bytes wide (frame of reference; Goldstein, Ramakrishnan and Shaft, "Compressing relations and indexes", ICDE 1998);
/// full blocks are ColdBytes. Any number is read at once. A value; const functions from any thread.
class CodeList {
public:
    static constexpr std::size_t kBlock = 1024;

    class Iterator;

    CodeList() = default;
    explicit(false) CodeList(std::span<const qint32> codes);
    explicit(false) CodeList(const std::vector<qint32>& codes)
        : CodeList(std::span(codes))
    {
    }

    CodeList(std::initializer_list<qint32> codes)
        : CodeList(std::span(codes.begin(), codes.size()))
    {
    }

    [[nodiscard]] std::size_t size() const { return m_blocks.size() * kBlock + m_open.size(); }
    [[nodiscard]] bool empty() const { return m_open.empty(); }
    /// What the full blocks take.
    [[nodiscard]] std::size_t bytes() const;
    [[nodiscard]] qint32 operator[](std::size_t index) const;
    [[nodiscard]] qint32 front() const { return (*this)[0]; }
    [[nodiscard]] qint32 back() const { return m_open.back(); }
    [[nodiscard]] Iterator begin() const;
    [[nodiscard]] Iterator end() const;
    /// The numbers of [first, last), laid out one after the other.
    [[nodiscard]] std::vector<qint32> dense(std::size_t first, std::size_t last) const;

    void push_back(qint32 code);
    void setBack(qint32 code) { m_open.back() = code; }

    /// Written as it is packed.
    void state(StateArchive& archive);

    friend bool operator==(const CodeList& a, const CodeList& b);

private:
    struct Block {
        qint32 least = 0;
        int width = 0; ///< bytes a number
        ColdBytes distances;

        void state(StateArchive& archive) { archive(least, width, distances); }
    };
    void close();

    std::vector<Block> m_blocks; ///< all full
    std::vector<qint32> m_open; ///< the last 1…kBlock numbers; empty when there are none
};

class CodeList::Iterator {
public:
    using iterator_category = std::random_access_iterator_tag;
    using value_type = qint32;
    using difference_type = std::ptrdiff_t;
    using reference = qint32;
    using pointer = void;

    Iterator() = default;
    Iterator(const CodeList* list, std::ptrdiff_t index)
        : m_list(list)
        , m_index(index)
    {
    }

    qint32 operator*() const { return (*m_list)[static_cast<std::size_t>(m_index)]; }
    qint32 operator[](std::ptrdiff_t distance) const { return *(*this + distance); }
    Iterator& operator++() { return *this += 1; }
    Iterator operator++(int) { return std::exchange(*this, *this + 1); }
    Iterator& operator--() { return *this -= 1; }
    Iterator operator--(int) { return std::exchange(*this, *this - 1); }
    Iterator& operator+=(std::ptrdiff_t distance)
    {
        m_index += distance;
        return *this;
    }
    Iterator& operator-=(std::ptrdiff_t distance) { return *this += -distance; }
    friend Iterator operator+(Iterator at, std::ptrdiff_t distance) { return at += distance; }
    friend Iterator operator+(std::ptrdiff_t distance, Iterator at) { return at += distance; }
    friend Iterator operator-(Iterator at, std::ptrdiff_t distance) { return at -= distance; }
    friend std::ptrdiff_t operator-(const Iterator& a, const Iterator& b) { return a.m_index - b.m_index; }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.m_index == b.m_index; }
    friend auto operator<=>(const Iterator& a, const Iterator& b) { return a.m_index <=> b.m_index; }

private:
    const CodeList* m_list = nullptr;
    std::ptrdiff_t m_index = 0;
};

inline CodeList::Iterator CodeList::begin() const
{
    return {this, 0};
}

inline CodeList::Iterator CodeList::end() const
{
    return {this, static_cast<std::ptrdiff_t>(size())};
}

} // namespace vidimus::checks
