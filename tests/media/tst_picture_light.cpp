#include "core/media/engine/av_ptr_p.h"
#include "core/media/engine/picture_light.h"

#include <QTest>
extern "C" {
#include <libavutil/mastering_display_metadata.h>
}

using namespace vidimus::media;
using namespace vidimus::media::engine;

namespace {

void setMastering(AVFrame* frame, AVRational least, AVRational most)
{
    AVMasteringDisplayMetadata* mastering = av_mastering_display_metadata_create_side_data(frame);
    mastering->has_luminance = 1;
    mastering->min_luminance = least;
    mastering->max_luminance = most;
}

void setLight(AVFrame* frame, unsigned brightest, unsigned mean)
{
    AVContentLightMetadata* light = av_content_light_metadata_create_side_data(frame);
    light->MaxCLL = brightest;
    light->MaxFALL = mean;
}

} // namespace

/// What HEVC and AV1 carry beside their pictures.
class TestPictureLight : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatAPictureCarriesIsRead()
    {
        const AvFramePtr frame(av_frame_alloc());
        QCOMPARE(hdrValuesOf(frame.get()), HdrValues {});
        setMastering(frame.get(), {1, 10000}, {1000, 1});
        setLight(frame.get(), 900, 150);
        QCOMPARE(hdrValuesOf(frame.get()), (HdrValues {0.0001, 1000, 900, 150}));
    }

    void whatCannotBeIsLeftOut()
    {
        const AvFramePtr frame(av_frame_alloc());
        setMastering(frame.get(), {1, 0}, {1000, 1});
        setLight(frame.get(), 4000000000U, 150);
        QCOMPARE(hdrValuesOf(frame.get()), HdrValues {});
        QCOMPARE(hdrValuesOf(nullptr), HdrValues {});
    }

    void halfOfItIsNotRead()
    {
        const AvFramePtr frame(av_frame_alloc());
        QVERIFY(av_frame_new_side_data(frame.get(), AV_FRAME_DATA_CONTENT_LIGHT_LEVEL, 3) != nullptr);
        QVERIFY(av_frame_new_side_data(frame.get(), AV_FRAME_DATA_MASTERING_DISPLAY_METADATA, 8) != nullptr);
        QCOMPARE(hdrValuesOf(frame.get()), HdrValues {});
    }
};

QTEST_GUILESS_MAIN(TestPictureLight)
#include "tst_picture_light.moc"
