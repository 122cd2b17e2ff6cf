#pragma once

#include "core/availability_reader/availability_reader.h"

#include <QString>

namespace vidimus::rights {

/// What the reader says of a file, as a sentence without its name: "it is no snapshot and no delta of one".
[[nodiscard]] QString sentenceOf(vav_status status);

} // namespace vidimus::rights
