#pragma once

#include <functional>
#include <memory>
#include <span>

namespace vidimus::ui::moderation {

/// A sound device that plays 48 kHz stereo floats, or something that behaves like one. Starts when it is made, stops
/// when it is destroyed. Ui thread.
class SoundOutput {
public:
    virtual ~SoundOutput() = default;

    /// Sample pairs that write() takes now.
    [[nodiscard]] virtual qsizetype room() const = 0;
    /// Interleaved pairs; how many pairs it took.
    virtual qsizetype write(std::span<const float> samples) = 0;
    /// Pairs heard since the start; stands still until the device really runs.
    [[nodiscard]] virtual qint64 played() const = 0;
    virtual void setMuted(bool muted) = 0;
    /// The device was unplugged or failed; it plays nothing any more.
    [[nodiscard]] virtual bool hasFailed() const = 0;
};

/// nullptr: there is no device now.
using SoundOutputOpener = std::function<std::unique_ptr<SoundOutput>()>;

/// The output that is set, else the system's default.
[[nodiscard]] std::unique_ptr<SoundOutput> openChosenSoundOutput();

} // namespace vidimus::ui::moderation
