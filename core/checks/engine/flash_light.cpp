#include "core/checks/engine/flash_light.h"

#include "core/checks/engine/display_curves_p.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

namespace vidimus::checks::engine {

namespace {

constexpr int kCodes = 1024;
/// R', G' and B' are looked up in steps of this part of full scale, from -2 to 4.
constexpr int kSignalSteps = 2048;
constexpr int kFirstStep = -2 * kSignalSteps;
constexpr int kStepCount = 6 * kSignalSteps;
constexpr double kSdrWhite = 200; ///< cd/m²
constexpr double kHdrWhite = 203; ///< cd/m², ITU-R BT.2408 table 1
/// Below this the colour of a cell is that of the quantiser.
constexpr float kBlack = 0.004F;

struct LumaWeights {
    double red;
    double blue;
};

/// Rec. ITU-T H.273 table 4.
LumaWeights weightsOf(int matrix)
{
    switch (matrix) {
    case 4:
        return {0.30, 0.11};
    case 5:
    case 6:
        return {0.299, 0.114};
    case 7:
        return {0.212, 0.087};
    case 9:
    case 10:
        return {0.2627, 0.0593};
    default:
        return {0.2126, 0.0722};
    }
}

std::int16_t steps(double signal)
{
    return static_cast<std::int16_t>(std::lround(signal * kSignalSteps));
}

} // namespace

void FlashLight::begin(const FlashCells& cells, const media::FrameView& view, const Luma& luma)
{
    m_cells = &cells;
    ++m_frame;
    const int matrix = media::effectiveMatrix(view.color, luma.height);
    const bool wide = view.color.primaries == 9;
    const Signal signal {media::hdrKindOf(view.color), matrix, wide, luma.fullRange, luma.bits};
    const bool sameSignal = m_signal && *m_signal == signal;
    findChanges(sameSignal);
    if (sameSignal)
        return;
    m_signal = signal;
    makeTables();
}

void FlashLight::findChanges(bool sameSignal)
{
    const std::size_t count = m_cells->count();
    const bool comparable = sameSignal && m_before.count() == count && m_before.columns == m_cells->columns;
    m_all.assign((count + kBlock - 1) / kBlock, 1);
    m_changed = m_all;
    if (!comparable) {
        m_before = *m_cells;
        return;
    }
    for (std::size_t first = 0; first < count; first += kBlock) {
        const std::size_t length = std::min(kBlock, count - first);
        bool changed = false;
        const auto take = [&](const std::vector<std::uint16_t>& now, std::vector<std::uint16_t>& before) {
            if (std::memcmp(now.data() + first, before.data() + first, length * sizeof(std::uint16_t)) == 0)
                return;
            std::memcpy(before.data() + first, now.data() + first, length * sizeof(std::uint16_t));
            changed = true;
        };
        take(m_cells->luma, m_before.luma);
        take(m_cells->cb, m_before.cb);
        take(m_cells->cr, m_before.cr);
        m_changed[first / kBlock] = changed ? 1 : 0;
    }
}

std::span<const std::uint8_t> FlashLight::changedSince(std::uint64_t& seen) const
{
    const std::uint64_t before = std::exchange(seen, m_frame);
    return before + 1 == m_frame ? m_changed : m_all;
}

void FlashLight::makeTables()
{
    const Signal& signal = *m_signal;
    m_weights = signal.widePrimaries ? std::array {0.2627F, 0.6780F, 0.0593F} : std::array {0.2126F, 0.7152F, 0.0722F};
    const double black = signal.fullRange ? 0 : 64;
    // Full range at 8 bits ends at 255 · 4, above at 1023.
    const double lumaRange = signal.fullRange ? (signal.bits == 8 ? 1020 : 1023) : 876;
    const double chromaRange = signal.fullRange ? lumaRange : 896;
    const auto [kr, kb] = weightsOf(signal.matrix);
    const double kg = 1 - kr - kb;
    for (auto* table : {&m_bt1886, &m_ofcom})
        table->resize(kCodes);
    for (auto* table : {&m_lumaStep, &m_crToRed, &m_crToGreen, &m_cbToGreen, &m_cbToBlue})
        table->resize(kCodes);
    for (std::size_t code = 0; code < kCodes; ++code) {
        const double luma = (static_cast<double>(code) - black) / lumaRange;
        const double chroma = (static_cast<double>(code) - 512) / chromaRange;
        const double shown = std::clamp(luma, 0.0, 1.0);
        m_bt1886[code] = static_cast<float>(displayLuminance(signal.hdr, shown, kSdrWhite));
        m_ofcom[code] = static_cast<float>(
            signal.hdr == media::HdrKind::Sdr ? ofcomLuminance(shown) : displayLuminance(signal.hdr, shown, kSdrWhite));
        m_lumaStep[code] = steps(luma);
        m_crToRed[code] = steps(2 * (1 - kr) * chroma);
        m_crToGreen[code] = steps(-2 * (1 - kr) * kr / kg * chroma);
        m_cbToGreen[code] = steps(-2 * (1 - kb) * kb / kg * chroma);
        m_cbToBlue[code] = steps(2 * (1 - kb) * chroma);
    }
    m_linear.resize(kStepCount);
    for (int step = 0; step < kStepCount; ++step) {
        const double value = std::clamp(static_cast<double>(step + kFirstStep) / kSignalSteps, 0.0, 1.0);
        double light = srgbLight(value);
        if (signal.hdr == media::HdrKind::Pq)
            light = pqLuminance(value) / kHdrWhite;
        else if (signal.hdr == media::HdrKind::Hlg)
            light = hlgSceneLight(value);
        m_linear[static_cast<std::size_t>(step)] = static_cast<float>(light);
    }
}

void FlashLight::fromLuma(const std::vector<float>& table, FlashTransfer transfer)
{
    const auto plane = static_cast<std::size_t>(transfer);
    std::vector<float>& out = m_luminance[plane];
    out.resize(m_cells->count());
    const std::span changed = changedSince(m_luminanceOf[plane]);
    for (std::size_t first = 0; first < out.size(); first += kBlock) {
        if (changed[first / kBlock] == 0)
            continue;
        const std::size_t end = std::min(first + kBlock, out.size());
        for (std::size_t cell = first; cell < end; ++cell)
            out[cell] = table[m_cells->luma[cell]];
    }
}

void FlashLight::makeLinear()
{
    const std::size_t count = m_cells->count();
    const auto relative = static_cast<std::size_t>(FlashTransfer::Srgb);
    for (auto* plane : {&m_cellsLinear.red, &m_cellsLinear.green, &m_cellsLinear.blue, &m_luminance[relative]})
        plane->resize(count);
    const std::span changed = changedSince(m_linearOf);
    m_luminanceOf[relative] = m_frame;
    for (std::size_t first = 0; first < count; first += kBlock) {
        if (changed[first / kBlock] == 0)
            continue;
        const std::size_t end = std::min(first + kBlock, count);
        lookUpLinear(first, end);
        if (m_signal->hdr == media::HdrKind::Hlg)
            showSceneLight(first, end);
        makeRelative(first, end);
    }
}

void FlashLight::lookUpLinear(std::size_t first, std::size_t end)
{
    const float* linear = m_linear.data() - kFirstStep;
    for (std::size_t cell = first; cell < end; ++cell) {
        const std::size_t cb = m_cells->cb[cell];
        const std::size_t cr = m_cells->cr[cell];
        const int luma = m_lumaStep[m_cells->luma[cell]];
        m_cellsLinear.red[cell] = linear[luma + m_crToRed[cr]];
        m_cellsLinear.green[cell] = linear[luma + m_crToGreen[cr] + m_cbToGreen[cb]];
        m_cellsLinear.blue[cell] = linear[luma + m_cbToBlue[cb]];
    }
}

/// The system gamma of ITU-R BT.2100 at 1,000 cd/m²: 1.2, on luminance.
void FlashLight::showSceneLight(std::size_t first, std::size_t end)
{
    LinearCells& light = m_cellsLinear;
    for (std::size_t cell = first; cell < end; ++cell) {
        const float scene
            = m_weights[0] * light.red[cell] + m_weights[1] * light.green[cell] + m_weights[2] * light.blue[cell];
        const float gain = std::pow(scene, 0.2F) * static_cast<float>(kHlgPeak / kHdrWhite);
        light.red[cell] *= gain;
        light.green[cell] *= gain;
        light.blue[cell] *= gain;
    }
}

void FlashLight::makeRelative(std::size_t first, std::size_t end)
{
    const LinearCells& light = m_cellsLinear;
    std::vector<float>& out = m_luminance[static_cast<std::size_t>(FlashTransfer::Srgb)];
    const auto [red, green, blue] = m_weights;
    for (std::size_t cell = first; cell < end; ++cell)
        out[cell] = std::min(1.0F, red * light.red[cell] + green * light.green[cell] + blue * light.blue[cell]);
}

const std::vector<float>& FlashLight::luminance(FlashTransfer transfer)
{
    const auto at = static_cast<std::size_t>(transfer);
    if (m_luminanceOf[at] != m_frame) {
        switch (transfer) {
        case FlashTransfer::Bt1886:
            fromLuma(m_bt1886, transfer);
            break;
        case FlashTransfer::Ofcom:
            fromLuma(m_ofcom, transfer);
            break;
        case FlashTransfer::Srgb:
            makeLinear();
            break;
        }
    }
    return m_luminance[at];
}

const LinearCells& FlashLight::linear()
{
    if (m_linearOf != m_frame)
        makeLinear();
    return m_cellsLinear;
}

std::array<float, 2> FlashLight::chromaticity(float red, float green, float blue) const
{
    if (std::max({red, green, blue}) < kBlack)
        red = green = blue = 1;
    // Rows of the RGB to XYZ matrices of ITU-R BT.709 and BT.2020, D65.
    float x = 0.4124F * red + 0.3576F * green + 0.1805F * blue;
    float y = 0.2126F * red + 0.7152F * green + 0.0722F * blue;
    float z = 0.0193F * red + 0.1192F * green + 0.9505F * blue;
    if (m_signal->widePrimaries) {
        x = 0.6370F * red + 0.1446F * green + 0.1689F * blue;
        y = 0.2627F * red + 0.6780F * green + 0.0593F * blue;
        z = 0.0281F * green + 1.0610F * blue;
    }
    const float sum = x + 15 * y + 3 * z;
    return {4 * x / sum, 9 * y / sum};
}

} // namespace vidimus::checks::engine
