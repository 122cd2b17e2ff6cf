#pragma once

#include <QByteArray>

namespace vidimus::test {

/// Small files that unpack to more than anybody has.

/// A whole picture of that size with one bit a pixel, all black (PNG, 3rd edition).
[[nodiscard]] QByteArray blackPng(quint32 width, quint32 height);
/// A Matroska file (RFC 9559) that is the head of \a streams video tracks and one block.
[[nodiscard]] QByteArray matroskaWithStreams(int streams);
/// An MP4 (ISO/IEC 14496-12) with one track of \a frames pictures of one byte each, \a ticks long at 1,000 a second.
[[nodiscard]] QByteArray mp4WithFrames(quint32 frames, quint32 ticks);

} // namespace vidimus::test
