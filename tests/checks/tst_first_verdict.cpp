#include "core/base/json.h"
#include "core/checks/engine/first_look.h"
#include "core/checks/judge.h"
#include "support/generated_clip.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>

using namespace vidimus;
using namespace vidimus::checks;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

namespace {

/// Forty seconds at 25 fps with sound, black where \a isBlack says so.
GeneratedClip longClip(const std::function<bool(int)>& isBlack)
{
    GeneratedClip clip;
    clip.width = 160;
    clip.height = 90;
    clip.frames = 1000;
    clip.gop = 25;
    clip.audioTracks = 1;
    clip.painter = [isBlack](const Canvas& canvas, int frame) {
        if (!isBlack(frame))
            paintNumbered(canvas, frame);
    };
    return clip;
}

Result<Looks> look(const QString& path, std::vector<PlannedLook> wanted = {})
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error {ErrorCode::Io, path, {}};
    auto input = media::engine::Input::open(file.handle());
    if (!input)
        return std::move(input).error();
    return engine::lookFirst(**input, defaultProfile(), std::move(wanted));
}

bool hasCheck(const std::vector<Finding>& findings, const QString& id)
{
    return std::ranges::any_of(findings, [&](const Finding& finding) { return finding.checkId == id; });
}

} // namespace

/// A few looks give a verdict that is marked as provisional, is right about what was looked at, and never passes.
class TestFirstVerdict : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void plansHeadTailAndSamples();
    void aCleanFileHasNoFindingAndNoPass();
    void findsWhatIsInHeadTailAndSamples_data();
    void findsWhatIsInHeadTailAndSamples();
    void theRiskiestPartsComeNext();
    void aCloserLookSettlesSuspects();
    void aRangeIsLookedAtAsInTheWholePass();
    void aFileThatEndsTooEarlySaysSo();
    void soundAloneHasNoSamples();
    void hostileFilesGiveAnError();
    void looksSurviveTheWayFromTheWorker();
    void refusesLooksThatAreNone_data();
    void refusesLooksThatAreNone();

private:
    [[nodiscard]] QString pathOf(const QString& name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;
};

void TestFirstVerdict::plansHeadTailAndSamples()
{
    const auto hour = planLooks(3600, true);
    QCOMPARE(hour.size(), std::size_t(26));
    QCOMPARE(hour[0].kind, LookKind::Head);
    QCOMPARE(hour[0].start, 0.0);
    QCOMPARE(hour[1].kind, LookKind::Tail);
    QVERIFY(hour[1].start < 3600 && hour[1].end >= 3600);
    double before = hour[0].end;
    for (std::size_t at = 2; at < hour.size(); ++at) {
        QCOMPARE(hour[at].kind, LookKind::Sample);
        QVERIFY(hour[at].start > before && hour[at].start < hour[1].start);
        before = hour[at].start;
    }
    QCOMPARE(planLooks(3600, false).size(), std::size_t(2));
    // A short file, and one that does not say how long it is, is looked at from its beginning.
    for (const double duration : {0.0, 0.5, 8.0}) {
        const auto looks = planLooks(duration, true);
        QCOMPARE(looks.size(), std::size_t(1));
        QVERIFY(looks[0].end >= 8);
    }
}

void TestFirstVerdict::aCleanFileHasNoFindingAndNoPass()
{
    for (const QString& name : {u"clean.mp4"_s, u"clean.mkv"_s, u"clean.ts"_s}) {
        GeneratedClip clip = longClip([](int) { return false; });
        clip.tagBt709 = true;
        QVERIFY(clip.write(pathOf(name)));
        const auto looks = look(pathOf(name));
        QVERIFY2(looks, looks ? "" : qPrintable(looks.error().detail));
        QVERIFY(std::abs(looks->duration - 40) < 0.2);
        const FirstVerdict first = firstVerdict(looks->looks, looks->duration, defaultProfile());
        QCOMPARE(first.lookedAt.size(), std::size_t(26));
        for (const auto& each : first.lookedAt) {
            QCOMPARE(each.problem, QString());
            QCOMPARE(each.frames, qint64(each.kind == LookKind::Sample ? 1 : 75));
        }
        QVERIFY2(!hasCheck(first.findings, u"black"_s) && !hasCheck(first.findings, u"silence"_s), qPrintable(name));
        QVERIFY(!hasCheck(first.suspects, u"black"_s));
        QVERIFY(verdict(first) != CheckOutcome::Pass);
        const QJsonObject json = toJson(first, 0.5);
        QCOMPARE(json.value(u"schema"_s).toString(), u"vidimus.check_first/1"_s);
        QCOMPARE(json.value(u"provisional"_s).toBool(), true);
        QVERIFY(json.value(u"verdict"_s).toString() != u"pass"_s);
    }
}

