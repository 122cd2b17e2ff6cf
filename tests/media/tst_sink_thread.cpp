#include "clip_file.h"
#include "core/base/sha256.h"
#include "core/media/engine/pass.h"
#include "core/media/engine/sink_thread.h"

#include <QTest>
#include <atomic>
#include <thread>

using namespace vidimus;
using namespace vidimus::media;
using namespace vidimus::media::engine;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

namespace {

/// Writes down every call with a hash of its pixels or samples.
class Recorder : public FrameSink {
public:
    explicit Recorder(std::vector<PictureWish> forms = {PictureWish {}})
        : m_forms(std::move(forms))
    {
    }
    std::vector<PictureWish> wishes(const MediaFacts&) const override { return m_forms; }
    AudioWish audioWish() const override { return AudioWish::Best; }
    Result<void> begin(const PassStart& start) override
    {
        say(u"begin %1"_s.arg(start.index.count()));
        return {};
    }
    Result<void> picture(const PictureSet& pictures) override
    {
        if (running.exchange(true))
            say(u"two calls at once"_s);
        for (const FrameView& view : pictures.views) {
            QByteArray bytes;
            for (const PlaneView& plane : std::span(view.planes).first(std::size_t(planeCountOf(view.format)))) {
                for (int y = 0; y < plane.height; ++y)
                    bytes.append(
                        reinterpret_cast<const char*>(plane.row8(y)), plane.width * bytesPerSampleOf(view.format));
            }
            say(u"picture %1 %2"_s.arg(view.number).arg(QString::fromLatin1(sha256Hex(bytes))));
        }
        if (slow)
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        running = false;
        ++pictureCalls;
        return pictureCalls == failAt ? Result<void>(Error {ErrorCode::Invalid, u"enough"_s, "enough"})
                                      : Result<void>();
    }
    Result<void> audio(const AudioView& view) override
    {
        const QByteArray bytes(
            reinterpret_cast<const char*>(view.samples.data()), qsizetype(view.samples.size_bytes()));
        say(u"sound %1 %2 %3"_s.arg(view.firstSample)
                .arg(view.roles.size())
                .arg(QString::fromLatin1(sha256Hex(bytes))));
        return {};
    }
    Result<void> damaged(const DamagedRange& range) override
    {
        say(u"damaged %1 %2"_s.arg(range.firstFrame).arg(range.endFrame));
        return {};
    }
    Result<void> end() override
    {
        say(u"end"_s);
        return {};
    }
    QStringList calls;
    std::atomic<bool> running {false};
    int pictureCalls = 0;
    int failAt = -1;
    bool slow = false;

private:
    void say(const QString& call) { calls.append(call); }

    std::vector<PictureWish> m_forms;
};

Result<PassSummary> pass(const ClipFile& file, FrameSink& sink, const CancelToken& cancel = {})
{
    const auto input = Input::open(file.fd());
    if (!input)
        return input.error();
    FrameSink* const sinks[] {&sink};
    return runPass(**input, sinks, {}, cancel);
}

} // namespace

class TestSinkThread : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theSinkSeesTheSame_data()
    {
        QTest::addColumn<GeneratedClip>("clip");
        QTest::addColumn<bool>("slow");
        GeneratedClip clip {.frames = 60, .gop = 20, .audioTracks = 1};
        QTest::newRow("fast") << clip << false;
        QTest::newRow("slower than the decoder") << clip << true;
        clip.pixelFormat = u"yuv420p10le"_s;
        QTest::newRow("10 bits") << clip << false;
    }
    void theSinkSeesTheSame()
    {
        QFETCH(GeneratedClip, clip);
        QFETCH(bool, slow);
        const ClipFile file(clip, u"a.mkv"_s);
        const std::vector<PictureWish> forms {{}, {PictureWish::Form::Luma, {64, 64}}, {PictureWish::Form::Bgra, {}}};
        Recorder direct(forms);
        QVERIFY(pass(file, direct));
        Recorder recorder(forms);
        recorder.slow = slow;
        SinkThread beside(recorder);
        QVERIFY(pass(file, beside));
        QCOMPARE(recorder.calls, direct.calls);
        QCOMPARE(recorder.pictureCalls, 60);
    }

    void damageIsToldInItsPlace()
    {
        const ClipFile whole(GeneratedClip {.frames = 60, .gop = 20}, u"a.ts"_s);
        QByteArray bytes = whole.bytes();
        for (qsizetype at = bytes.size() / 3; at < bytes.size() * 2 / 3; at += 5)
            bytes[at] = char(at);
        const ClipFile file(bytes, u"b.ts"_s);
        Recorder direct;
        QVERIFY(pass(file, direct));
        Recorder recorder;
        SinkThread beside(recorder);
        QVERIFY(pass(file, beside));
        QCOMPARE(recorder.calls, direct.calls);
        QVERIFY(recorder.calls.filter(u"damaged"_s).size() > 0);
    }

    void anErrorOfTheSinkEndsThePass()
    {
        const ClipFile file(GeneratedClip {.frames = 200}, u"a.mp4"_s);
        for (const int failAt : {1, 30, 200}) {
            Recorder recorder;
            recorder.failAt = failAt;
            SinkThread beside(recorder);
            const auto summary = pass(file, beside);
            QVERIFY(!summary);
            QCOMPARE(summary.error().reason, QByteArray("enough"));
            QCOMPARE(recorder.pictureCalls, failAt);
            QVERIFY(!recorder.calls.contains(u"end"_s));
        }
    }

    void aCanceledPassLeavesNothingRunning()
    {
        const ClipFile file(GeneratedClip {.frames = 200}, u"a.mp4"_s);
        const CancelSource source;
        source.cancel();
        Recorder recorder;
        {
            SinkThread beside(recorder);
            const auto summary = pass(file, beside, source.token());
            QVERIFY(!summary);
        }
        QVERIFY(!recorder.calls.contains(u"end"_s));
    }

    void withoutAPassNothingHappens()
    {
        Recorder recorder;
        const SinkThread beside(recorder);
        QVERIFY(recorder.calls.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestSinkThread)
#include "tst_sink_thread.moc"
