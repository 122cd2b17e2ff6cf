#pragma once

#include "app/studio/arguments.h"

namespace vidimus::studio {

class Walker;

/// Writes "<what>-<theme>-<width>x<height>.png" for every page, the palette, the key sheet, the drawer, and what a new,
/// a busy and a damaged workspace look like. \a aside is an empty folder for the workspaces of those.
void takeScreenshots(Walker& walker, const Arguments& arguments, const QString& aside);

} // namespace vidimus::studio
