#include "core/base/block_file.h"
#include "core/base/json.h"
#include "core/base/state_archive.h"
#include "core/checks/engine/run_checks.h"
#include "core/media/engine/pass.h"
#include "support/generated_clip.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>
#include <algorithm>
#include <array>
#include <future>

using namespace vidimus;
using namespace vidimus::checks;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int kFrames = 180;

/// Every check of the registry is on.
Profile everything()
{
    Profile profile = defaultProfile();
    for (auto& [id, setting] : profile.checks)
        setting.enabled = true;
    return profile;
}

/// Movement, flashing in light and red, stillness, a pulse in it, black, a fade, stripes and a logo: something for the
/// memory of every check.
void paint(const Canvas& canvas, int frame)
{
    paintNumbered(canvas, frame);
    if (frame >= 20 && frame < 60 && (frame / 3) % 2 == 0)
        canvas.fill(frame < 40 ? 220 : 81, frame < 40 ? 128 : 90, frame < 40 ? 128 : 240);
    if (frame >= 60 && frame < 100) {
        canvas.fill(90);
        canvas.rectangle(10, 20, 40, 20, frame == 80 ? 172 : 170);
    }
    if (frame >= 100 && frame < 120)
        canvas.fill(16);
    if (frame >= 120 && frame < 150)
        canvas.fill(16 + (frame - 120) * 6);
    if (frame >= 150 && frame < 175) {
        for (int x = 0; x < canvas.width; x += 16)
            canvas.rectangle(x, 0, 8, canvas.height, 200);
    }
    canvas.rectangle(canvas.width - 20, 6, 12, 12, 190);
}

struct Passed {
    Result<engine::CheckRun> run;
    std::vector<QByteArray> states; ///< after each sound picture, when they are wanted
};

/// \a keepStates: of every picture whose number, from one, \a each divides.
Passed check(const QString& path, bool keepStates, const QByteArray& state = {}, const Profile& profile = everything(),
    int each = 1)
{
    Passed passed {Error {ErrorCode::Io, path, {}}, {}};
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return passed;
    media::engine::InputLimits limits;
    limits.decoderThreads = 2;
    auto input = media::engine::Input::open(file.handle(), limits);
    if (!input)
        return passed;
    engine::PassResumption resumption {.state = state, .checkpoints = {}};
    resumption.checkpoints.interval = std::chrono::milliseconds(0);
    if (keepStates)
        resumption.checkpoints.save = [&, count = 0](const QByteArray& one) mutable {
            if (++count % each == 0)
                passed.states.push_back(one);
        };
    passed.run = engine::runChecks(**input, profile, {}, {}, engine::CheckThread::Own, resumption);
    return passed;
}

QByteArray textOf(const Result<engine::CheckRun>& run)
{
    return vidimus::toJson(checks::toJson(run->measurements)) + vidimus::toJson(checks::toJson(run->report));
}

/// A state is the parts of the sink and of each check, each packed.
std::vector<QByteArray> partsOf(const QByteArray& state)
{
    StateArchive archive(state);
    std::vector<QByteArray> parts;
    archive(parts);
    return parts;
}

QByteArray stateOf(std::vector<QByteArray> parts)
{
    StateArchive archive;
    archive(parts);
    return archive.take();
}

/// Counts the pictures that a pass decodes and hands over.
struct Counter : media::engine::FrameSink {
    [[nodiscard]] std::vector<media::engine::PictureWish> wishes(const media::MediaFacts&) const override
    {
        return {media::engine::PictureWish {}};
    }
    [[nodiscard]] media::engine::AudioWish audioWish() const override { return media::engine::AudioWish::Best; }
    [[nodiscard]] Result<void> picture(const media::engine::PictureSet& pictures) override
    {
        numbers.push_back(pictures[0].number);
        return {};
    }
    [[nodiscard]] Result<void> audio(const media::AudioView& view) override
    {
        samples += qint64(view.frames());
        return {};
    }
    std::vector<qint64> numbers;
    qint64 samples = 0;
};

} // namespace

/// A pass that goes on from any of its states measures what an unbroken one does, to the byte.
class TestResume : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aResumedPassEqualsAnUnbrokenOne_data();
    void aResumedPassEqualsAnUnbrokenOne();
    void whatWasPutAwayIsThereForTheRest();
    void aStateThatDoesNotFitIsNotUsed();
    void aResumedPassHandsOverWhatIsLeftAndAllSound();
    void noPictureIsResumedThatCannotBeFound();

private:
    [[nodiscard]] QString pathOf(const QString& name) const { return m_folder.filePath(name); }
    QTemporaryDir m_folder;
};

