#include "box_reader.h"
#include "core/transcode/engine/cmaf_init.h"
#include "core/transcode/engine/cmaf_segment.h"
#include "core/transcode/engine/frame_timeline.h"
#include "core/transcode/engine/luma_quality.h"
#include "core/transcode/engine/nal_units.h"
#include "core/transcode/plan.h"

#include <QtTest>

using namespace vidimus;
using namespace vidimus::test;
using namespace vidimus::transcode;
using namespace vidimus::transcode::engine;
using namespace Qt::StringLiterals;

class TestCmaf : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pictureHeaderParsesBack();
    void soundHeaderParsesBack();
    void segmentParsesBackWithReorderedTimes();
    void soundSegmentParsesBack();
    void byteStreamsAreSplit_data();
    void byteStreamsAreSplit();
    void samplesKeepOnlyPictureData();
    void configurationHoldsTheParameterSets();
    void timelineGivesDurationsAndSegments();
    void stillPicturesBeginEachSegment();
    void timelineRefusesEndlessTime();
    void qualityOfEqualAndOfNoisyPictures();
};

void TestCmaf::pictureHeaderParsesBack()
{
    const QByteArray init = videoInitSegment({.timescale = 30'000,
        .width = 854,
        .height = 480,
        .reorderTicks = 2'002,
        .avcConfiguration = "config",
        .colour = {.primaries = 1, .transfer = 13, .matrix = 6, .fullRange = false}});
    QCOMPARE(readBoxes(init).size(), 2);
    const auto media = findBox(init, "moov/trak/mdia/mdhd");
    QVERIFY(media);
    QCOMPARE(u32At(*media, 12), 30'000U);
    const auto header = findBox(init, "moov/trak/tkhd");
    QVERIFY(header);
    QCOMPARE(u32At(*header, header->size() - 8) >> 16, 854U);
    QCOMPARE(u32At(*header, header->size() - 4) >> 16, 480U);
    QCOMPARE(findBox(init, "moov/trak/mdia/minf/stbl/stsd/avc1/avcC"), std::optional<QByteArray>("config"));
    QCOMPARE(findBox(init, "moov/trak/mdia/minf/stbl/stsd/avc1/colr"),
        std::optional(QByteArray::fromHex("6e636c780001000d000600")));
    QCOMPARE(findBox(init, "moov/trak/mdia/minf/stbl/stsd/avc1/pasp"),
        std::optional(QByteArray::fromHex("0000000100000001")));
    const auto edit = findBox(init, "moov/trak/edts/elst");
    QVERIFY(edit);
    QCOMPARE(u64At(*edit, 16), quint64(2'002));
    QVERIFY(findBox(init, "moov/mvex/trex"));
}

void TestCmaf::soundHeaderParsesBack()
{
    const QByteArray config = QByteArray::fromHex("1190");
    const QByteArray init
        = soundInitSegment({.sampleRate = 44'100, .channels = 2, .audioSpecificConfig = config, .bitRate = 128'000});
    const auto media = findBox(init, "moov/trak/mdia/mdhd");
    QVERIFY(media);
    QCOMPARE(u32At(*media, 12), 44'100U);
    const auto stream = findBox(init, "moov/trak/mdia/minf/stbl/stsd/mp4a/esds");
    QVERIFY(stream);
    QVERIFY(stream->contains(QByteArray::fromHex("0502") + config));
    QCOMPARE(stream->at(5), char(stream->size() - 6)); // length of the ES descriptor
    QVERIFY(!findBox(init, "moov/trak/edts"));
    const auto defaults = findBox(init, "moov/mvex/trex");
    QVERIFY(defaults);
    QCOMPARE(u32At(*defaults, 12), 1'024U);
}

void TestCmaf::segmentParsesBackWithReorderedTimes()
{
    // I0 P3 B1 b2 in decode order; the third frame is shown longer.
    const std::vector<CmafSample> samples {{.presentationTicks = 1'000, .durationTicks = 10, .bytes = 3, .isKey = true},
        {.presentationTicks = 1'050, .durationTicks = 10, .bytes = 2, .isKey = false},
        {.presentationTicks = 1'010, .durationTicks = 10, .bytes = 1, .isKey = false},
        {.presentationTicks = 1'020, .durationTicks = 30, .bytes = 4, .isKey = false}};
    const QByteArray data = "AAABBCDDDD";
    const QByteArray segment = videoSegment(7, 20, samples, data);
    const QList<Box> boxes = readBoxes(segment);
    QCOMPARE(boxes.size(), 3);
    QCOMPARE(boxes[0].type, "styp");
    QCOMPARE(boxes[1].type, "moof");
    QCOMPARE(boxes[2].type, "mdat");
    QCOMPARE(boxes[2].body, data);
    QCOMPARE(u32At(*findBox(segment, "moof/mfhd"), 4), 7U);
    QCOMPARE(u64At(*findBox(segment, "moof/traf/tfdt"), 4), quint64(1'000));
    const auto run = readRun(*findBox(segment, "moof/traf/trun"));
    QVERIFY(run);
    QCOMPARE(run->version, 1);
    QCOMPARE(run->samples.size(), 4);
    qint64 decode = 1'000;
    qint64 total = 0;
    for (qsizetype i = 0; i < 4; ++i) {
        const auto index = static_cast<std::size_t>(i);
        QCOMPARE(decode + run->samples[i].offset - 20, samples[index].presentationTicks);
        QCOMPARE(run->samples[i].size, samples[index].bytes);
        QCOMPARE(run->samples[i].flags == 0x02000000, samples[index].isKey);
        decode += run->samples[i].duration;
        total += run->samples[i].duration;
    }
    QCOMPARE(total, 60);
    const qsizetype moof = boxes[0].body.size() + 8;
    QCOMPARE(segment.sliced(moof + run->dataOffset), data);
}

void TestCmaf::soundSegmentParsesBack()
{
    const std::vector<std::uint32_t> sizes {5, 6};
    const QByteArray segment = soundSegment(2, 188 * 1'024, sizes, "aaaaabbbbbb");
    QCOMPARE(u64At(*findBox(segment, "moof/traf/tfdt"), 4), quint64(188 * 1'024));
    const auto run = readRun(*findBox(segment, "moof/traf/trun"));
    QVERIFY(run);
    QCOMPARE(run->samples.size(), 2);
    QCOMPARE(run->samples[1].size, 6U);
}

void TestCmaf::byteStreamsAreSplit_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<QList<QByteArray>>("units");
    const auto hex = [](const char* text) { return QByteArray::fromHex(text); };
    QTest::newRow("two") << hex("000000016742 0000000168ee") << QList {hex("6742"), hex("68ee")};
    QTest::newRow("short start codes") << hex("000001650a000001410b") << QList {hex("650a"), hex("410b")};
    QTest::newRow("trailing zeros") << hex("000001650a0000000000000141") << QList {hex("650a"), hex("41")};
    QTest::newRow("no start code") << hex("6742") << QList<QByteArray> {};
    QTest::newRow("empty units") << hex("000001000001000001") << QList<QByteArray> {};
    QTest::newRow("empty") << QByteArray() << QList<QByteArray> {};
}

void TestCmaf::byteStreamsAreSplit()
{
    QFETCH(QByteArray, stream);
    QFETCH(QList<QByteArray>, units);
    QList<QByteArray> found;
    for (const QByteArrayView unit : splitByteStream(stream))
        found.append(unit.toByteArray());
    QCOMPARE(found, units);
}

void TestCmaf::samplesKeepOnlyPictureData()
{
    // Delimiter, parameter sets, the encoder's note, a caption, a slice.
    const QByteArray unit
        = QByteArray::fromHex("00000109f0 000001674d401e 00000168ee 000001060510aa 000001060447 000001658884");
    QCOMPARE(toLengthPrefixed(unit), QByteArray::fromHex("00000003060447 00000003658884"));
}

void TestCmaf::configurationHoldsTheParameterSets()
{
    const auto sets = parameterSetsOf(QByteArray::fromHex("00000001 6764001fac 00000001 68ebe3"));
    QVERIFY(sets);
    QCOMPARE(avcConfiguration(*sets), QByteArray::fromHex("0164001fffe100056764001fac01000368ebe3fdf8f800"));
    const auto main = parameterSetsOf(QByteArray::fromHex("00000001 674d401e 00000001 68ee"));
    QVERIFY(main);
    QCOMPARE(avcConfiguration(*main), QByteArray::fromHex("014d401effe10004674d401e01000268ee"));
    QVERIFY(!parameterSetsOf(QByteArray::fromHex("00000001 674d401e")));
    QVERIFY(!parameterSetsOf({}));
}

void TestCmaf::timelineGivesDurationsAndSegments()
{
    FrameTimeline timeline({.timescale = 100, .length = {1, 1}}, 40);
    QCOMPARE(timeline.next(0)->value(), std::vector<Showing> {});
    QCOMPARE(timeline.next(40)->value(), (std::vector<Showing> {{0, 40, 0}}));
    QVERIFY(!timeline.next(40)->has_value()); // not later: dropped
    QVERIFY(!timeline.next(10)->has_value());
    QCOMPARE(timeline.next(110)->value(), (std::vector<Showing> {{40, 70, 0}}));
    QCOMPARE(timeline.finish(0).value(), (std::vector<Showing> {{110, 40, 1}}));
    QCOMPARE(timeline.pictures(), 3);
    QCOMPARE(timeline.end(), 150);
}

void TestCmaf::stillPicturesBeginEachSegment()
{
    FrameTimeline timeline({.timescale = 100, .length = {1, 1}}, 40);
    QVERIFY(timeline.next(0));
    QCOMPARE(timeline.next(350)->value(), (std::vector<Showing> {{0, 100, 0}, {100, 100, 1}, {200, 150, 2}}));
    // The sound goes on: the last picture stays, but no segment is begun for a crumb.
    QCOMPARE(timeline.finish(520).value(), (std::vector<Showing> {{350, 50, 3}, {400, 120, 4}}));
}

void TestCmaf::timelineRefusesEndlessTime()
{
    FrameTimeline timeline({.timescale = 100, .length = {1, 1}}, 40);
    QVERIFY(timeline.next(0));
    const auto far = timeline.next(std::int64_t {1} << 50);
    QVERIFY(!far);
    QCOMPARE(far.error().code, ErrorCode::LimitExceeded);
}

void TestCmaf::qualityOfEqualAndOfNoisyPictures()
{
    std::vector<std::uint8_t> a(64 * 48);
    for (std::size_t i = 0; i < a.size(); ++i)
        a[i] = static_cast<std::uint8_t>((i * 7 + i / 64 * 13) % 200);
    const auto plane = [](const std::vector<std::uint8_t>& bytes) {
        return LumaPlane {.data = bytes.data(), .stride = 64, .width = 64, .height = 48};
    };
    const PictureQuality same = comparePictures(plane(a), plane(a));
    QCOMPARE(same.ssim, 1.0);
    QCOMPARE(same.squaredError, 0.0);
    QCOMPARE(psnrOf(same.squaredError), 100.0);
    std::vector<std::uint8_t> b = a;
    for (std::uint8_t& value : b)
        value = static_cast<std::uint8_t>(value + 5);
    const PictureQuality brighter = comparePictures(plane(a), plane(b));
    QCOMPARE(brighter.squaredError, 25.0);
    QVERIFY(brighter.ssim > 0.98 && brighter.ssim < 1);
    QVERIFY(std::abs(psnrOf(25) - 34.151) < 0.001);
    for (std::size_t i = 0; i < b.size(); ++i)
        b[i] = static_cast<std::uint8_t>(255 - a[i]);
    QVERIFY(comparePictures(plane(a), plane(b)).ssim < 0);
}

QTEST_GUILESS_MAIN(TestCmaf)
#include "tst_cmaf.moc"
