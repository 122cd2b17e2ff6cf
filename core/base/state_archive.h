#pragma once

#include <QByteArray>
#include <QString>
#include <array>
#include <cstring>
#include <deque>
#include <map>
#include <optional>
#include <type_traits>
#include <vector>

namespace vidimus {

/// Writes the state of work that may be stopped, or reads it back: the same calls in the same order do both. For bytes
/// that this very program wrote (they hold the machine's own layout); reading is bounded by them, and once something
/// does not fit all that follows stays as it is. A class takes part with `void state(StateArchive&)`, a plain struct
/// elsewhere with `describeState(StateArchive&, T&)` beside it. One thread.
class StateArchive {
public:
    StateArchive() = default; ///< writes
    explicit StateArchive(QByteArray bytes)
        : m_bytes(std::move(bytes))
        , m_reading(true)
    {
    }

    template<class... Values>
    void operator()(Values&... values)
    {
        (one(values), ...);
    }

    [[nodiscard]] bool isReading() const { return m_reading; }
    [[nodiscard]] bool isGood() const { return m_good; }
    /// Everything was read, and nothing missed.
    [[nodiscard]] bool isFinished() const { return m_good && m_at == m_bytes.size(); }
    /// What is read makes no sense.
    void refuse() { m_good = false; }
    /// What was written.
    [[nodiscard]] QByteArray take() { return std::move(m_bytes); }

private:
    template<class Value>
    static constexpr bool kIsBits = std::is_trivially_copyable_v<Value> && !std::is_pointer_v<Value>;

    template<class Value>
    void one(Value& value)
    {
        if constexpr (requires { value.state(*this); })
            value.state(*this);
        else if constexpr (requires { describeState(*this, value); })
            describeState(*this, value);
        else if constexpr (kIsBits<Value>)
            bits(&value, sizeof(Value));
        else
            compound(value);
    }

    template<class Value>
    void compound(std::vector<Value>& values)
    {
        sequence(values);
    }
    template<class Value>
    void compound(std::deque<Value>& values)
    {
        sequence(values);
    }
    template<class Value, std::size_t Count>
    void compound(std::array<Value, Count>& values)
    {
        for (Value& value : values)
            one(value);
    }
    template<class Value>
    void compound(std::optional<Value>& value)
    {
        bool has = value.has_value();
        one(has);
        if (m_reading)
            has ? void(value.emplace()) : value.reset();
        if (value)
            one(*value);
    }
    template<class Key, class Value>
    void compound(std::map<Key, Value>& values)
    {
        std::size_t count = values.size();
        one(count);
        if (!m_reading) {
            for (auto& [key, value] : values) {
                Key copy = key;
                (*this)(copy, value);
            }
            return;
        }
        values.clear();
        for (std::size_t i = 0; i < count && m_good; ++i) {
            Key key {};
            one(key);
            one(values[key]);
        }
    }
    void compound(QByteArray& bytes)
    {
        qsizetype size = bytes.size();
        one(size);
        if (m_reading && (!m_good || size < 0 || size > m_bytes.size() - m_at)) {
            m_good = false;
            return;
        }
        if (m_reading)
            bytes = QByteArray(size, Qt::Uninitialized);
        bits(bytes.data(), static_cast<std::size_t>(size));
    }
    void compound(QString& text)
    {
        std::vector<char16_t> units(text.utf16(), text.utf16() + text.size());
        sequence(units);
        if (m_reading)
            text = QString::fromUtf16(units.data(), static_cast<qsizetype>(units.size()));
    }

    template<class Values>
    void sequence(Values& values)
    {
        using Value = typename Values::value_type;
        std::size_t count = values.size();
        one(count);
        const auto left = static_cast<std::size_t>(m_bytes.size() - m_at);
        if (m_reading && (!m_good || count > left / (kIsBits<Value> ? sizeof(Value) : 1))) {
            m_good = false;
            return;
        }
        if (m_reading)
            values.resize(count);
        if constexpr (kIsBits<Value> && requires { values.data(); }) {
            bits(values.data(), count * sizeof(Value));
        } else {
            for (Value& value : values)
                one(value);
        }
    }

    void bits(void* data, std::size_t size)
    {
        if (size == 0)
            return;
        if (!m_reading) {
            m_bytes.append(static_cast<const char*>(data), static_cast<qsizetype>(size));
            return;
        }
        m_good = m_good && size <= static_cast<std::size_t>(m_bytes.size() - m_at);
        if (!m_good)
            return;
        std::memcpy(data, m_bytes.constData() + m_at, size);
        m_at += static_cast<qsizetype>(size);
    }

    QByteArray m_bytes;
    qsizetype m_at = 0;
    bool m_reading = false;
    bool m_good = true;
};

} // namespace vidimus
