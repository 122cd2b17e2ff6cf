#pragma once

#include "core/base/cold_bytes.h"

#include <algorithm>
#include <cstddef>
#include <ranges>
#include <type_traits>
#include <vector>

namespace vidimus {

/// A list that only grows, for what work gathers over hours: full blocks are ColdBytes. A value; const functions from
/// any thread.
template<class Value>
    requires std::is_trivially_copyable_v<Value>
class LongList {
public:
    static constexpr std::size_t kBlock = sizeof(Value) < 4096 ? 4096 / sizeof(Value) : 1;

    [[nodiscard]] std::size_t size() const { return m_full.size() * kBlock + m_open.size(); }
    [[nodiscard]] bool empty() const { return m_open.empty(); }
    [[nodiscard]] Value operator[](std::size_t index) const
    {
        const std::size_t block = index / kBlock;
        if (block == m_full.size())
            return m_open[index % kBlock];
        Value value;
        m_full[block].read(
            static_cast<qsizetype>(index % kBlock * sizeof(Value)), {reinterpret_cast<char*>(&value), sizeof(Value)});
        return value;
    }
    [[nodiscard]] const Value& back() const { return m_open.back(); }
    [[nodiscard]] Value& back() { return m_open.back(); }
    /// All of them, in their order. Valid while this is not changed.
    [[nodiscard]] auto values() const
    {
        return std::views::iota(std::size_t(0), size())
            | std::views::transform([this](std::size_t index) { return (*this)[index]; });
    }
    /// All of them, laid out one after the other.
    [[nodiscard]] std::vector<Value> dense() const
    {
        std::vector<Value> values(size());
        std::size_t at = 0;
        for (const ColdBytes& block : m_full) {
            block.read(0, {reinterpret_cast<char*>(values.data() + at), kBlock * sizeof(Value)});
            at += kBlock;
        }
        std::ranges::copy(m_open, values.begin() + static_cast<std::ptrdiff_t>(at));
        return values;
    }

    void push_back(const Value& value)
    {
        if (m_open.size() == kBlock) {
            m_full.emplace_back(QByteArray(
                reinterpret_cast<const char*>(m_open.data()), static_cast<qsizetype>(kBlock * sizeof(Value))));
            m_open.clear();
        }
        m_open.push_back(value);
    }

    void state(StateArchive& archive)
    {
        archive(m_full, m_open);
        const auto fits = [](const ColdBytes& block) { return block.size() == qsizetype(kBlock * sizeof(Value)); };
        if (archive.isReading()
            && (!std::ranges::all_of(m_full, fits) || m_open.size() > kBlock || (m_open.empty() && !m_full.empty())))
            archive.refuse();
    }

private:
    std::vector<ColdBytes> m_full;
    std::vector<Value> m_open; ///< the last 1…kBlock values; empty when there are none
};

} // namespace vidimus
