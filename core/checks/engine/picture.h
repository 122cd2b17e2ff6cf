#pragma once

#include "core/media/facts.h"
#include "core/media/frame.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

struct AVFrame;

namespace vidimus {
class StateArchive;
}

namespace vidimus::checks::engine {

class Strips;

/// The luma plane of a shown frame as decoded: 8 bits in bytes, more in 16-bit words (low bits used).
struct Luma {
    const std::byte* data = nullptr;
    std::ptrdiff_t stride = 0; ///< bytes from one row to the next
    int width = 0; ///< pixels
    int height = 0;
    int bits = 8;
    bool fullRange = false;

    [[nodiscard]] int blackCode() const { return fullRange ? 0 : 16 << (bits - 8); }
    [[nodiscard]] int whiteCode() const { return fullRange ? (1 << bits) - 1 : 235 << (bits - 8); }
    /// Rows [first, first + count), as an 8-bit or 16-bit plane of their own.
    [[nodiscard]] Luma rows(int first, int count) const;
};

class FlashLight;

/// One byte for each place of a grid, row by row.
struct ByteGrid {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> values;

    void resize(int columns, int rows)
    {
        width = columns;
        height = rows;
        values.resize(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));
    }
    [[nodiscard]] std::uint8_t* row(int y) { return values.data() + static_cast<std::ptrdiff_t>(y) * width; }
    [[nodiscard]] const std::uint8_t* row(int y) const
    {
        return values.data() + static_cast<std::ptrdiff_t>(y) * width;
    }
};

struct SmallPicture;

/// The sum of each 8 × 8 block of a plane, row by row.
struct BlockSums {
    static constexpr int kSide = 8; ///< pixels

    int columns = 0;
    int rows = 0;
    std::vector<std::uint32_t> values;
};

/// The mean absolute difference of luma from an earlier plane, as a fraction of full scale.
struct Comparison {
    Luma reference;
    std::shared_ptr<const void> hold; ///< keeps its pixels
    double enough = 1; ///< the walk stops comparing once this is reached

    [[nodiscard]] double scale() const
    {
        return static_cast<double>(reference.width) * reference.height * static_cast<double>(1 << reference.bits);
    }
};

/// What several checks read of one frame. Made at the first question, at most once a frame; the buffers are kept from
/// frame to frame.
class PictureProducts {
public:
    static constexpr int kBlock = BlockSums::kSide; ///< pixels

    PictureProducts();
    ~PictureProducts();
    PictureProducts(const PictureProducts&) = delete;
    PictureProducts& operator=(const PictureProducts&) = delete;

    /// What is kept of earlier frames, written or read back.
    void state(StateArchive& archive);
    /// The next frame comes, or is missing.
    void forget();
    /// Sum of each 8×8 block of luma; blocks cut by the right or lower edge sum what they have.
    [[nodiscard]] const BlockSums& blockSums(const Luma& luma);
    /// Mean of each block at 8 bits, rounded.
    [[nodiscard]] const ByteGrid& blockMeans(const Luma& luma);
    /// Those means on a grid about 64 columns wide.
    [[nodiscard]] const SmallPicture& small(const Luma& luma);
    /// Luma pixels at or below \a code. Costs next to nothing where the frame before was asked for the same code.
    [[nodiscard]] qint64 darkPixels(const Luma& luma, int code);
    /// Compares the next frame while its pixels are read for all else.
    void compareNext(Comparison comparison) { m_nextComparisons.push_back(std::move(comparison)); }
    /// What that gave; at least Comparison::enough where it stopped. Nothing where it was not asked for of the frame
    /// before, or the shape changed, or a sample has more than 8 bits.
    [[nodiscard]] std::optional<double> differenceFrom(const Luma& luma, const std::byte* reference);
    [[nodiscard]] const Strips& strips(const Luma& luma);
    /// Those of the frame \a back frames before, 1 or 2. Null when nobody asked for them then, when a frame between
    /// could not be decoded, or when the size changed. Ask for this frame's strips first.
    [[nodiscard]] const Strips* earlierStrips(int back) const;
    /// The light of small cells of luma and chroma, as flashing is measured.
    [[nodiscard]] FlashLight& flashLight(const media::FrameView& view, const Luma& luma);

private:
    /// What one walk over the plane gives.
    struct Walk {
        bool sums = false;
        std::optional<int> dark; ///< the code up to which pixels are counted
    };
    struct Compared {
        Comparison with;
        std::uint64_t stopAt = 0;
        std::uint64_t sum = 0;
    };
    void walk(const Luma& luma, const Walk& wanted);
    [[nodiscard]] std::vector<Compared> comparisonsWith(const Luma& luma);
    void walkBytes(const Luma& luma, BlockSums* sums, std::optional<int> dark);

