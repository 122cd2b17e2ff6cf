#pragma once

#include "core/media/engine/input.h"
#include "core/media/frame_source.h"

#include <memory>

namespace vidimus::media::engine {

/// FrameSource over a file: frame n is always the n-th shown frame, wherever the reading was before. HDR (PQ, HLG) is
/// converted as it stands, without tone mapping: the picture looks flat but every value is visible. Decoded frames
/// around the last one asked for are kept, within a bound in bytes, and idle time goes into having more of them: see
/// prepare(). One thread at a time.
class IndexedDecoder : public FrameSource {
public:
    static constexpr qint64 kCacheBytes = qint64(384) << 20;
    /// Where idle time may go.
    enum class Prepare {
        Ahead, ///< where the last steps lead
        Around, ///< in both directions; backwards from the key frame before, with a second decoder
    };

    /// Keeps decoded pictures up to \a cacheBytes. Errors: as Input::open(), Unsupported (no_decoder).
    [[nodiscard]] static Result<std::unique_ptr<IndexedDecoder>> open(
        int fd, const InputLimits& limits = {}, const CancelToken& cancel = {}, qint64 cacheBytes = kCacheBytes);
    ~IndexedDecoder() override;

    [[nodiscard]] const MediaFacts& facts() const override;
    [[nodiscard]] const FrameIndex& index() const override;
    [[nodiscard]] Result<PictureBuffer> frame(
        qint64 number, PictureSize bounds, const CancelToken& cancel = {}) override;
    [[nodiscard]] Result<PictureBuffer> nearFrame(
        qint64 number, PictureSize bounds, const CancelToken& cancel = {}) override;
    [[nodiscard]] Result<std::vector<float>> audio(
        qint64 startSample, qint64 count, const CancelToken& cancel = {}) override;

    /// Decodes one packet of what is likely to be asked for next. False when there is nothing left to do.
    [[nodiscard]] bool prepare(Prepare what, const CancelToken& cancel = {});
    /// True when frame \a number costs no decoding.
    [[nodiscard]] bool isAtHand(qint64 number) const;
    /// What the kept pictures take.
    [[nodiscard]] qint64 cachedBytes() const;

private:
    struct Impl;
    explicit IndexedDecoder(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace vidimus::media::engine
