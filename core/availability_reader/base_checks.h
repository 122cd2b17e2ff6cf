#pragma once

#include "core/availability_reader/state.h"

/* Whether a snapshot that has the right checksum can be read without looking outside of it. */

/* Counts, widths and their bounds; before the sections are known. */
bool vav_counts_fit(const struct vav_base* base);
/* All that the sections refer to. Fills column_of. */
bool vav_sections_fit(struct vav_base* base);