void TestFirstVerdict::findsWhatIsInHeadTailAndSamples_data()
{
    QTest::addColumn<int>("firstBlack");
    QTest::addColumn<int>("endBlack");
    QTest::addColumn<bool>("isFound");
    QTest::addColumn<bool>("isSuspected");
    QTest::newRow("head") << 5 << 65 << true << false;
    QTest::newRow("tail") << 940 << 1000 << true << false;
    QTest::newRow("between") << 400 << 600 << false << true;
    QTest::newRow("a second of the head") << 5 << 30 << false << false;
}

void TestFirstVerdict::findsWhatIsInHeadTailAndSamples()
{
    QFETCH(int, firstBlack);
    QFETCH(int, endBlack);
    QFETCH(bool, isFound);
    QFETCH(bool, isSuspected);
    QVERIFY(longClip([&](int frame) { return frame >= firstBlack && frame < endBlack; }).write(pathOf(u"part.mp4"_s)));
    const auto looks = look(pathOf(u"part.mp4"_s));
    QVERIFY(looks);
    const FirstVerdict first = firstVerdict(looks->looks, looks->duration, defaultProfile());
    QCOMPARE(hasCheck(first.findings, u"black"_s), isFound);
    QCOMPARE(hasCheck(first.suspects, u"black"_s), isSuspected);
    for (const Finding& finding : first.findings) {
        if (finding.checkId != u"black")
            continue;
        // Times are those of the programme.
        QVERIFY(std::abs(finding.start - firstBlack / 25.0) <= 0.08);
        QVERIFY(std::abs(finding.end - endBlack / 25.0) <= 0.08);
        QCOMPARE(finding.firstFrame, qint64(-1));
    }
    for (const Finding& suspect : first.suspects) {
        QCOMPARE(suspect.severity, Severity::Warn);
        if (suspect.checkId == u"black")
            QVERIFY(suspect.start >= firstBlack / 25.0 - 0.01 && suspect.start < endBlack / 25.0);
    }
    QVERIFY(!isFound || verdict(first) == CheckOutcome::Fail);
    QVERIFY(!isSuspected || verdict(first) != CheckOutcome::NotEvaluated);
}

namespace {

Finding suspectAt(double seconds, const QString& check = u"black"_s)
{
    return {.checkId = check, .start = seconds, .end = seconds + 0.04, .severity = Severity::Warn};
}

} // namespace

void TestFirstVerdict::theRiskiestPartsComeNext()
{
    FirstVerdict first;
    QVERIFY(planRisks(first).empty());
    first.suspects = {suspectAt(1), suspectAt(30), suspectAt(33), suspectAt(33, u"blur"_s), suspectAt(60),
        suspectAt(90), suspectAt(120), suspectAt(150)};
    const auto looks = planRisks(first);
    QCOMPARE(looks.size(), std::size_t(4));
    // Three suspects together come before the ones that are alone, and those in the order of time.
    QCOMPARE(looks[0], (PlannedLook {LookKind::Range, 27, 33.04 + 3}));
    QCOMPARE(looks[1], (PlannedLook {LookKind::Range, 0, 1.04 + 3}));
    QCOMPARE(looks[2].start, 57.0);
    QCOMPARE(looks[3].start, 87.0);
}

void TestFirstVerdict::aCloserLookSettlesSuspects()
{
    FirstVerdict first;
    first.suspects = {suspectAt(10), suspectAt(20), suspectAt(30)};
    FirstVerdict more;
    more.lookedAt = {{LookKind::Range, 7, 13, 150, {}}, {LookKind::Range, 27, 33, 0, u"cannot_seek"_s}};
    more.findings = {suspectAt(9, u"freeze"_s)};
    const FirstVerdict both = joined(first, more);
    QCOMPARE(both.lookedAt.size(), std::size_t(2));
    QCOMPARE(both.findings, more.findings);
    // What could not be looked at is suspected still.
    QCOMPARE(both.suspects, (std::vector<Finding> {suspectAt(20), suspectAt(30)}));
}

void TestFirstVerdict::aRangeIsLookedAtAsInTheWholePass()
{
    QVERIFY(longClip([](int frame) { return frame >= 400 && frame < 600; }).write(pathOf(u"range.mp4"_s)));
    // From the middle of a group of pictures: 14 s to 26 s.
    const auto looks = look(pathOf(u"range.mp4"_s), {{LookKind::Range, 14.2, 26.0}});
    QVERIFY(looks);
    QCOMPARE(looks->looks.size(), std::size_t(1));
    const Measurements& measured = looks->looks[0].measurements;
    QCOMPARE(measured.clock.count(), qint64(295));
    QVERIFY(std::abs(measured.clock.start(0) - 14.2) < 1e-6);
    QVERIFY(measured.damage.empty());
    QVERIFY(std::abs(measured.facts.soundStart - 14.2) < 0.05);
    const FirstVerdict first = firstVerdict(looks->looks, looks->duration, defaultProfile());
    const auto black = std::ranges::find(first.findings, u"black"_s, &Finding::checkId);
    QVERIFY(black != first.findings.end());
    QVERIFY(std::abs(black->start - 16) < 1e-6);
    QVERIFY(std::abs(black->end - 24) < 1e-6);
}

