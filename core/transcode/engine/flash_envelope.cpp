#include "core/transcode/engine/flash_envelope.h"

#include <algorithm>
#include <cmath>
#include <deque>

namespace vidimus::transcode::engine {

namespace {

/// The least of [i - half, i + half] for each i.
void leastAround(const std::vector<double>& values, std::size_t half, std::vector<double>& out)
{
    std::deque<std::size_t> rising;
    std::size_t next = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        for (; next < values.size() && next <= i + half; ++next) {
            while (!rising.empty() && values[rising.back()] >= values[next])
                rising.pop_back();
            rising.push_back(next);
        }
        while (rising.front() + half < i)
            rising.pop_front();
        out[i] = values[rising.front()];
    }
}

/// The mean of [i - half, i + half] for each i; at the ends of what there is.
void meanAround(const std::vector<double>& values, std::size_t half, std::vector<double>& out)
{
    double sum = 0;
    std::size_t first = 0;
    std::size_t end = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        for (; end < values.size() && end <= i + half; ++end)
            sum += values[end];
        for (; first + half < i; ++first)
            sum -= values[first];
        out[i] = sum / static_cast<double>(end - first);
    }
}

} // namespace

double signalOf(double light, const checks::FlashStandard& standard)
{
    light = std::max(0.0, light);
    switch (standard.transfer) {
    case checks::FlashTransfer::Bt1886:
        return std::pow(light, 1 / 2.4);
    case checks::FlashTransfer::Srgb:
        return light <= 0.0031308 ? 12.92 * light : 1.055 * std::pow(light, 1 / 2.4) - 0.055;
    case checks::FlashTransfer::Ofcom: {
        const double nits = light * standard.peak;
        return std::max(0.0, (std::pow(nits / 413.435, 1 / 2.2) - 0.0189623) / (0.002745 * 255));
    }
    }
    return light;
}

void calm(CellFilm& film, std::size_t half, double step, const checks::FlashStandard& standard)
{
    const std::size_t pictures = film.pictures();
    const double room = step * standard.step / standard.peak;
    std::vector<double> light(pictures);
    std::vector<double> least(pictures);
    std::vector<double> bound(pictures);
    for (std::size_t cell = 0; cell < film.cells; ++cell) {
        for (std::size_t i = 0; i < pictures; ++i)
            light[i] = film.picture(i)[cell] / CellFilm::kOne;
        leastAround(light, half, least);
        meanAround(least, half, bound);
        for (std::size_t i = 0; i < pictures; ++i) {
            const double allowed = bound[i] + room;
            const double gain = light[i] <= allowed ? 1.0 : signalOf(allowed, standard) / signalOf(light[i], standard);
            film.picture(i)[cell] = static_cast<std::uint16_t>(std::floor(std::clamp(gain, 0.0, 1.0) * CellFilm::kOne));
        }
    }
}

} // namespace vidimus::transcode::engine
