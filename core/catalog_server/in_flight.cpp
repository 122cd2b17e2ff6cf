#include "core/catalog_server/in_flight.h"

#include <utility>

namespace vidimus::catalog_server {

InFlight::Hold::Hold(InFlight& owner, QByteArray entry)
    : m_owner(&owner)
    , m_entry(std::move(entry))
{
}

InFlight::Hold::Hold(Hold&& other) noexcept
    : m_owner(std::exchange(other.m_owner, nullptr))
    , m_entry(std::move(other.m_entry))
{
}

InFlight::Hold::~Hold()
{
    if (!m_owner)
        return;
    const std::scoped_lock lock(m_owner->m_mutex);
    m_owner->m_entries.erase(m_entry);
}

InFlight::Hold InFlight::tryHold(QByteArray entry)
{
    const std::scoped_lock lock(m_mutex);
    if (!m_entries.insert(entry).second)
        return {};
    return {*this, std::move(entry)};
}

} // namespace vidimus::catalog_server