void TestFirstVerdict::aFileThatEndsTooEarlySaysSo()
{
    GeneratedClip clip = longClip([](int) { return false; });
    QVERIFY(clip.write(pathOf(u"whole.mp4"_s)));
    QFile file(pathOf(u"whole.mp4"_s));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.resize(file.size() * 6 / 10)); // the table at the front still tells of all
    file.close();
    const auto looks = look(pathOf(u"whole.mp4"_s));
    QVERIFY(looks);
    const FirstVerdict first = firstVerdict(looks->looks, looks->duration, defaultProfile());
    const auto tail = std::ranges::find(first.lookedAt, LookKind::Tail, &FirstVerdict::LookedAt::kind);
    QVERIFY(tail != first.lookedAt.end());
    QVERIFY(!tail->problem.isEmpty() || hasCheck(first.findings, u"decode_errors"_s));
    QVERIFY(verdict(first) == CheckOutcome::Warn || verdict(first) == CheckOutcome::Fail);
    // The head is whole.
    QCOMPARE(first.lookedAt[0].frames, 75);
}

void TestFirstVerdict::soundAloneHasNoSamples()
{
    GeneratedClip clip;
    clip.video = false;
    clip.audioTracks = 1;
    clip.audioSeconds = 30;
    clip.tone = [carrier = sine(440, 0.25)](
                    int channel, std::int64_t index) { return index < 130'000 ? 0.0F : carrier(channel, index); };
    QVERIFY(clip.write(pathOf(u"sound.m4a"_s)));
    const auto looks = look(pathOf(u"sound.m4a"_s));
    QVERIFY(looks);
    QCOMPARE(looks->looks.size(), std::size_t(2));
    const FirstVerdict first = firstVerdict(looks->looks, looks->duration, defaultProfile());
    QVERIFY(hasCheck(first.findings, u"silence"_s));
    QVERIFY(std::ranges::none_of(
        first.findings, [](const Finding& each) { return each.checkId == u"silence" && each.start > 5; }));
}

void TestFirstVerdict::hostileFilesGiveAnError()
{
    QFile file(pathOf(u"no.mp4"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(5000, 'x'));
    file.close();
    QVERIFY(!look(pathOf(u"no.mp4"_s)));
    QVERIFY(longClip([](int) { return false; }).write(pathOf(u"ok.mp4"_s)));
    // Ranges that no file has.
    for (const PlannedLook& wanted :
        {PlannedLook {LookKind::Range, 1e6, 1e6 + 5}, PlannedLook {LookKind::Range, 5, 5}}) {
        const auto looks = look(pathOf(u"ok.mp4"_s), {wanted});
        QVERIFY(looks);
        QCOMPARE(looks->looks.size(), std::size_t(1));
        if (wanted.start > 100)
            QVERIFY(!looks->looks[0].problem.isEmpty());
    }
}

void TestFirstVerdict::looksSurviveTheWayFromTheWorker()
{
    QVERIFY(longClip([](int frame) { return frame < 100; }).write(pathOf(u"way.mp4"_s)));
    auto looks = look(pathOf(u"way.mp4"_s));
    QVERIFY(looks);
    looks->looks.push_back({LookKind::Tail, 1, 2, u"cannot_seek"_s, {}});
    const auto back = looksFromJson(looksToJson(looks->looks, looks->duration));
    QVERIFY2(back, back ? "" : qPrintable(back.error().detail));
    QCOMPARE(back->duration, looks->duration);
    QCOMPARE(vidimus::toJson(toJson(firstVerdict(back->looks, back->duration, defaultProfile()))),
        vidimus::toJson(toJson(firstVerdict(looks->looks, looks->duration, defaultProfile()))));
}

void TestFirstVerdict::refusesLooksThatAreNone_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("nothing") << QByteArray("{}");
    QTest::newRow("no kind") << QByteArray(R"({"duration":1,"looks":[{"start":0,"end":1,"problem":"x"}]})");
    QTest::newRow("kind") << QByteArray(R"({"duration":1,"looks":[{"kind":"x","start":0,"end":1,"problem":"x"}]})");
    QTest::newRow("time") << QByteArray(R"({"duration":1,"looks":[{"kind":"head","start":-1,"end":1,"problem":"x"}]})");
    QTest::newRow("no measurements") << QByteArray(R"({"duration":1,"looks":[{"kind":"head","start":0,"end":1}]})");
    QTest::newRow("duration") << QByteArray(R"({"duration":-1,"looks":[]})");
    QTest::newRow("too many") << R"({"duration":1,"looks":[)"
            + QByteArray(R"({"kind":"head","start":0,"end":1,"problem":"x"},)").repeated(64)
            + R"({"kind":"head","start":0,"end":1,"problem":"x"}]})";
}

void TestFirstVerdict::refusesLooksThatAreNone()
{
    QFETCH(QByteArray, json);
    const auto object = parseJsonObject(json);
    QVERIFY(object);
    QVERIFY(!looksFromJson(*object));
}

QTEST_GUILESS_MAIN(TestFirstVerdict)
#include "tst_first_verdict.moc"
