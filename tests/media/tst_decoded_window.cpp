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
    void keepsWhatIsNearest()
    {
        const AvFramePtr frame = grayFrame(64);
        QVERIFY(frame);
        const qint64 bytes = static_cast<qint64>(frame->buf[0]->size);
        DecodedWindow window(bytes * 4);
        QCOMPARE(window.roomFor(bytes), 4);
        for (qint64 number = 0; number < 10; ++number)
            window.add(frame.get(), {.number = number}, 9);
        for (qint64 number = 0; number < 10; ++number)
            QCOMPARE(window.find(number) != nullptr, number >= 6);
        window.add(frame.get(), {.number = 5}, 5); // looking moved back: the other end goes
        QVERIFY(window.find(5));
        QVERIFY(!window.find(9));
        QVERIFY(window.find(8));
    }

    void keepsOneFrameThatIsTooLarge()
    {
        const AvFramePtr frame = grayFrame(256);
        QVERIFY(frame);
        DecodedWindow window(10);
        QCOMPARE(window.roomFor(1 << 20), 1);
        QCOMPARE(window.roomFor(0), 10);
        window.add(frame.get(), {.number = 1, .damaged = true}, 1);
        window.add(frame.get(), {.number = 2}, 2);
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
        window.add(frame.get(), {.number = 3}, 3);
        window.add(frame.get(), {.number = 3}, 3);
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
