#pragma once

#include "core/checks/engine/check.h"

#include <cstdint>
#include <opencv2/core.hpp>

namespace vidimus::checks::engine {

/// A view; the plane must outlive it.
[[nodiscard]] cv::Mat toMat(const Luma& luma);
/// Mean absolute difference of two planes of the same shape as a fraction of full scale. Stops early, with a value of
/// at least \a enough, once that is reached.
[[nodiscard]] double meanDifference(const cv::Mat& a, const cv::Mat& b, int bits, double enough);

struct LineStats {
    std::uint64_t sum = 0;
    int brightest = 0;
};
[[nodiscard]] LineStats lineStats(const std::uint8_t* pixels, int count);
[[nodiscard]] LineStats lineStats(const std::uint16_t* pixels, int count);

} // namespace vidimus::checks::engine
