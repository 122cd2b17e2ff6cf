#pragma once

#include "core/media/engine/input.h"
#include "core/media/frame_source.h"

#include <memory>

namespace vidimus::media::engine {

/// FrameSource over a file: frame n is always the n-th shown frame, wherever the reading was before. HDR (PQ, HLG) is
/// converted as it stands, without tone mapping: the picture looks flat but every value is visible. One thread at a
/// time.
class IndexedDecoder : public FrameSource {
public:
    /// Keeps decoded pictures for the screen up to \a cacheBytes. Errors: as Input::open(), Unsupported (no_decoder).
    [[nodiscard]] static Result<std::unique_ptr<IndexedDecoder>> open(
        int fd, const InputLimits& limits = {}, const CancelToken& cancel = {}, qint64 cacheBytes = qint64(256) << 20);
    ~IndexedDecoder() override;

    [[nodiscard]] const MediaFacts& facts() const override;
    [[nodiscard]] const FrameIndex& index() const override;
    [[nodiscard]] Result<PictureBuffer> frame(
        qint64 number, PictureSize bounds, const CancelToken& cancel = {}) override;
    [[nodiscard]] Result<std::vector<float>> audio(
        qint64 startSample, qint64 count, const CancelToken& cancel = {}) override;

private:
    struct Impl;
    explicit IndexedDecoder(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace vidimus::media::engine
