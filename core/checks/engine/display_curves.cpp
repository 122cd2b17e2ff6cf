#include "core/checks/engine/display_curves_p.h"

#include <algorithm>
#include <cmath>

namespace vidimus::checks::engine {

double displayLuminance(media::HdrKind hdr, double signal, double sdrWhite)
{
    switch (hdr) {
    case media::HdrKind::Sdr:
        return sdrWhite * std::pow(signal, 2.4);
    case media::HdrKind::Pq:
        return pqLuminance(signal);
    case media::HdrKind::Hlg:
        return kHlgPeak * std::pow(hlgSceneLight(signal), 1.2);
    }
    return 0;
}

double ofcomLuminance(double signal)
{
    return 413.435 * std::pow(0.002745 * 255 * signal + 0.0189623, 2.2);
}

double srgbLight(double signal)
{
    return signal <= 0.04045 ? signal / 12.92 : std::pow((signal + 0.055) / 1.055, 2.4);
}

double pqLuminance(double signal)
{
    constexpr double kM1 = 2610.0 / 16384;
    constexpr double kM2 = 2523.0 / 4096 * 128;
    constexpr double kC1 = 3424.0 / 4096;
    constexpr double kC2 = 2413.0 / 4096 * 32;
    constexpr double kC3 = 2392.0 / 4096 * 32;
    const double power = std::pow(signal, 1 / kM2);
    return 10000 * std::pow(std::max(power - kC1, 0.0) / (kC2 - kC3 * power), 1 / kM1);
}

double hlgSceneLight(double signal)
{
    constexpr double kA = 0.17883277;
    constexpr double kB = 1 - 4 * kA;
    const double c = 0.5 - kA * std::log(4 * kA);
    return signal <= 0.5 ? signal * signal / 3 : (std::exp((signal - c) / kA) + kB) / 12;
}

} // namespace vidimus::checks::engine
