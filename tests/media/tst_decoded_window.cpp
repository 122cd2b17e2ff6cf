#include "clip_file.h"
#include "core/media/engine/decoded_window_p.h"
#include "core/media/engine/indexed_decoder.h"

#include <QTest>

using namespace vidimus;
using namespace vidimus::media;
using namespace vidimus::media::engine;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

namespace {

AvFramePtr grayFrame(int side)
{
    AvFramePtr frame(av_frame_alloc());
    frame->format = AV_PIX_FMT_GRAY8;
    frame->width = side;
    frame->height = side;
    return av_frame_get_buffer(frame.get(), 0) == 0 ? std::move(frame) : nullptr;
}

} // namespace

class TestDecodedWindow : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsWhatIsWantedAndDropsTheFarthest()
    {
        const AvFramePtr frame = grayFrame(64);
        QVERIFY(frame);
        const qint64 bytes = static_cast<qint64>(frame->buf[0]->size);
        DecodedWindow window(bytes * 8, bytes);
        for (qint64 number = 0; number < 20; ++number)
            window.add(frame.get(), {.number = number}, 19, window.wanted(19, 100));
        for (qint64 number = 0; number < 20; ++number)
            QCOMPARE(window.find(number) != nullptr, number >= 12);
        // Looking moves back: what lies above is dropped, the frame looked at stays.
        for (const qint64 number : {11, 10, 9, 8, 7}) {
            window.add(frame.get(), {.number = number}, 12, window.wanted(12, 100));
            QVERIFY(window.find(12));
            QVERIFY(window.bytes() <= bytes * 8);
        }
        QVERIFY(window.find(7));
        QVERIFY(!window.find(19));
    }

    void wantsMostlyWhatLiesBefore()
    {
        const DecodedWindow window(1000, 10); // a hundred frames
        const auto inside = window.wanted(500, 10'000);
        QCOMPARE(inside.end - inside.first, 100);
        QVERIFY(500 - inside.first >= 3 * (inside.end - 500));
        QCOMPARE(window.wanted(0, 10'000).first, 0);
        QCOMPARE(window.wanted(9'999, 10'000).end, 10'000);
        const auto narrow = DecodedWindow(5, 10).wanted(7, 10);
        QCOMPARE(narrow.first, 7);
        QCOMPARE(narrow.end, 8);
    }

    void noticesFramesLargerThanExpected()
    {
        const AvFramePtr frame = grayFrame(256);
        QVERIFY(frame);
        const qint64 bytes = static_cast<qint64>(frame->buf[0]->size);
        DecodedWindow window(bytes * 6, 1);
        window.add(frame.get(), {.number = 100}, 100, window.wanted(100, 1000));
        const auto wanted = window.wanted(100, 1000);
        QCOMPARE(wanted.end - wanted.first, 6);
    }

    void findsGaps()
    {
        const AvFramePtr frame = grayFrame(16);
        QVERIFY(frame);
        DecodedWindow window(1 << 20);
        for (const qint64 number : {0, 1, 2, 5, 6})
            window.add(frame.get(), {.number = number}, 5, {0, 100});
        QCOMPARE(window.firstMissingFrom(0), 3);
        QCOMPARE(window.firstMissingFrom(3), 3);
        QCOMPARE(window.firstMissingFrom(5), 7);
        QCOMPARE(window.lastMissingBefore(7), 4);
        QCOMPARE(window.lastMissingBefore(4), 3);
        QCOMPARE(window.lastMissingBefore(3), -1);
        QCOMPARE(window.lastMissingBefore(0), -1);
    }

    void keepsOneFrameThatIsTooLarge()
    {
        const AvFramePtr frame = grayFrame(256);
        QVERIFY(frame);
        DecodedWindow window(10);
        window.add(frame.get(), {.number = 1, .damaged = true}, 1, {1, 2});
        window.add(frame.get(), {.number = 2}, 2, {2, 3});
        QVERIFY(!window.find(1));
        QVERIFY(window.find(2));
        QVERIFY(!window.find(2)->about.damaged);
    }

    void sharesThePixelsAndOutlivesTheFrame()
    {
        AvFramePtr frame = grayFrame(64);
        QVERIFY(frame);
        frame->data[0][0] = 77;
        DecodedWindow window(1 << 20);
        window.add(frame.get(), {.number = 3}, 3, {0, 10});
        window.add(frame.get(), {.number = 3}, 3, {0, 10});
        frame.reset();
        QCOMPARE(int(window.find(3)->frame->data[0][0]), 77);
    }

    /// The pictures of steps after jumps equal those of a decoder that only goes forward, whatever room there is.
    void stepsAfterJumpsAreExact_data()
    {
        QTest::addColumn<qint64>("cacheBytes");
        QTest::newRow("no room") << qint64(0);
        QTest::newRow("a few frames") << qint64(800'000);
        QTest::newRow("all") << (qint64(64) << 20);
    }
    void stepsAfterJumpsAreExact()
    {
        QFETCH(qint64, cacheBytes);
        const ClipFile file(GeneratedClip {.frames = 120, .gop = 60}, u"a.mp4"_s);
        const auto forward = IndexedDecoder::open(file.fd());
        QVERIFY(forward);
        std::vector<QByteArray> expected;
        for (qint64 number = 0; number < 120; ++number) {
            const auto picture = (*forward)->frame(number, {});
            QVERIFY(picture);
            expected.push_back(picture->bytes);
        }
        const auto decoder = IndexedDecoder::open(file.fd(), {}, {}, cacheBytes);
        QVERIFY(decoder);
        for (const qint64 start : {50, 3, 119, 61, 59, 117, 60, 0, 100}) {
            for (const qint64 step : {0, 1, -1, -2, -3, -7, -8, 2, 0}) {
                const qint64 number = std::clamp<qint64>(start + step, 0, 119);
                const auto picture = (*decoder)->frame(number, {});
                QVERIFY2(picture, qPrintable(QString::number(number)));
                QCOMPARE(picture->number, number);
                QVERIFY2(picture->bytes == expected[std::size_t(number)], qPrintable(QString::number(number)));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestDecodedWindow)
#include "tst_decoded_window.moc"
