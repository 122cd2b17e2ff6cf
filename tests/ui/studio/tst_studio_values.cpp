#include "app/studio/arguments.h"
#include "app/studio/attention_feed.h"
#include "app/studio/frame_memory.h"
#include "app/studio/language.h"
#include "app/studio/opening_page.h"
#include "app/studio/settings.h"
#include "app/studio/status_feed.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace vidimus;
using namespace vidimus::studio;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestStudioValues : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void argumentsAreRead();
    void wrongArgumentsAreErrors_data();
    void wrongArgumentsAreErrors();
    void demoHasAFolderOfItsOwn();
    void hostileSettingsKeepTheirDefaults();
    void goodSettingsAreTaken();
    void preferencesFollowTheSettings();
    void pseudoTextIsLongerAndKeepsItsPlaces();
    void frameComesBack();
    void hostileFrameIsLeftOut();
    void eachProblemHasAWayOut();
    void chipSaysOfflineOnlyAfterATry();
    void chipWearsTheProfile();
    void attentionSpeaksAndOffersItsSteps();
};

void TestStudioValues::argumentsAreRead()
{
    const auto read = parseArguments({u"--workspace"_s, u"w"_s, u"--profile=staging"_s, u"--screenshots"_s, u"../s"_s,
                                         u"--theme"_s, u"high-contrast"_s},
        u"/a/b"_s);
    QVERIFY(read.has_value());
    QCOMPARE(read->workspace, u"/a/b/w"_s);
    QCOMPARE(read->profile, u"staging"_s);
    QCOMPARE(read->task, Arguments::Task::Screenshots);
    QCOMPARE(read->screenshotFolder, u"/a/s"_s);
    QCOMPARE(read->theme, u"high-contrast"_s);
}

void TestStudioValues::wrongArgumentsAreErrors_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::newRow("unknown") << QStringList {u"--fast"_s};
    QTest::newRow("operand") << QStringList {u"film.mp4"_s};
    QTest::newRow("no value") << QStringList {u"--workspace"_s};
    QTest::newRow("empty value") << QStringList {u"--profile="_s};
    QTest::newRow("value of a flag") << QStringList {u"--demo=1"_s};
    QTest::newRow("no such scale") << QStringList {u"--scale"_s, u"175"_s};
    QTest::newRow("no such theme") << QStringList {u"--theme"_s, u"system"_s};
}

void TestStudioValues::wrongArgumentsAreErrors()
{
    QFETCH(QStringList, words);
    const auto read = parseArguments(words, u"/"_s);
    QVERIFY(!read.has_value());
    QCOMPARE(read.error().code, ErrorCode::Invalid);
}

void TestStudioValues::demoHasAFolderOfItsOwn()
{
    Arguments arguments;
    const QString own = workspaceFolderOf(arguments);
    arguments.demo = true;
    QCOMPARE(workspaceFolderOf(arguments), own + u"-demo"_s);
    arguments.workspace = u"/named"_s;
    QCOMPARE(workspaceFolderOf(arguments), u"/named"_s);
}

void TestStudioValues::hostileSettingsKeepTheirDefaults()
{
    const Settings plain;
    const Settings read = settingsFrom({{keys::kScheme, 7}, {keys::kSingleKeys, u"no"_s}, {keys::kKeptBackups, 1e9},
        {keys::kScheduledBackups, QJsonValue::Null}, {keys::kBackupFolder, true}, {u"else"_s, u"x"_s},
        {keys::kDensity, u"airy"_s}, {keys::kZone, u"Mars/Olympus"_s}, {keys::kLanguage, u"../x"_s},
        {keys::kAutoplay, u"yes"_s}, {keys::kLadder, u"/etc/passwd"_s}, {keys::kSoundDevice, 3}});
    QCOMPARE(read.scheme, plain.scheme);
    QCOMPARE(preferencesFrom(read), preferencesFrom(plain));
    QCOMPARE(read.language, plain.language);
    QCOMPARE(read.singleKeys, plain.singleKeys);
    QCOMPARE(read.scheduledBackups, plain.scheduledBackups);
    QVERIFY(read.backupFolder.isEmpty());
    QVERIFY(read.keptBackups >= 1 && read.keptBackups <= 96);
}

void TestStudioValues::goodSettingsAreTaken()
{
    const Settings read = settingsFrom({{keys::kScheme, u"light"_s}, {keys::kSingleKeys, false},
        {keys::kKeptBackups, 4}, {keys::kScheduledBackups, false}, {keys::kCheckProfile, u"streaming"_s}});
    QCOMPARE(read.scheme, ui::widgets::SchemeChoice::Light);
    QVERIFY(!read.singleKeys);
    QCOMPARE(read.keptBackups, 4);
    QVERIFY(!read.scheduledBackups);
    QCOMPARE(read.checkProfile, u"streaming"_s);
}

