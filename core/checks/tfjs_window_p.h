#pragma once
// How windows of a TensorFlow.js layer move over a picture. Private to the converter.

#include "core/base/json.h"

#include <array>

namespace vidimus::checks {

/// What a layer puts out: a picture of channels, or a row of numbers when height is 0.
struct LayerShape {
    qint64 channels = 0;
    qint64 height = 0;
    qint64 width = 0;
    [[nodiscard]] bool isPicture() const { return height > 0; }
};

using Pair = std::array<qint64, 2>; ///< of height and width

/// Numbers beside a picture on its four sides.
struct Padding {
    Pair before {};
    Pair after {};
    [[nodiscard]] bool isEven() const { return before == after; }
    friend bool operator==(const Padding&, const Padding&) = default;
};

/// Two numbers from 1 to \a most; else the reader has failed.
[[nodiscard]] Pair readPair(JsonReader& reader, QLatin1StringView name, qint64 most);

struct LayerWindow {
    Pair kernel {1, 1};
    Pair strides {1, 1};
    bool same = false; ///< the picture is padded so that strides alone make it smaller

    /// \a kernelName: the member with the window's size. Trouble is kept in the reader.
    [[nodiscard]] static LayerWindow read(JsonReader& reader, QLatin1StringView kernelName);
    /// As TensorFlow pads: what is left over goes behind.
    [[nodiscard]] Padding paddingOf(const LayerShape& shape) const;
    /// The sides of what comes out; 0 where the window does not fit.
    [[nodiscard]] Pair outputOf(const LayerShape& shape, const Padding& padding) const;
};

} // namespace vidimus::checks
