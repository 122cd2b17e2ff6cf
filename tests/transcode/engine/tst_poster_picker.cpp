#include "core/transcode/engine/poster_picker_p.h"

#include <QTest>
extern "C" {
#include <libavutil/frame.h>
}

using namespace vidimus;
using namespace vidimus::transcode;
using namespace vidimus::transcode::engine;

namespace {

constexpr int kTicks = 90'000;

/// Stripes of a strength, so that its sharpness is known; 0 is a flat grey picture.
AvFramePtr striped(int strength)
{
    AvFramePtr frame(av_frame_alloc());
    frame->format = AV_PIX_FMT_YUV420P;
    frame->width = 64;
    frame->height = 64;
    if (av_frame_get_buffer(frame.get(), 0) < 0)
        return {};
    for (int plane = 0; plane < 3; ++plane)
        for (int y = 0; y < (plane == 0 ? 64 : 32); ++y)
            for (int x = 0; x < (plane == 0 ? 64 : 32); ++x)
                frame->data[plane][y * frame->linesize[plane] + x]
                    = static_cast<std::uint8_t>(plane == 0 ? 100 + x / 3 % 2 * strength : 128);
    return frame;
}

/// The poster of a minute with one picture a second; the picture of each is striped(strengthAt(second)).
template<class Strength>
QByteArray posterOf(const std::vector<TimeSpan>& spans, const Strength& strengthAt)
{
    const SegmentGrid grid {.timescale = kTicks, .length = {4, 1}};
    PosterPicker picker(grid, 15);
    picker.prefer(spans);
    for (int second = 0; second < 60; ++second)
        picker.offer(*striped(strengthAt(second)), std::int64_t {second} * kTicks);
    return picker.finish({}).value_or(QByteArray());
}

QByteArray jpegOf(int strength)
{
    return encodeJpeg(*striped(strength), {}).value_or(QByteArray());
}

} // namespace

class PosterPickerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theSharpestAroundAThirdIsTaken();
    void aStretchWithSomebodyComesFirst();
    void anEmptyPictureIsNoPoster();
};

void PosterPickerTest::theSharpestAroundAThirdIsTaken()
{
    const auto strength = [](int second) { return second == 20 ? 80 : second == 50 ? 120 : 40; };
    const QByteArray poster = posterOf({}, strength);
    QVERIFY(!poster.isEmpty());
    QCOMPARE(poster, jpegOf(80));
}

void PosterPickerTest::aStretchWithSomebodyComesFirst()
{
    const auto strength = [](int second) { return second == 20 ? 120 : second == 51 ? 80 : 40; };
    QCOMPARE(posterOf({{50, 53}}, strength), jpegOf(80));
}

void PosterPickerTest::anEmptyPictureIsNoPoster()
{
    const auto strength = [](int second) { return second >= 50 && second < 53 ? 0 : 60; };
    QCOMPARE(posterOf({{50, 53}}, strength), jpegOf(60));
}

QTEST_GUILESS_MAIN(PosterPickerTest)
#include "tst_poster_picker.moc"
