#pragma once

#include <QByteArray>
#include <QString>
#include <cassert>
#include <utility>
#include <variant>

namespace vidimus {

/// What kind of failure it was. Exit codes, HTTP states and sentences are chosen from this and Error::reason.
enum class ErrorCode {
    Invalid, ///< the input is wrong; nothing was changed
    NotFound,
    Conflict, ///< somebody or something else was first; carries the other state in the detail
    Denied, ///< refused by role or policy
    Unavailable, ///< a peer cannot be reached now; a retry may help
    Unsupported, ///< well formed, but not something this program handles
    Corrupt, ///< stored or received bytes do not check out
    Io, ///< the operating system refused a read or write
    DiskFull,
    Canceled,
    TimedOut,
    LimitExceeded, ///< a cap on size, time, memory or count
    Missing, ///< a part the program needs is not installed or cannot run here
    Internal, ///< a fault of ours
};

/// An error as a value. \a reason is a stable token ("moov_missing") for machines and for choosing a sentence;
/// \a detail is English for logs and developers, with places and numbers, never a secret.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    QString detail;
    QByteArray reason;

    friend bool operator==(const Error&, const Error&) = default;
};

/// Stable name of an error code ("invalid", "disk_full"), used in JSON.
[[nodiscard]] const char* errorCodeName(ErrorCode code);
/// The reverse; Internal for an unknown name.
[[nodiscard]] ErrorCode errorCodeFromName(QByteArrayView name);

/// A value or an Error, with the member names of std::expected. Reading the wrong side is a programmer's fault.
template<class T>
class [[nodiscard]] Result {
public:
    using value_type = T;
    Result(T value) // NOLINT(google-explicit-constructor): returning a plain value is the point
        : m_state(std::in_place_index<0>, std::move(value))
    {
    }
    Result(Error error) // NOLINT(google-explicit-constructor)
        : m_state(std::in_place_index<1>, std::move(error))
    {
    }

    [[nodiscard]] bool has_value() const { return m_state.index() == 0; }
    explicit operator bool() const { return has_value(); }

    [[nodiscard]] T& value() &
    {
        assert(has_value());
        return *std::get_if<0>(&m_state);
    }
    [[nodiscard]] const T& value() const&
    {
        assert(has_value());
        return *std::get_if<0>(&m_state);
    }
    [[nodiscard]] T&& value() &&
    {
        assert(has_value());
        return std::move(*std::get_if<0>(&m_state));
    }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    [[nodiscard]] const Error& error() const&
    {
        assert(!has_value());
        return *std::get_if<1>(&m_state);
    }
    [[nodiscard]] Error&& error() &&
    {
        assert(!has_value());
        return std::move(*std::get_if<1>(&m_state));
    }
    template<class U>
    [[nodiscard]] T value_or(U&& fallback) const&
    {
        return has_value() ? value() : static_cast<T>(std::forward<U>(fallback));
    }

private:
    std::variant<T, Error> m_state;
};

template<>
class [[nodiscard]] Result<void> {
public:
    using value_type = void;
    Result() = default;
    Result(Error error) // NOLINT(google-explicit-constructor)
        : m_failed(true)
        , m_error(std::move(error))
    {
    }
    [[nodiscard]] bool has_value() const { return !m_failed; }
    explicit operator bool() const { return has_value(); }
    [[nodiscard]] const Error& error() const&
    {
        assert(m_failed);
        return m_error;
    }
    [[nodiscard]] Error&& error() &&
    {
        assert(m_failed);
        return std::move(m_error);
    }

private:
    bool m_failed = false;
    Error m_error;
};

} // namespace vidimus
