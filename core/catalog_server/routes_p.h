#pragma once

#include "core/catalog_server/backend.h"
#include "core/catalog_server/router.h"

/// The resources of the API, one function each. Handlers point into the backend.
namespace vidimus::catalog_server {

void addTitleRoutes(Router& router, Backend& backend);
void addAssetRoutes(Router& router, Backend& backend);
void addRenditionRoutes(Router& router, Backend& backend);
void addUploadRoutes(Router& router, Backend& backend);
void addDecisionRoutes(Router& router, Backend& backend);
void addRightsRoutes(Router& router, Backend& backend);
void addPublicationRoutes(Router& router, Backend& backend);
void addAvailabilityRoutes(Router& router, Backend& backend);
void addFeedRoutes(Router& router, Backend& backend);
void addAuditRoutes(Router& router, Backend& backend);
void addTokenRoutes(Router& router, Backend& backend);
void addMediaRoutes(Router& router, Backend& backend);
void addSiteRoutes(Router& router, Backend& backend);

} // namespace vidimus::catalog_server
