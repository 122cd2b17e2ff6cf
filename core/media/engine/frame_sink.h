#pragma once

#include "core/base/result.h"
#include "core/media/container_facts.h"
#include "core/media/facts.h"
#include "core/media/frame.h"
#include "core/media/frame_index.h"

#include <QString>
#include <span>
#include <vector>

struct AVFrame;

namespace vidimus::media::engine {

/// In which form a sink wants each picture. Equal wishes of all sinks are made once and shared.
struct PictureWish {
    enum class Form : std::uint8_t {
        Native, ///< as decoded, full size, no copy (formats outside PixelFormat are converted to the nearest planar)
        Luma, ///< Gray8: the luma plane at 8 bits, in the range the picture has
        Bgra, ///< for people's eyes, colours converted by the tags
    };
    Form form = Form::Native;
    PictureSize bounds; ///< fitted into this without enlarging (coded shape); 0×0: full size
    friend bool operator==(const PictureWish&, const PictureWish&) = default;
};

enum class AudioWish : std::uint8_t {
    None,
    Best, ///< the programme's sound only
    All,
};

/// What the pass knows before the first picture.
struct PassStart {
    const MediaFacts& facts;
    const FrameIndex& index;
    const ContainerFacts* container = nullptr; ///< null where nothing was read from packets
};

/// A stretch that could not be decoded: reported, never skipped in silence.
struct DamagedRange {
    bool picture = true; ///< else sound
    int audioStream = -1; ///< position in MediaFacts::audio when sound
    qint64 firstFrame = 0; ///< frames [firstFrame, endFrame) when picture
    qint64 endFrame = 0;
    double startSeconds = 0; ///< media time
    double endSeconds = 0;
    QString detail;
};

/// One picture in the wished forms.
struct PictureSet {
    std::span<const FrameView> views; ///< one for each wish, in the order of wishes
    const AVFrame* decoded = nullptr; ///< libav's own, for encoders; may be referenced with av_frame_ref()
    const FrameView& operator[](std::size_t wish) const { return views[wish]; }
};

/// Receives one decode of a file. All calls come on the thread that runs the pass, in the order begin, (picture, audio,
/// damaged)*, end; pictures in presentation order, sound of one stream in time order; picture and sound are interleaved
/// as in the file. An error returned from any call stops the whole pass with that error.
class FrameSink {
public:
    virtual ~FrameSink() = default;

    [[nodiscard]] virtual std::vector<PictureWish> wishes(const MediaFacts& facts) const = 0;
    [[nodiscard]] virtual AudioWish audioWish() const { return AudioWish::None; }
    [[nodiscard]] virtual Result<void> begin(const PassStart&) { return {}; }
    [[nodiscard]] virtual Result<void> picture(const PictureSet&) { return {}; }
    [[nodiscard]] virtual Result<void> audio(const AudioView&) { return {}; }
    [[nodiscard]] virtual Result<void> damaged(const DamagedRange&) { return {}; }
    [[nodiscard]] virtual Result<void> end() { return {}; }
};

} // namespace vidimus::media::engine
