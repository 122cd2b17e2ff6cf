#pragma once

#include "core/matching/near_duplicates.h"

#include <random>

namespace vidimus::test {

/// A fingerprint without pictures: hashes that wander from moment to moment and jump at cuts, as a film's do. The
/// moments of one \a seed are the same at any rate and from any start.
class MadeUpVideo {
public:
    explicit MadeUpVideo(unsigned seed, double cutEverySeconds = 4)
        : m_seed(seed)
        , m_cutEvery(cutEverySeconds)
    {
    }
    /// The hash that is shown at a moment.
    [[nodiscard]] matching::PdqHash at(double seconds) const;

    struct Changes {
        double start = 0; ///< seconds of the film at which it begins
        double length = 60; ///< seconds of the result
        double speed = 1; ///< 1.05: faster
        int noise = 0; ///< bits that change in each hash
        bool mirrored = false;
    };
    [[nodiscard]] matching::Fingerprint fingerprint(const Changes& changes) const;

private:
    unsigned m_seed = 0;
    double m_cutEvery = 4;
};

[[nodiscard]] matching::PdqHash randomHash(std::mt19937_64& random);
/// \a bits different bits changed.
[[nodiscard]] matching::PdqHash disturbed(matching::PdqHash hash, int bits, std::mt19937_64& random);
/// One after the other.
[[nodiscard]] matching::Fingerprint joined(const matching::Fingerprint& first, const matching::Fingerprint& second);

} // namespace vidimus::test