void TestStudioValues::preferencesFollowTheSettings()
{
    const auto read = preferencesFrom(
        settingsFrom({{keys::kDensity, u"compact"_s}, {keys::kZone, u"Asia/Tokyo"_s}, {keys::kAutoAdvance, false},
            {keys::kAutoplay, true}, {keys::kLadder, u"web-four"_s}, {keys::kSoundDevice, u"YQA="_s}}));
    QCOMPARE(read.density, ui::widgets::Density::Compact);
    QCOMPARE(read.zone, QTimeZone("Asia/Tokyo"));
    QVERIFY(!read.autoAdvance);
    QVERIFY(read.autoplay);
    QCOMPARE(read.ladder, u"web-four"_s);
    QCOMPARE(read.soundDevice, QByteArray("a\0", 2));
    QCOMPARE(preferencesFrom(settingsFrom({{keys::kZone, u"UTC"_s}})).zone, QTimeZone::utc());
}

void TestStudioValues::pseudoTextIsLongerAndKeepsItsPlaces()
{
    const QString text = pseudoText(u"%n window(s) of <b>%1</b>\nin it"_s);
    QVERIFY(text.size() > 34);
    QVERIFY(text.contains(u"%n"_s) && text.contains(u"%1"_s) && text.contains(u"<b>"_s) && text.contains(u"</b>"_s));
    QVERIFY(text.startsWith(u'['));
    QVERIFY(text.endsWith(u']'));
    QVERIFY(pseudoText({}).isEmpty());
    QCOMPARE(pseudoText(u"?"_s), u"?"_s);
}

void TestStudioValues::frameComesBack()
{
    const QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkdir(u"cache"_s));
    const FrameMemory memory {QRect(10, 20, 1600, 900), true, ui::widgets::SchemeChoice::Dark, u"pseudo"_s};
    memory.write(folder.path());
    QCOMPARE(FrameMemory::read(folder.path()), memory);
}

void TestStudioValues::hostileFrameIsLeftOut()
{
    const QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkdir(u"cache"_s));
    for (const QByteArray& bytes :
        {QByteArray("{"), QByteArray(1 << 20, '['), QByteArray(R"({"geometry": [0, 0, 999999, 10], "theme": "dark"})"),
            QByteArray(R"({"geometry": "wide"})")}) {
        QFile file(folder.path() + u"/cache/frame.json"_s);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        file.close();
        QVERIFY(!FrameMemory::read(folder.path()).geometry.isValid());
    }
}

void TestStudioValues::eachProblemHasAWayOut()
{
    using enum OpeningStep;
    const auto first = [](const Error& error, bool backups) { return stepsFor(error, backups).front(); };
    QCOMPARE(first({ErrorCode::Corrupt, {}, "database_damaged"}, true), RestoreNewest);
    QCOMPARE(first({ErrorCode::Corrupt, {}, "database_damaged"}, false), Salvage);
    QCOMPARE(first({ErrorCode::Conflict, {}, "studio_runs"}, true), TryAgain);
    QCOMPARE(first({ErrorCode::NotFound, {}, "unknown_profile"}, false), LastProfile);
    for (const OpeningStep step : stepsFor({ErrorCode::Unsupported, {}, "newer_file"}, true))
        QVERIFY(step != Salvage && step != TryAgain); // nothing here may write into a newer file
}

void TestStudioValues::chipSaysOfflineOnlyAfterATry()
{
    using Kind = ui::shell::ConnectionState::Kind;
    const Instant now {Milliseconds {1'000'000}};
    QCOMPARE(connectionOf({.online = false}, {}, now).kind, Kind::Online); // not tried yet
    const auto offline = connectionOf({.online = false, .offlineSince = now - 4min, .waiting = 14}, {}, now);
    QCOMPARE(offline.kind, Kind::Offline);
    QVERIFY(offline.text.contains(u"14"_s));
    QVERIFY(offline.text.contains(u"4"_s));
}

void TestStudioValues::chipWearsTheProfile()
{
    using Kind = ui::shell::ConnectionState::Kind;
    workbench::CatalogProfile profile {.kind = workbench::CatalogKind::Staging};
    QCOMPARE(connectionOf({.online = true}, profile, {}).kind, Kind::Staging);
    profile.kind = workbench::CatalogKind::Production;
    const auto production = connectionOf({.online = true}, profile, {});
    QCOMPARE(production.kind, Kind::Production);
    QVERIFY(!production.text.isEmpty()); // never by its colour alone
    const auto gone = connectionOf({.online = false, .offlineSince = Instant {}}, profile, {});
    QCOMPARE(gone.kind, Kind::Offline);
    QCOMPARE(gone.site, Kind::Production); // and its colour stays
}

void TestStudioValues::attentionSpeaksAndOffersItsSteps()
{
    const auto entry = attentionEntryOf({.id = u"job:1"_s,
        .error = {ErrorCode::Corrupt, u"moov"_s, "moov_missing"},
        .subject = u"a.mp4"_s,
        .steps = {u"retry_job:1"_s, u"unheard_of:1"_s, u"cancel_job:1"_s}});
    QVERIFY(entry.title.startsWith(u"a.mp4"_s));
    QVERIFY(!entry.text.effect.isEmpty() && !entry.text.safe.isEmpty() && !entry.text.action.isEmpty());
    QCOMPARE(entry.steps.size(), std::size_t(2)); // a step that nobody can take is not offered
    QCOMPARE(entry.steps.front().id, u"retry_job:1"_s);
}

QTEST_GUILESS_MAIN(TestStudioValues)
#include "tst_studio_values.moc"