    static constexpr std::size_t kKept = 3; ///< frames whose strips are kept, this one included
    struct Flashing;

    BlockSums m_blockSums;
    ByteGrid m_blockMeans;
    std::unique_ptr<SmallPicture> m_small;
    bool m_hasBlockMeans = false; ///< of this frame
    bool m_hasSmall = false;
    qint64 m_darkPixels = 0; ///< at or below m_made.dark
    std::array<std::unique_ptr<Strips>, kKept> m_strips;
    std::array<std::uint64_t, kKept> m_stripFrame {}; ///< frame they were made of, counted from 1; 0: none
    std::uint64_t m_frame = 0;
    Walk m_made; ///< of this frame
    Walk m_asked;
    Walk m_askedBefore; ///< for the frame before
    std::vector<Comparison> m_nextComparisons; ///< of the next frame
    std::vector<Comparison> m_comparisons; ///< of this frame, until it is walked over
    std::vector<Compared> m_compared;
    std::vector<std::uint64_t> m_blockRow; ///< one row of blocks
    std::unique_ptr<Flashing> m_flashing;
};

/// One shown frame as checks see it; valid during the call.
class Picture {
public:
    /// \a decoded: libav's own picture, whose luma may be held; null where there is none.
    Picture(const media::FrameView& view, const Luma& luma, double seconds, bool sample, PictureProducts& products,
        const AVFrame* decoded = nullptr);

    const Luma& luma;
    const media::FrameView& view; ///< chroma planes, colour tags, field flags
    double seconds; ///< when it is shown, from the start of the programme
    bool sample; ///< one frame each half second, for what needs no look at every frame

    [[nodiscard]] const ByteGrid& blockMeans() const { return m_products.blockMeans(luma); }
    [[nodiscard]] const SmallPicture& small() const { return m_products.small(luma); }
    [[nodiscard]] qint64 darkPixels(int code) const { return m_products.darkPixels(luma, code); }
    void compareNext(Comparison comparison) const { m_products.compareNext(std::move(comparison)); }
    [[nodiscard]] std::optional<double> differenceFrom(const std::byte* reference) const
    {
        return m_products.differenceFrom(luma, reference);
    }
    /// Full-size luma in some places (strips.h).
    [[nodiscard]] const Strips& strips() const { return m_products.strips(luma); }
    [[nodiscard]] const Strips* earlierStrips(int back) const
    {
        (void)m_products.strips(luma);
        return m_products.earlierStrips(back);
    }
    [[nodiscard]] FlashLight& flashLight() const { return m_products.flashLight(view, luma); }
    /// What the picture itself carries of its light; empty where it carries none.
    [[nodiscard]] media::HdrValues hdrValues() const;
    /// Keeps the pixels of luma beyond the call, without a copy. Null when that cannot be.
    [[nodiscard]] std::shared_ptr<const void> holdLuma() const;

private:
    PictureProducts& m_products;
    const AVFrame* m_decoded;
};

} // namespace vidimus::checks::engine
