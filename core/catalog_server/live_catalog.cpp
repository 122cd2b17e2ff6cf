#include "core/catalog_server/live_catalog.h"

namespace vidimus::catalog_server {

std::shared_ptr<const RightsView> LiveCatalog::rights() const
{
    const std::scoped_lock lock(m_mutex);
    return m_rights;
}

std::shared_ptr<const Publications> LiveCatalog::publications() const
{
    const std::scoped_lock lock(m_mutex);
    return m_publications;
}

void LiveCatalog::setRights(std::shared_ptr<const RightsView> view)
{
    const std::scoped_lock lock(m_mutex);
    m_rights = std::move(view);
    m_stale = false;
}

void LiveCatalog::setPublications(std::shared_ptr<const Publications> publications)
{
    const std::scoped_lock lock(m_mutex);
    m_publications = std::move(publications);
}

void LiveCatalog::markStale()
{
    const std::scoped_lock lock(m_mutex);
    m_stale = true;
}

bool LiveCatalog::isStale() const
{
    const std::scoped_lock lock(m_mutex);
    return m_stale;
}

} // namespace vidimus::catalog_server