void TestResume::aResumedPassEqualsAnUnbrokenOne_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("codec");
    QTest::addColumn<QString>("pixels");
    QTest::addColumn<bool>("openGop");
    QTest::addColumn<bool>("interlaced");
    QTest::addColumn<bool>("damaged");
    QTest::newRow("H.264") << u"a.mp4"_s << u"libx264"_s << u"yuv420p"_s << false << false << false;
    QTest::newRow("open GOP") << u"o.mkv"_s << u"libx264"_s << u"yuv420p"_s << true << false << false;
    QTest::newRow("10 bits") << u"t.mkv"_s << u"libx264"_s << u"yuv420p10le"_s << false << false << false;
    QTest::newRow("interlaced MPEG-2") << u"i.ts"_s << u"mpeg2video"_s << u"yuv420p"_s << false << true << false;
    QTest::newRow("damaged H.264") << u"d.ts"_s << u"libx264"_s << u"yuv420p"_s << false << false << true;
}

void TestResume::aResumedPassEqualsAnUnbrokenOne()
{
    QFETCH(QString, file);
    QFETCH(QString, codec);
    QFETCH(QString, pixels);
    QFETCH(bool, openGop);
    QFETCH(bool, interlaced);
    QFETCH(bool, damaged);
    GeneratedClip clip;
    clip.frames = kFrames;
    clip.width = 96;
    clip.height = 54;
    clip.gop = 12;
    clip.videoCodec = codec;
    clip.pixelFormat = pixels;
    clip.openGop = openGop;
    clip.interlaced = interlaced;
    clip.quality = codec == u"libx264" ? 18 : 3;
    clip.painter = paint;
    clip.audioTracks = 1;
    clip.audioCodec = file.endsWith(u".ts"_s) ? u"mp2"_s : u"aac"_s;
    QVERIFY(clip.write(pathOf(file)));
    if (damaged) {
        QFile bytes(pathOf(file));
        QVERIFY(bytes.open(QIODevice::ReadWrite));
        for (qint64 at = bytes.size() / 3; at < bytes.size() / 2; at += 5003) {
            QVERIFY(bytes.seek(at));
            QCOMPARE(bytes.write(QByteArray(40, 'x')), 40);
        }
    }
    const Passed whole = check(pathOf(file), true);
    QVERIFY(whole.run);
    QCOMPARE(whole.run->resumedAt, 0);
    QCOMPARE(whole.run->measurements.damage.empty(), !damaged);
    QVERIFY(damaged || whole.states.size() == std::size_t(kFrames));
    QVERIFY(whole.states.size() > 20);
    int resumed = 0;
    for (std::size_t at = 3; at < whole.states.size(); at += 58) {
        const Passed rest = check(pathOf(file), false, whole.states[at]);
        QVERIFY2(rest.run, rest.run ? "" : qPrintable(rest.run.error().detail));
        QCOMPARE(textOf(rest.run), textOf(whole.run));
        resumed += rest.run->resumedAt > 0 ? 1 : 0;
        if (!damaged)
            QCOMPARE(rest.run->resumedAt, qint64(at));
    }
    QVERIFY(resumed > 0);
}

