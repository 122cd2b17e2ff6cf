#pragma once

#include "core/avails/sheet_table.h"
#include "core/base/cancel.h"

namespace vidimus::avails {

/// An Avails XML (MovieLabs schema avails 2.1 to 2.7) as one sheet of Avails columns: one row for each transaction and
/// asset, numbered with the line of its Transaction element. Elements are known by their local names, so that the
/// schema's version does not matter. For untrusted bytes this runs in the mediaworker. Pure; any thread.
/// Errors: Invalid (no AvailList, XML that does not parse, a document type declaration), LimitExceeded, Canceled.
[[nodiscard]] Result<std::vector<SheetTable>> readAvailsXml(const QByteArray& bytes, const CancelToken& cancel = {});

} // namespace vidimus::avails
