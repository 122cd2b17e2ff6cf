#include "core/base/json.h"
#include "support/generated_clip.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>

using namespace vidimus;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

namespace {

struct Checked {
    QByteArray report; ///< canonical JSON without the seconds that it took
    QByteArray notes;
};

} // namespace

/// `vidimus check` that is killed in the middle and started again.
class TestKilledCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void goesOnToTheSameReport();
    void beginsAnewFromADamagedState_data();
    void beginsAnewFromADamagedState();

private:
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    [[nodiscard]] std::unique_ptr<QProcess> start(const QString& cache) const
    {
        QProcessEnvironment environment;
        environment.insert(u"PATH"_s, qEnvironmentVariable("PATH"));
        environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
        environment.insert(u"HOME"_s, m_folder.path());
        environment.insert(u"XDG_CACHE_HOME"_s, cache);
        auto process = std::make_unique<QProcess>();
        process->setProcessEnvironment(environment);
        process->setStandardInputFile(QProcess::nullDevice());
        process->start(QStringLiteral(VIDIMUS_BIN_DIR "/vidimus"),
            {u"--workspace"_s, path(u"none"_s), u"--json"_s, u"check"_s, path(u"a.mkv"_s)});
        return process;
    }
    [[nodiscard]] static Checked finished(QProcess& process)
    {
        if (!process.waitForFinished(240'000) || process.exitStatus() != QProcess::NormalExit)
            return {};
        QJsonObject report = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
        report.remove(u"seconds"_s);
        return {report.isEmpty() ? QByteArray() : canonicalJson(report), process.readAllStandardError()};
    }
    [[nodiscard]] static QStringList statesIn(const QString& cache)
    {
        QStringList found;
        const QDir folder(cache + u"/vidimus/passes"_s);
        for (const QString& name : folder.entryList({u"*.state"_s}, QDir::Files))
            found.append(folder.filePath(name));
        return found;
    }
    /// Starts a check and kills it as soon as it has kept a state; false when it was over before.
    [[nodiscard]] bool killedWithAState(const QString& cache) const
    {
        const auto process = start(cache);
        while (process->state() != QProcess::NotRunning && statesIn(cache).isEmpty())
            process->waitForFinished(5);
        const bool running = process->state() != QProcess::NotRunning;
        if (running)
            ::kill(static_cast<pid_t>(process->processId()), SIGKILL);
        process->waitForFinished(60'000);
        return running && process->exitStatus() == QProcess::CrashExit && statesIn(cache).size() == 1;
    }

    QTemporaryDir m_folder;
    QByteArray m_state; ///< of the check that was killed
    QString m_stateName;
    QByteArray m_report; ///< of a check that nobody disturbed
};

void TestKilledCheck::initTestCase()
{
    // However fast the machine is: a check that is over before its first state gets a longer clip.
    constexpr int kMostFrames = 100'000;
    bool killed = false;
    for (int frames = 2500; !killed && frames <= kMostFrames; frames *= 2) {
        GeneratedClip clip;
        clip.frames = frames;
        clip.videoCodec = u"mpeg4"_s;
        clip.quality = 4;
        clip.bFrames = 0;
        clip.gop = 100;
        clip.audioTracks = 1;
        QVERIFY(clip.write(path(u"a.mkv"_s)));
        killed = killedWithAState(path(u"killed"_s));
    }
    QVERIFY(killed);
    QFile state(statesIn(path(u"killed"_s)).first());
    QVERIFY(state.open(QIODevice::ReadOnly));
    m_state = state.readAll();
    m_stateName = QFileInfo(state).fileName();
    m_report = finished(*start(path(u"undisturbed"_s))).report;
    QVERIFY(!m_report.isEmpty());
}

void TestKilledCheck::goesOnToTheSameReport()
{
    const Checked rest = finished(*start(path(u"killed"_s)));
    QVERIFY2(rest.notes.contains("Going on"), rest.notes.constData());
    QCOMPARE(rest.report, m_report);
    QVERIFY(statesIn(path(u"killed"_s)).isEmpty());
}

void TestKilledCheck::beginsAnewFromADamagedState_data()
{
    QTest::addColumn<double>("kept"); ///< share of the state
    QTest::addColumn<bool>("changed");
    QTest::newRow("cut short") << 0.5 << false;
    QTest::newRow("one byte changed") << 1.0 << true;
    QTest::newRow("empty") << 0.0 << false;
}

void TestKilledCheck::beginsAnewFromADamagedState()
{
    QFETCH(double, kept);
    QFETCH(bool, changed);
    const QString cache = path(u"damaged"_s);
    QVERIFY(m_state.size() > 1000);
    QByteArray bytes = m_state.first(qsizetype(double(m_state.size()) * kept));
    if (changed)
        bytes[bytes.size() / 2] = char(bytes[bytes.size() / 2] ^ 1);
    QVERIFY(QDir().mkpath(cache + u"/vidimus/passes"_s));
    QFile state(cache + u"/vidimus/passes/"_s + m_stateName);
    QVERIFY(state.open(QIODevice::WriteOnly));
    QCOMPARE(state.write(bytes), bytes.size());
    state.close();
    QCOMPARE(finished(*start(cache)).report, m_report);
    QVERIFY(statesIn(cache).isEmpty());
}

QTEST_GUILESS_MAIN(TestKilledCheck)
#include "tst_killed_check.moc"
