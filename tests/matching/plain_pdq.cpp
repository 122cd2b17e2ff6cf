#include "plain_pdq.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace vidimus::test {

namespace {

/// Means over a sliding window that is cut at both ends.
std::vector<double> boxed(const std::vector<double>& line, int window)
{
    const int count = static_cast<int>(line.size());
    const int ahead = (window + 2) / 2 - 1;
    const int behind = window - ahead - 1;
    std::vector<double> result;
    for (int at = 0; at < count; ++at) {
        double sum = 0;
        int members = 0;
        for (int other = std::max(0, at - behind); other <= std::min(count - 1, at + ahead); ++other) {
            sum += line[std::size_t(other)];
            ++members;
        }
        result.push_back(sum / members);
    }
    return result;
}

void boxBothWays(std::vector<double>& picture, int width, int height)
{
    const auto window = [](int side) { return (side + 127) / 128; };
    for (int y = 0; y < height; ++y) {
        const auto begin = picture.begin() + std::ptrdiff_t(y) * width;
        std::ranges::copy(boxed({begin, begin + width}, window(width)), begin);
    }
    for (int x = 0; x < width; ++x) {
        std::vector<double> column;
        for (int y = 0; y < height; ++y)
            column.push_back(picture[std::size_t(y * width + x)]);
        column = boxed(column, window(height));
        for (int y = 0; y < height; ++y)
            picture[std::size_t(y * width + x)] = column[std::size_t(y)];
    }
}

} // namespace

PlainPdq plainPdq(std::vector<double> luma, int width, int height)
{
    boxBothWays(luma, width, height);
    boxBothWays(luma, width, height);
    double small[64][64];
    for (int y = 0; y < 64; ++y) {
        for (int x = 0; x < 64; ++x)
            small[y][x] = luma[std::size_t(int((y + 0.5) * height / 64) * width + int((x + 0.5) * width / 64))];
    }
    int steps = 0;
    for (int y = 0; y < 64; ++y) {
        for (int x = 0; x < 64; ++x) {
            if (y < 63)
                steps += std::abs(int((small[y][x] - small[y + 1][x]) * 100 / 255));
            if (x < 63)
                steps += std::abs(int((small[y][x] - small[y][x + 1]) * 100 / 255));
        }
    }
    double waves[17][64];
    for (int frequency = 0; frequency <= 16; ++frequency) {
        for (int at = 0; at < 64; ++at)
            waves[frequency][at] = std::cos(std::numbers::pi * frequency * (2 * at + 1) / 128);
    }
    std::vector<double> coefficients;
    for (int down = 1; down <= 16; ++down) {
        for (int across = 1; across <= 16; ++across) {
            double sum = 0;
            for (int y = 0; y < 64; ++y) {
                for (int x = 0; x < 64; ++x)
                    sum += small[y][x] * waves[down][y] * waves[across][x];
            }
            coefficients.push_back(sum);
        }
    }
    std::vector<double> sorted = coefficients;
    std::ranges::sort(sorted);
    PlainPdq result;
    result.quality = std::min(100, steps / 90);
    for (int bit = 0; bit < 256; ++bit) {
        if (coefficients[std::size_t(bit)] > sorted[127])
            result.hash.setBit(bit);
    }
    return result;
}

} // namespace vidimus::test
