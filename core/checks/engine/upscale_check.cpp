#include "core/checks/engine/upscale_check.h"

#include "core/checks/engine/check_state_p.h"
#include "core/checks/engine/strips.h"

#include <cmath>
#include <numbers>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr int kEverySample = 4; ///< two seconds
/// Standard deviation of a piece, in codes, from which it has texture to measure.
constexpr double kTexture = 6;
constexpr qint64 kLeastPieces = 50;
/// 12 dB under the foretold power: a coder takes a few decibels from the highest bands, an enlargement all of it.
constexpr double kCliff = 16;
/// Bands below this say what the slope is; a picture with less than a quarter of its width is blurred rather.
constexpr std::size_t kFirstBand = 3;
constexpr std::size_t kSlopeBands = 7;
/// The spectrum of pictures mostly falls by 6 to 12 dB an octave. Every picture meets the noise of its coder somewhere;
/// of those that nobody enlarged it is so faint that they bend by less, or in the last bands only.
constexpr double kBend = 11; ///< dB an octave that it falls less behind the end of detail than before it
constexpr double kSteep = -12; ///< dB an octave before it
constexpr std::size_t kLastBend = 26; ///< behind it there must be room to see how it goes on
constexpr double kLeastPower = 1e-6; ///< of the first band's: what 8 bits cannot hold

/// Of a straight line through the levels of [first, last], in dB an octave.
double slopeOf(const std::array<double, UpscaleCheck::kBands>& decibels, std::size_t first, std::size_t last)
{
    double sumX = 0;
    double sumY = 0;
    double sumXX = 0;
    double sumXY = 0;
    for (std::size_t band = first; band <= last; ++band) {
        const double x = std::log2(static_cast<double>(band));
        sumX += x;
        sumY += decibels[band];
        sumXX += x * x;
        sumXY += x * decibels[band];
    }
    const auto count = static_cast<double>(last - first + 1);
    return (count * sumXY - sumX * sumY) / (count * sumXX - sumX * sumX);
}

/// Where a spectrum that falls steeply bends and goes on flat: what is behind the bend is the coder's noise.
double bendShare(const std::array<double, UpscaleCheck::kBands>& power)
{
    std::array<double, UpscaleCheck::kBands> decibels {};
    for (std::size_t band = 1; band < power.size(); ++band)
        decibels[band] = 10 * std::log10(std::max(power[band], power[1] * kLeastPower));
    double sharpest = kBend;
    double share = 1;
    for (std::size_t band = 3 * kFirstBand; band <= kLastBend; ++band) {
        const double before = slopeOf(decibels, band * 5 / 8, band);
        const double behind = slopeOf(decibels, band, std::min(power.size() - 1, band * 3 / 2));
        if (behind - before < sharpest)
            continue;
        sharpest = behind - before;
        share = before <= kSteep ? static_cast<double>(band) / UpscaleCheck::kBands : 1;
    }
    return share;
}

} // namespace

UpscaleCheck::UpscaleCheck()
{
    for (std::size_t band = 0; band < kBands; ++band) {
        for (std::size_t x = 0; x < kPiece; ++x) {
            const double place = static_cast<double>(x) + 0.5;
            const double window = 0.5 - 0.5 * std::cos(2 * std::numbers::pi * place / kPiece);
            const double angle = 2 * std::numbers::pi * static_cast<double>(band) * place / kPiece;
            m_cosines[band][x] = static_cast<float>(window * std::cos(angle));
            m_sines[band][x] = static_cast<float>(window * std::sin(angle));
        }
    }
}

std::unique_ptr<Check> UpscaleCheck::create()
{
    return std::make_unique<UpscaleCheck>();
}

void UpscaleCheck::addPiece(const std::uint8_t* pixels)
{
    int sum = 0;
    int squares = 0;
    for (std::size_t x = 0; x < kPiece; ++x) {
        sum += pixels[x];
        squares += pixels[x] * pixels[x];
    }
    constexpr int kCount = kPiece;
    const double variance = static_cast<double>(kCount * squares - sum * sum) / (kCount * kCount);
    if (variance < kTexture * kTexture)
        return;
    const float mean = static_cast<float>(sum) / kCount;
    for (std::size_t band = 1; band < kBands; ++band) {
        float real = 0;
        float imaginary = 0;
        for (std::size_t x = 0; x < kPiece; ++x) {
            const float value = static_cast<float>(pixels[x]) - mean;
            real += value * m_cosines[band][x];
            imaginary += value * m_sines[band][x];
        }
        const double power = static_cast<double>(real) * real + static_cast<double>(imaginary) * imaginary;
        m_power[band] += power / variance; // a few strong edges are not the picture
    }
    ++m_pieces;
}

void UpscaleCheck::addFrame(const Picture& picture)
{
    if (!picture.sample || m_samples++ % kEverySample != 0)
        return;
    const Strips& strips = picture.strips();
    for (int strip = 0; strip < strips.count(); ++strip) {
        for (int y = 2; y < strips.rows(strip); y += 5) {
            for (int x = 0; x + static_cast<int>(kPiece) <= strips.width(); x += static_cast<int>(kPiece))
                addPiece(strips.row(strip, y) + x);
        }
    }
}

double detailShare(const std::array<double, UpscaleCheck::kBands>& power)
{
    // A straight line through the logarithms of the lower bands: power = level · band^slope.
    double sumX = 0;
    double sumY = 0;
    double sumXX = 0;
    double sumXY = 0;
    double count = 0;
    for (std::size_t band = kFirstBand; band < kFirstBand + kSlopeBands; ++band) {
        if (power[band] <= 0)
            return 1;
        const double x = std::log(static_cast<double>(band));
        const double y = std::log(power[band]);
        sumX += x;
        sumY += y;
        sumXX += x * x;
        sumXY += x * y;
        ++count;
    }
    const double slope = std::min(0.0, (count * sumXY - sumX * sumY) / (count * sumXX - sumX * sumX));
    const double level = (sumY - slope * sumX) / count;
    std::size_t end = UpscaleCheck::kBands;
    while (end > kFirstBand + kSlopeBands) {
        const double foretold = std::exp(level + slope * std::log(static_cast<double>(end - 1)));
        if (power[end - 1] * kCliff > foretold)
            break;
        --end;
    }
    return std::min(static_cast<double>(end) / UpscaleCheck::kBands, bendShare(power));
}

void UpscaleCheck::state(StateArchive& archive)
{
    archive(m_power, m_pieces, m_samples);
}

CheckMeasurement UpscaleCheck::finish(const Measurements& programme)
{
    CheckMeasurement measurement;
    measurement.scalars[u"pieces"_s] = static_cast<double>(m_pieces);
    if (m_pieces < kLeastPieces) {
        measurement.scalars[u"detail_share"_s] = 1; // nothing to tell it by
        return measurement;
    }
    const double share = detailShare(m_power);
    measurement.scalars[u"detail_share"_s] = share;
    measurement.scalars[u"detail_width_px"_s] = std::round(share * programme.facts.width);
    return measurement;
}

} // namespace vidimus::checks::engine
