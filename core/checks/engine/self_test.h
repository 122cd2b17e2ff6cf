#pragma once

#include "core/base/cancel.h"
#include "core/checks/model_manifest.h"
#include "core/checks/profile.h"
#include "core/checks/report.h"
#include "core/checks/self_test_row.h"
#include "core/media/container_facts.h"
#include "core/media/facts.h"

#include <functional>
#include <span>

namespace vidimus::checks::engine {

/// 8-bit codes of one pixel, limited range.
struct SelfTestPixel {
    int luma = 16;
    int cb = 128;
    int cr = 128;
};

/// A model made for the test, and how it is to be run.
struct SelfTestModel {
    ModelManifest manifest;
    QByteArray onnx;
};

/// A programme made to the exact code and sample: the checks read it as they read decoded media.
struct SelfTestVector {
    int width = 320;
    int height = 180;
    int frames = 0; ///< 0: no picture
    int fpsNum = 25;
    int fpsDen = 1;
    std::function<SelfTestPixel(int frame, int x, int y)> picture;
    media::ColorTags color {media::ColorRange::Limited, 1, 1, 1};
    bool interlaced = false; ///< what every frame says of itself
    bool topFieldFirst = false;
    media::HdrKind hdr = media::HdrKind::Sdr;
    media::HdrValues hdrValues;
    int bits = 8; ///< 10: luma and chroma are 10-bit codes
    double soundSeconds = 0; ///< 0: no sound; else stereo at 48 kHz
    std::function<float(int channel, qint64 index)> sound;
    media::ContainerFacts container; ///< what its packets say
    /// Runs over samples of the picture, whose luma it sees as grey, codes 0…255; null: the checks of a pass do.
    SelfTestModel (*model)() = nullptr;
};

/// One vector for one check, and what the check must say about it under its default thresholds.
struct SelfTestCase {
    const char* check; ///< id
    const char* vector; ///< what is shown
    SelfTestVector (*make)();
    const char* detail; ///< of the one finding that there must be; null: the check must pass
    qint64 firstFrame = -1; ///< of that finding or entry, right to two frames; -1: not looked at
    qint64 lastFrame = -1;
    double start = -1; ///< seconds, right to a tenth; below 0: not looked at
    double end = -1;
    const char* track = nullptr; ///< without detail: kind of the one entry on the track; "": there must be none
};

/// Rows of the families; runSelfTest() takes them in this order.
[[nodiscard]] std::span<const SelfTestCase> pictureSelfTests();
[[nodiscard]] std::span<const SelfTestCase> flashSelfTests();
[[nodiscard]] std::span<const SelfTestCase> soundSelfTests();
[[nodiscard]] std::span<const SelfTestCase> modelSelfTests();

/// What checks say about a vector. Errors: Internal.
[[nodiscard]] Result<Report> judgeVector(const SelfTestVector& vector, const Profile& profile);
/// Every case, one after the other; about ten seconds. Errors: Canceled.
[[nodiscard]] Result<std::vector<SelfTestRow>> runSelfTest(
    const CancelToken& cancel = {}, const ProgressSink& progress = {});
/// One case; never fails to give its row.
[[nodiscard]] SelfTestRow runSelfTestCase(const SelfTestCase& one);

} // namespace vidimus::checks::engine