void TestResume::whatWasPutAwayIsThereForTheRest()
{
    GeneratedClip clip;
    clip.frames = 1300; // more than a block of a number a frame
    clip.width = 96;
    clip.height = 54;
    clip.gop = 12;
    clip.painter = [](const Canvas& canvas, int frame) { paint(canvas, frame % kFrames); };
    clip.audioTracks = 1;
    QVERIFY(clip.write(pathOf(u"long.mp4"_s)));
    // Those that gather a number a frame; making a thousand states of all takes a minute.
    const auto gathering = onlyChecks(everything(),
        {u"black"_s, u"freeze"_s, u"interlace"_s, u"duplicate_frames"_s, u"bars_slate"_s, u"blur"_s, u"levels"_s,
            u"loudness"_s});
    QVERIFY(gathering);
    const Passed plain = check(pathOf(u"long.mp4"_s), false, {}, *gathering);
    QVERIFY(plain.run);
    QTemporaryFile scratch;
    QVERIFY(scratch.open());
    QByteArray state;
    {
        BlockFile file(scratch.handle());
        const Passed whole = check(pathOf(u"long.mp4"_s), true, {}, *gathering, 260);
        QVERIFY(whole.run);
        QVERIFY(file.isSound());
        QVERIFY2(scratch.size() > 10'000, qPrintable(QString::number(scratch.size())));
        QCOMPARE(textOf(whole.run), textOf(plain.run));
        QCOMPARE(whole.states.size(), 5u);
        state = whole.states[3];
    }
    {
        const BlockFile file(scratch.handle());
        const Passed rest = check(pathOf(u"long.mp4"_s), false, state, *gathering);
        QVERIFY(rest.run);
        QVERIFY2(rest.run->resumedAt > 1030, qPrintable(QString::number(rest.run->resumedAt)));
        QCOMPARE(textOf(rest.run), textOf(plain.run));
    }
    QVERIFY(scratch.resize(100)); // as after a power cut
    const auto lost = [&] {
        const BlockFile file(scratch.handle());
        Passed anew = check(pathOf(u"long.mp4"_s), false, state, *gathering);
        return std::pair(anew.run ? anew.run->resumedAt : -1, textOf(anew.run));
    };
    QCOMPARE(std::async(std::launch::async, lost).get(), std::pair(qint64(0), textOf(plain.run)));
    const Passed without = check(pathOf(u"long.mp4"_s), false, state, *gathering);
    QCOMPARE(without.run->resumedAt, 0);
}

void TestResume::aStateThatDoesNotFitIsNotUsed()
{
    GeneratedClip clip;
    clip.frames = 60;
    clip.width = 96;
    clip.height = 54;
    clip.gop = 12;
    clip.painter = paint;
    QVERIFY(clip.write(pathOf(u"a.mp4"_s)));
    clip.painter = [](const Canvas& canvas, int frame) { paint(canvas, frame + 1); };
    QVERIFY(clip.write(pathOf(u"b.mp4"_s)));
    const Passed whole = check(pathOf(u"a.mp4"_s), true);
    const Passed other = check(pathOf(u"b.mp4"_s), true);
    Profile fewer = everything();
    fewer.checks[u"freeze"_s].enabled = false;
    const Passed lesser = check(pathOf(u"a.mp4"_s), true, {}, fewer);
    QVERIFY(whole.run && other.run && lesser.run);
    QVERIFY(textOf(whole.run) != textOf(other.run));
    const QByteArray good = whole.states[40];
    const std::vector<QByteArray> parts = partsOf(good);
    QVERIFY(parts.size() > 20);
    const auto largest = std::max_element(
        parts.begin() + 1, parts.end(), [](const auto& a, const auto& b) { return a.size() < b.size(); });
    const auto place = static_cast<std::size_t>(largest - parts.begin());
    const auto with = [&](std::size_t part, const QByteArray& bytes) {
        std::vector<QByteArray> changed = parts;
        changed[part] = bytes;
        return stateOf(changed);
    };
    const QByteArray raw = qUncompress(parts[place]);
    for (const QByteArray& state : {QByteArray("x"), QByteArray("nothing of the kind"), good.left(good.size() / 2),
             good + 'x', stateOf({}), stateOf({parts.begin(), parts.end() - 1}), with(place, {}),
             with(place, parts[place - 1]), with(place, qCompress(raw.left(raw.size() / 2))),
             with(place, qCompress(raw + 'x')), with(0, qCompress(raw)),
             with(place, QByteArray("\xff\xff\xff\xff") + parts[place].mid(4)), other.states[40], lesser.states[40]}) {
        const Passed again = check(pathOf(u"a.mp4"_s), false, state);
        QVERIFY(again.run);
        QCOMPARE(again.run->resumedAt, 0);
        QCOMPARE(textOf(again.run), textOf(whole.run));
    }
    QCOMPARE(check(pathOf(u"a.mp4"_s), false, good).run->resumedAt, 40);
}

void TestResume::aResumedPassHandsOverWhatIsLeftAndAllSound()
{
    GeneratedClip clip;
    clip.frames = 60;
    clip.gop = 12;
    clip.audioTracks = 1;
    QVERIFY(clip.write(pathOf(u"s.mp4"_s)));
    QFile file(pathOf(u"s.mp4"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    auto input = media::engine::Input::open(file.handle());
    QVERIFY(input);
    Counter whole;
    Counter rest;
    std::array<media::engine::FrameSink*, 1> sinks {&whole};
    QVERIFY(media::engine::runPass(**input, sinks));
    sinks[0] = &rest;
    QVERIFY(media::engine::runPass(**input, sinks, {.resumeAt = 41}));
    QCOMPARE(whole.numbers.size(), 60u);
    QCOMPARE(rest.numbers.size(), 19u);
    QCOMPARE(rest.numbers.front(), 41);
    QCOMPARE(rest.samples, whole.samples);
}

void TestResume::noPictureIsResumedThatCannotBeFound()
{
    GeneratedClip clip;
    clip.frames = 20;
    QVERIFY(clip.write(pathOf(u"n.mp4"_s)));
    QFile file(pathOf(u"n.mp4"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    auto input = media::engine::Input::open(file.handle());
    QVERIFY(input);
    Counter counter;
    const std::array<media::engine::FrameSink*, 1> sinks {&counter};
    const auto beyond = media::engine::runPass(**input, sinks, {.resumeAt = 20});
    QVERIFY(!beyond);
    QCOMPARE(beyond.error().reason, QByteArray("cannot_resume"));
    QVERIFY(counter.numbers.empty());
}

QTEST_GUILESS_MAIN(TestResume)
#include "tst_resume.moc"
