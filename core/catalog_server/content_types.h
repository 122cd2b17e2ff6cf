#pragma once

#include <QByteArray>
#include <QString>

namespace vidimus::catalog_server {

/// The media type of a file that a player may ask for (RFC 8216, RFC 6381), by its ending; empty: none of these.
[[nodiscard]] QByteArray mediaTypeOf(const QString& name);

} // namespace vidimus::catalog_server
