#pragma once

#include <cstdint>
#include <vector>

namespace vidimus::rights {

/// A set of interned site or offer names. Index 0 stands for every name that no rule mentions, so "*" simply has all
/// bits. Sets of one rule set have equal length.
class NameSet {
public:
    NameSet() = default;
    NameSet(std::size_t names, bool all)
        : m_words((names + 64) / 64, all ? ~std::uint64_t {0} : 0)
    {
        if (all && (names + 1) % 64 != 0)
            m_words.back() = (std::uint64_t {1} << ((names + 1) % 64)) - 1;
    }
    void insert(std::size_t index) { m_words[index / 64] |= std::uint64_t {1} << (index % 64); }
    [[nodiscard]] bool contains(std::size_t index) const { return (m_words[index / 64] >> (index % 64) & 1) != 0; }
    [[nodiscard]] bool isEmpty() const
    {
        for (const std::uint64_t word : m_words) {
            if (word != 0)
                return false;
        }
        return true;
    }
    [[nodiscard]] bool intersects(const NameSet& other) const
    {
        for (std::size_t i = 0; i < m_words.size(); ++i) {
            if ((m_words[i] & other.m_words[i]) != 0)
                return true;
        }
        return false;
    }
    [[nodiscard]] bool covers(const NameSet& other) const
    {
        for (std::size_t i = 0; i < m_words.size(); ++i) {
            if ((other.m_words[i] & ~m_words[i]) != 0)
                return false;
        }
        return true;
    }
    [[nodiscard]] const std::vector<std::uint64_t>& words() const { return m_words; }
    friend auto operator<=>(const NameSet&, const NameSet&) = default;

private:
    std::vector<std::uint64_t> m_words;
};

} // namespace vidimus::rights
