#pragma once

#include <QByteArray>
#include <mutex>
#include <set>
#include <utility>

namespace vidimus::catalog_server {

/// The changes being worked on, by principal, route and Idempotency-Key, so that the same change sent twice at once is
/// told so instead of waiting behind itself. Any thread.
class InFlight {
public:
    /// Holds an entry until it goes.
    class Hold {
    public:
        Hold() = default;
        Hold(InFlight& owner, QByteArray entry);
        Hold(Hold&& other) noexcept;
        Hold& operator=(Hold&&) = delete;
        ~Hold();
        void swap(Hold& other) noexcept
        {
            std::swap(m_owner, other.m_owner);
            m_entry.swap(other.m_entry);
        }
        [[nodiscard]] bool isHeld() const { return m_owner != nullptr; }

    private:
        InFlight* m_owner = nullptr;
        QByteArray m_entry;
    };

    /// Not held when somebody else holds it.
    [[nodiscard]] Hold tryHold(QByteArray entry);

private:
    std::mutex m_mutex;
    std::set<QByteArray> m_entries;
};

} // namespace vidimus::catalog_server
