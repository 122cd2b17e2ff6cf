#pragma once

#include "core/checks/engine/check.h"

#include <memory>

namespace vidimus::checks::engine {

/// Owns a libebur128 meter. Feed with add(), read the numbers at any time; all zero-length calls are allowed.
/// Channels are weighted as in ITU-R BS.1770-5: surround 1.41, LFE not at all.
class LoudnessMeter {
public:
    enum class Mode { Loudness, TruePeak };
    /// Null when the format cannot be measured (no channel, a sample rate below 16 Hz or above 2,822,400 Hz).
    [[nodiscard]] static std::unique_ptr<LoudnessMeter> create(const SoundFormat& format, Mode mode);
    ~LoudnessMeter();

    void add(std::span<const float> interleaved);
    /// Gated, in LUFS; -70 (the absolute gate) when nothing passes it.
    [[nodiscard]] double integrated() const;
    [[nodiscard]] double range() const; ///< LU, EBU Tech 3342
    /// Weighted mean power of the last \a milliseconds (up to 3 s), so that loudness is -0.691 + 10·log10(power).
    [[nodiscard]] double power(int milliseconds) const;
    /// Highest of all channels over everything, and over the last add(); a factor of full scale.
    [[nodiscard]] double truePeak() const;
    [[nodiscard]] double lastTruePeak() const;

private:
    struct State;
    explicit LoudnessMeter(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace vidimus::checks::engine
