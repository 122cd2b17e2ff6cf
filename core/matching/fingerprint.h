#pragma once

#include "core/base/instant.h"
#include "core/base/result.h"
#include "core/matching/pdq_hash.h"

#include <QByteArray>
#include <QJsonObject>
#include <vector>

namespace vidimus::matching {

/// One picture of a fingerprint.
struct FingerprintFrame {
    Milliseconds time {0}; ///< from the start of the media
    qint64 frame = 0; ///< presentation order, 0-based
    PdqHash hash; ///< of the whole upright picture
    PdqHash content; ///< without bars around the content; equal to \a hash when there are none
    int quality = 0; ///< 0…100, of \a hash

    friend bool operator==(const FingerprintFrame&, const FingerprintFrame&) = default;
};

enum class FingerprintKind : std::uint8_t { Image, Video };

/// The hashes of a file in the order of their times. A video has at least one a second; between those, one whenever
/// the picture has moved away from the last one kept, so the first frame of a shot is among them. A value.
struct Fingerprint {
    FingerprintKind kind = FingerprintKind::Video;
    Milliseconds duration {0}; ///< of the picture; 0 for an image
    std::vector<FingerprintFrame> frames;
    /// Of an image: its hashes when it is turned by 90°, 180°, 270°, mirrored left to right, upside down, and along
    /// its two diagonals.
    std::vector<PdqHash> turned;

    friend bool operator==(const Fingerprint&, const Fingerprint&) = default;
};

inline constexpr qsizetype kMaxFingerprintFrames = 800'000; ///< more than a day at the closest spacing

/// `kind`, `frames[]{time, frame, pdq, quality}` of the command line.
[[nodiscard]] QJsonObject toJson(const Fingerprint& fingerprint);
/// Compact form (format 1, little-endian) for messages and the workspace: 45 bytes a frame, 77 with bars.
[[nodiscard]] QByteArray toBytes(const Fingerprint& fingerprint);
/// Untrusted bytes. Errors: Invalid (reason "bad_fingerprint"), LimitExceeded.
[[nodiscard]] Result<Fingerprint> fingerprintFromBytes(QByteArrayView bytes);

} // namespace vidimus::matching
