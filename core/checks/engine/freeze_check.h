#pragma once

#include "core/checks/engine/check.h"
#include "core/checks/measured_levels.h"

#include <array>
#include <memory>
#include <vector>

namespace vidimus::checks::engine {

/// Measures how much each frame differs from its reference: the last frame that was not a repetition. What counts as a
/// repetition depends on the level, so the chain of references is followed for each of kFreezeLevels.
class FreezeCheck : public Check {
public:
    FreezeCheck();
    ~FreezeCheck() override;
    [[nodiscard]] static std::unique_ptr<Check> create();
    void addFrame(const Picture& picture) override;
    void addHole() override;
    void state(StateArchive& archive) override;
    [[nodiscard]] CheckMeasurement finish(const Measurements& programme) override;

private:
    struct Kept;
    using PicturePtr = std::shared_ptr<const Kept>;
    /// One level's chain. Pictures are shared: while all moves, every level refers to the same one.
    struct Chain {
        PicturePtr reference;
        /// The last frame, when it moved so little that it may be a pulse of the coder. The next frame decides: either
        /// it repeats the reference again, or this becomes the reference.
        PicturePtr candidate;
        Series differences;
    };
    class Comparer;
    static void archivePicture(StateArchive& archive, PicturePtr& picture, std::vector<PicturePtr>& known);
    void advance(Chain& chain, double level, Comparer& comparer);

    std::array<Chain, std::size(kFreezeLevels)> m_chains;
};

} // namespace vidimus::checks::engine
