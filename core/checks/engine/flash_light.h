#pragma once

#include "core/checks/engine/flash_cells.h"
#include "core/checks/flash_standard.h"

#include <array>
#include <optional>
#include <span>

namespace vidimus::checks::engine {

/// Linear light of each cell; SDR white is 1. HDR white is 203 cd/m² (ITU-R BT.2408), and brighter cells exceed 1.
struct LinearCells {
    std::vector<float> red;
    std::vector<float> green;
    std::vector<float> blue;
};

/// What the cells of one frame shine like. Each plane is made at the first question, and only where the cells are not
/// those of the frame before: most of a coded picture that stands still is the same to the pixel.
class FlashLight {
public:
    static constexpr std::size_t kBlock = 64; ///< cells, one after another, that are looked at together

    /// Looks at another frame. The arguments must stay until the next call.
    void begin(const FlashCells& cells, const media::FrameView& view, const Luma& luma);

    /// Bt1886 and Ofcom: cd/m² on a display whose SDR white is 200 cd/m²; HLG is shown at 1,000 cd/m² and PQ as
    /// absolute light. Srgb: relative luminance, at most 1.
    [[nodiscard]] const std::vector<float>& luminance(FlashTransfer transfer);
    [[nodiscard]] const LinearCells& linear();
    /// For each block of cells whether it may shine otherwise than in the frame of which \a seen was set; 0 at first.
    /// Valid until the next frame.
    [[nodiscard]] std::span<const std::uint8_t> changedSince(std::uint64_t& seen) const;
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
    void findChanges(bool sameSignal);
    void fromLuma(const std::vector<float>& table, FlashTransfer transfer);
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
    std::array<std::uint64_t, 3> m_luminanceOf {}; ///< frame of which it was made
    LinearCells m_cellsLinear;
    std::uint64_t m_linearOf = 0;
    std::uint64_t m_frame = 0; ///< counted from 1
    FlashCells m_before; ///< of the frame before
    std::vector<std::uint8_t> m_changed; ///< by block, since the frame before
    std::vector<std::uint8_t> m_all; ///< as many, all set
};

} // namespace vidimus::checks::engine
