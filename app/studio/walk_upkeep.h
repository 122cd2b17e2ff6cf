#pragma once

#include <QString>

namespace vidimus::studio {

class Walker;

/// Goes through what a person does to keep a workspace, in the real window and by its own controls: adds a person,
/// makes a profile, backs up, restores in place, and salvages a damaged database. \a folder is new. What does not come
/// out as it should is a fault.
void walkUpkeep(Walker& walker, const QString& folder);
/// Overwrites pages in the middle of the database of \a folder, as a bad disk would.
void damageDatabase(Walker& walker, const QString& folder);

} // namespace vidimus::studio
