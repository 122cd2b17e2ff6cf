#pragma once

#include "core/checks/engine/flash_cells.h"
#include "core/checks/flash_standard.h"

#include <array>
#include <optional>

namespace vidimus::checks::engine {

/// Linear light of each cell; SDR white is 1. HDR white is 203 cd/m² (ITU-R BT.2408), and brighter cells exceed 1.
struct LinearCells {
    std::vector<float> red;
    std::vector<float> green;
    std::vector<float> blue;
};

/// What the cells of one frame shine like. Each plane is made at the first question.
class FlashLight {
public:
    /// Looks at another frame. The arguments must stay until the next call.
    void begin(const FlashCells& cells, const media::FrameView& view, const Luma& luma);

    /// Bt1886 and Ofcom: cd/m² on a display whose SDR white is 200 cd/m²; HLG is shown at 1,000 cd/m² and PQ as
    /// absolute light. Srgb: relative luminance, at most 1.
    [[nodiscard]] const std::vector<float>& luminance(FlashTransfer transfer);
    [[nodiscard]] const LinearCells& linear();
    [[nodiscard]] bool isHighRange() const { return m_signal->hdr != media::HdrKind::Sdr; }
    [[nodiscard]] const FlashCells& cells() const { return *m_cells; }
    /// CIE 1976 u' and v' of a colour of this frame; of black those of white.
    [[nodiscard]] std::array<float, 2> chromaticity(float red, float green, float blue) const;

private:
    /// Everything that the tables depend on.
    struct Signal {
        media::HdrKind hdr = media::HdrKind::Sdr;
        int matrix = 1;
        bool widePrimaries = false; ///< BT.2020
        bool fullRange = false;
        int bits = 8;
        friend bool operator==(const Signal&, const Signal&) = default;
    };
    void makeTables();
    void fromLuma(const std::vector<float>& table, std::vector<float>& out) const;
    void makeLinear();
    void lookUpLinear(std::size_t first, std::size_t end);
    void showSceneLight(std::size_t first, std::size_t end);
    void makeRelative(std::size_t first, std::size_t end);

    const FlashCells* m_cells = nullptr;
    std::optional<Signal> m_signal;
    std::array<float, 3> m_weights {}; ///< of red, green and blue in luminance
    std::vector<float> m_bt1886; ///< by luma code
    std::vector<float> m_ofcom;
    std::vector<std::int16_t> m_lumaStep; ///< by code, in steps of kSignalSteps
    std::vector<std::int16_t> m_crToRed;
    std::vector<std::int16_t> m_crToGreen;
    std::vector<std::int16_t> m_cbToGreen;
    std::vector<std::int16_t> m_cbToBlue;
    std::vector<float> m_linear; ///< by signal step

    std::array<std::vector<float>, 3> m_luminance; ///< by FlashTransfer
    std::array<bool, 3> m_hasLuminance {};
    LinearCells m_cellsLinear;
    bool m_hasLinear = false;
};

} // namespace vidimus::checks::engine
