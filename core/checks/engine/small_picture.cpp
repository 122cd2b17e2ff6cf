#include "core/checks/engine/small_picture.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace vidimus::checks::engine {

namespace {

constexpr int kColumns = 64;

struct Moments {
    std::int64_t count = 0;
    std::int64_t sum = 0;
    std::int64_t squares = 0;
};

Moments momentsOf(const SmallPicture& picture)
{
    Moments moments;
    moments.count = static_cast<std::int64_t>(picture.grid.values.size());
    for (const std::uint8_t value : picture.grid.values) {
        moments.sum += value;
        moments.squares += value * value;
    }
    return moments;
}

/// count² times the variance: whole numbers, so that no rounding enters.
std::int64_t spreadOf(const Moments& moments)
{
    return moments.count * moments.squares - moments.sum * moments.sum;
}

} // namespace

double SmallPicture::mean() const
{
    const Moments moments = momentsOf(*this);
    return moments.count > 0 ? static_cast<double>(moments.sum) / static_cast<double>(moments.count) : 0;
}

double SmallPicture::deviation() const
{
    const Moments moments = momentsOf(*this);
    return moments.count > 0 ? std::sqrt(static_cast<double>(spreadOf(moments))) / static_cast<double>(moments.count)
                             : 0;
}

SmallPicture makeSmall(const ByteGrid& blockMeans)
{
    const int factor = std::max(1, (blockMeans.width + kColumns / 2) / kColumns);
    SmallPicture small;
    small.grid.resize((blockMeans.width + factor - 1) / factor, (blockMeans.height + factor - 1) / factor);
    std::vector<std::uint32_t> sums(static_cast<std::size_t>(blockMeans.width));
    for (int y = 0; y < small.grid.height; ++y) {
        const int bottom = std::min(blockMeans.height, (y + 1) * factor);
        std::ranges::fill(sums, 0U);
        for (int row = y * factor; row < bottom; ++row) {
            const std::uint8_t* means = blockMeans.row(row);
            for (std::size_t column = 0; column < sums.size(); ++column)
                sums[column] += means[column];
        }
        for (int x = 0; x < small.grid.width; ++x) {
            const int right = std::min(blockMeans.width, (x + 1) * factor);
            std::uint32_t sum = 0;
            for (int column = x * factor; column < right; ++column)
                sum += sums[static_cast<std::size_t>(column)];
            const auto count = static_cast<std::uint32_t>((right - x * factor) * (bottom - y * factor));
            small.grid.row(y)[x] = static_cast<std::uint8_t>((sum + count / 2) / std::max(1U, count));
        }
    }
    return small;
}

double differenceOf(const SmallPicture& a, const SmallPicture& b)
{
    const std::size_t count = std::min(a.grid.values.size(), b.grid.values.size());
    if (count == 0)
        return 0;
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < count; ++i)
        sum += std::abs(int(a.grid.values[i]) - int(b.grid.values[i]));
    return static_cast<double>(sum) / static_cast<double>(count);
}

double likeness(const SmallPicture& a, const SmallPicture& b)
{
    const Moments one = momentsOf(a);
    const Moments other = momentsOf(b);
    if (one.count == 0 || one.count != other.count)
        return 0;
    std::int64_t products = 0;
    for (std::size_t i = 0; i < a.grid.values.size(); ++i)
        products += a.grid.values[i] * b.grid.values[i];
    const auto together = static_cast<double>(one.count * products - one.sum * other.sum);
    const double spread = std::sqrt(static_cast<double>(spreadOf(one)) * static_cast<double>(spreadOf(other)));
    return spread > 0 ? together / spread : 0;
}

double shareOf(const SmallPicture& between, const SmallPicture& a, const SmallPicture& b)
{
    const std::size_t count = std::min({between.grid.values.size(), a.grid.values.size(), b.grid.values.size()});
    qint64 along = 0;
    qint64 length = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const int step = b.grid.values[i] - a.grid.values[i];
        along += qint64(between.grid.values[i] - a.grid.values[i]) * step;
        length += qint64(step) * step;
    }
    return length > 0 ? static_cast<double>(along) / static_cast<double>(length) : 0;
}

double mixtureError(const SmallPicture& between, const SmallPicture& a, const SmallPicture& b, double share)
{
    const auto weight = static_cast<int>(std::lround(share * 256));
    const std::size_t count = between.grid.values.size();
    if (count == 0 || a.grid.values.size() != count || b.grid.values.size() != count)
        return 255;
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const int mixture = a.grid.values[i] * (256 - weight) + b.grid.values[i] * weight;
        sum += std::abs(between.grid.values[i] * 256 - mixture);
    }
    return static_cast<double>(sum) / 256 / static_cast<double>(count);
}

} // namespace vidimus::checks::engine
