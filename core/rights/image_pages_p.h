#pragma once

#include "core/rights/availability_image.h"

namespace vidimus::rights {

struct PagesBytes {
    QByteArray offsets; ///< of each block of 64 titles and the end, in units of 8 bytes
    QByteArray pages;
    quint32 words = 0;
};

/// The windows of all titles, 64 titles a page. The layout is decided.
[[nodiscard]] PagesBytes encodePages(const AvailabilityImage& image);

} // namespace vidimus::rights
