#pragma once

#include "core/catalog_server/backend.h"
#include "core/publishing/gate.h"

namespace vidimus::catalog_server {

struct PublicationRequest {
    QString id;
    QString title;
    QString asset;
    QString package;
    std::optional<Instant> liveFrom;
};

/// What the gates look at, from the database: the server judges for itself and trusts no client's word.
/// Errors: NotFound when title, asset or package do not belong together.
[[nodiscard]] Result<publishing::PublishingFacts> gatherFacts(Backend& backend, const PublicationRequest& request);

} // namespace vidimus::catalog_server
