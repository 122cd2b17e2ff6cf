#pragma once

#include <QByteArray>

/// A worker that has taken over its process: it speaks the protocol well until the moment at which it lies. Started as
/// fakeworker::makeExecutable(folder, behaviour) with a behaviour that begins with "frames-" or "outputs-".
namespace fakemedia {

/// Frames of the file that it claims to have open.
inline constexpr int kFrames = 20;
inline constexpr int kWidth = 64;
inline constexpr int kHeight = 48;

[[nodiscard]] bool knows(const QByteArray& behaviour);
[[nodiscard]] int run(const QByteArray& behaviour);

} // namespace fakemedia
