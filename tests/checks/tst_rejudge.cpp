#include "core/base/json.h"
#include "core/checks/engine/run_checks.h"
#include "core/checks/judge.h"
#include "support/generated_clip.h"

#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace vidimus;
using namespace vidimus::checks;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

namespace {

/// Twelve seconds with something for every check: black, a freeze, bars, silence, too loud, sound that ends early.
GeneratedClip troubledClip()
{
    GeneratedClip clip;
    clip.width = 160;
    clip.height = 90;
    clip.frames = 300;
    clip.painter = [](const Canvas& canvas, int frame) {
        if (frame >= 50 && frame < 120)
            return; // black
        paintNumbered(canvas, frame >= 150 && frame < 220 ? 150 : frame);
        if (frame >= 240) {
            canvas.rectangle(0, 0, 160, 12, 16);
            canvas.rectangle(0, 78, 160, 12, 16);
        }
    };
    clip.audioTracks = 1;
    clip.audioCodec = u"pcm_s16le"_s;
    clip.audioSeconds = 9;
    clip.tone = [carrier = sine(1000, 0.99)](int channel, std::int64_t index) {
        return index >= 96'000 && index < 288'000 && channel == 0 ? 0.0F : carrier(channel, index);
    };
    return clip;
}

} // namespace

/// Judging again what was measured is the same as measuring again, for every profile that ships.
class RejudgeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void storedMeasurementsGiveTheReportOfAFreshRun_data();
    void storedMeasurementsGiveTheReportOfAFreshRun();
    void profilesDifferHere();
    void aStricterThresholdNeverFindsLess_data();
    void aStricterThresholdNeverFindsLess();

private:
    [[nodiscard]] Result<engine::CheckRun> run(const Profile& profile) const
    {
        QFile file(m_folder.filePath(u"clip.mkv"_s));
        if (!file.open(QIODevice::ReadOnly))
            return Error {ErrorCode::Io, {}, {}};
        auto input = media::engine::Input::open(file.handle());
        if (!input)
            return std::move(input).error();
        return engine::runChecks(**input, profile);
    }
    QTemporaryDir m_folder;
    QByteArray m_stored;
};

void RejudgeTest::initTestCase()
{
    const auto written = troubledClip().write(m_folder.filePath(u"clip.mkv"_s));
    QVERIFY2(written, written ? "" : qPrintable(written.error().detail));
    const auto measured = run(defaultProfile());
    QVERIFY2(measured, measured ? "" : qPrintable(measured.error().detail));
    m_stored = vidimus::toJson(checks::toJson(measured->measurements));
    QVERIFY2(m_stored.size() < 100'000, QByteArray::number(m_stored.size()));
}

void RejudgeTest::storedMeasurementsGiveTheReportOfAFreshRun_data()
{
    QTest::addColumn<QString>("id");
    for (const QString& id : shippedProfileIds())
        QTest::newRow(qPrintable(id)) << id;
}

void RejudgeTest::storedMeasurementsGiveTheReportOfAFreshRun()
{
    QFETCH(QString, id);
    const auto profile = shippedProfile(id);
    const auto stored = measurementsFromJson(QJsonDocument::fromJson(m_stored).object());
    QVERIFY2(stored, stored ? "" : qPrintable(stored.error().detail));
    const auto fresh = run(*profile);
    QVERIFY(fresh);
    const Report again = judge(*stored, *profile);
    QCOMPARE(vidimus::toJson(checks::toJson(again)), vidimus::toJson(checks::toJson(fresh->report)));
    QVERIFY(reportFromJson(checks::toJson(again)));
    QVERIFY(verdict(again) != CheckOutcome::Pass);
}

void RejudgeTest::profilesDifferHere()
{
    // Else the comparison above would say little.
    const auto stored = measurementsFromJson(QJsonDocument::fromJson(m_stored).object());
    QSet<QByteArray> reports;
    for (const QString& id : shippedProfileIds()) {
        QJsonObject json = checks::toJson(judge(*stored, *shippedProfile(id)));
        json.remove(u"profile"_s);
        reports.insert(vidimus::toJson(json));
    }
    QVERIFY2(reports.size() >= 4, QByteArray::number(reports.size()));
}

void RejudgeTest::aStricterThresholdNeverFindsLess_data()
{
    QTest::addColumn<QString>("check");
    QTest::addColumn<QString>("parameter");
    QTest::addColumn<QList<double>>("towardsStrict");
    QTest::newRow("black length") << u"black"_s << u"min_duration"_s << QList<double> {5, 2, 1, 0.2};
    QTest::newRow("black level") << u"black"_s << u"pixel_level"_s << QList<double> {0.05, 0.1, 0.15, 0.2};
    QTest::newRow("freeze length") << u"freeze"_s << u"min_duration"_s << QList<double> {10, 2.5, 2, 0.5};
    QTest::newRow("freeze difference") << u"freeze"_s << u"max_difference"_s
                                       << QList<double> {0.0005, 0.001, 0.002, 0.004};
    QTest::newRow("silence of a channel") << u"silence"_s << u"channel_min_duration"_s << QList<double> {60, 4, 2, 1};
    QTest::newRow("true peak") << u"true_peak"_s << u"max_level"_s << QList<double> {6, 0, -1, -9};
    QTest::newRow("short sound") << u"duration"_s << u"max_short"_s << QList<double> {1000, 100, 2, 0};
    QTest::newRow("loudness tolerance") << u"loudness"_s << u"tolerance"_s << QList<double> {50, 20, 5, 0.5};
}

void RejudgeTest::aStricterThresholdNeverFindsLess()
{
    QFETCH(QString, check);
    QFETCH(QString, parameter);
    QFETCH(QList<double>, towardsStrict);
    const auto stored = measurementsFromJson(QJsonDocument::fromJson(m_stored).object());
    double before = 0;
    for (const double value : towardsStrict) {
        Profile profile = defaultProfile();
        profile.checks[check].thresholds[parameter] = value;
        double seconds = 0;
        for (const CheckResult& result : judge(*stored, profile).checks) {
            for (const Finding& finding : result.findings)
                seconds += result.id == check ? finding.end - finding.start : 0;
        }
        QVERIFY2(seconds >= before, QByteArray::number(value));
        before = seconds;
    }
    QVERIFY(before > 0);
}

QTEST_GUILESS_MAIN(RejudgeTest)
#include "tst_rejudge.moc"
