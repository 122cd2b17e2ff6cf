#include "core/store/workspace_store.h"
#include "core/workbench/outbox_desk.h"
#include "core/workbench/upkeep.h"
#include "core/workbench/workspace.h"
#include "running_studio.h"

#include <QFile>
#include <QJsonArray>
#include <QTest>

using namespace vidimus;
using namespace Qt::StringLiterals;

namespace {

QString clip()
{
    return QStringLiteral(VIDIMUS_SOURCE_DIR) + u"/tests/media/talking_head_mono.mp4"_s;
}

/// Opens the workspace that a studio has left; a command may still hold its lock for a moment.
Result<std::unique_ptr<workbench::Workspace>> openAfter(const QString& folder)
{
    return workbench::Workspace::open({.folder = folder, .lockPatience = std::chrono::seconds(20)});
}

} // namespace

class TestRunningStudio : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void selfTestWalksEveryPage();
    void wrongArgumentsAreRefused();
    void commandsRunInsideTheStudio();
    void aCommandActsAsItsOwnPerson();
    void secondStudioRefusesPolitely();
    void killedStudioComesBackWhereItWas();
    void settingsPersist();
    void damagedDatabaseIsShownNotOverwritten();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    [[nodiscard]] QString workspace() const { return m_folder->path() + u"/w"_s; }
};

void TestRunningStudio::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestRunningStudio::selfTestWalksEveryPage()
{
    QProcess process;
    process.start(programPath(u"vidimus-studio"_s), {u"--self-test"_s});
    QVERIFY(process.waitForFinished(240'000));
    const QByteArray said = process.readAllStandardOutput();
    QVERIFY2(process.exitCode() == 0, said.constData());
    for (const char* page : {"moderation", "rights", "publishing", "jobs", "settings", "people", "backup", "doctor",
             "manual", "welcome", "palette", "keys", "attention", "backup and restore", "profile", "salvage"})
        QVERIFY2(said.contains(QByteArray("walked ") + page + '\n'), page);
}

void TestRunningStudio::wrongArgumentsAreRefused()
{
    for (const QStringList& words : {QStringList {u"--nonsense"_s}, {u"--workspace"_s}, {u"--demo=yes"_s}}) {
        QProcess process;
        process.start(programPath(u"vidimus-studio"_s), words);
        QVERIFY(process.waitForFinished(30'000));
        QCOMPARE(process.exitCode(), 2);
        QVERIFY(process.readAllStandardError().startsWith("vidimus-studio: "));
    }
}

void TestRunningStudio::commandsRunInsideTheStudio()
{
    QString asset;
    {
        RunningStudio studio(workspace());
        QVERIFY(!studio.waitForEvent(u"interactive"_s).isEmpty());
        const QJsonObject added = runCli(workspace(), {u"ingest"_s, clip()});
        QCOMPARE(added.value(u"exit"_s).toInt(), 0);
        asset = added.value(u"assets"_s).toArray().first().toObject().value(u"id"_s).toString();
        QVERIFY(!asset.isEmpty());
        const QJsonObject queue = runCli(workspace(), {u"queue"_s, u"list"_s});
        QCOMPARE(queue.value(u"exit"_s).toInt(), 0);
        QCOMPARE(queue.value(u"items"_s).toArray().size(), 1);
        const QJsonObject decided = runCli(workspace(), {u"decide"_s, asset, u"pass"_s});
        QCOMPARE(decided.value(u"exit"_s).toInt(), 0);
        QVERIFY(studio.isRunning());
        QCOMPARE(studio.endPolitely(), 0);
    }
    const auto opened = openAfter(workspace());
    QVERIFY(opened.has_value());
    const auto log = workbench::exportAudit(**opened);
    QVERIFY(log.has_value());
    int decisions = 0;
    for (const QJsonValue& entry : log->value(u"entries"_s).toArray())
        decisions += entry.toString().contains(asset) && entry.toString().contains(u"\"decide\""_s) ? 1 : 0;
    QCOMPARE(decisions, 1);
}

void TestRunningStudio::aCommandActsAsItsOwnPerson()
{
    const PersonId ben(u"ben-id"_s);
    QString asset;
    {
        const auto prepared = workbench::Workspace::open({.folder = workspace()});
        QVERIFY(prepared.has_value());
        for (const auto& [id, name, role] : {std::tuple(ben, u"ben"_s, moderation::Role::Moderator),
                 std::tuple(PersonId(u"eve-id"_s), u"eve"_s, moderation::Role::Auditor)}) {
            QVERIFY(workbench::savePerson(**prepared, {.id = id, .name = name, .roles = {role}}));
            QVERIFY(workbench::saveProfile(
                **prepared, {.name = name, .person = id, .kind = workbench::CatalogKind::Local, .url = {}}));
        }
    }
    RunningStudio studio(workspace());
    QVERIFY(!studio.waitForEvent(u"interactive"_s).isEmpty());
    const auto exitOf = [this](const QStringList& words) { return runCli(workspace(), words)[u"exit"_s].toInt(); };
    const QJsonObject added = runCli(workspace(), {u"ingest"_s, clip()});
    asset = added[u"assets"_s][0][u"id"_s].toString();
    QVERIFY(!asset.isEmpty());
    QCOMPARE(exitOf({u"--profile"_s, u"eve"_s, u"decide"_s, asset, u"pass"_s}), 3);
    QCOMPARE(exitOf({u"--profile"_s, u"nobody"_s, u"decide"_s, asset, u"pass"_s}), 6);
    const QJsonObject decided = runCli(workspace(), {u"--profile"_s, u"ben"_s, u"decide"_s, asset, u"pass"_s});
    QCOMPARE(decided[u"exit"_s].toInt(), 0);
    QCOMPARE(decided[u"decision"_s][u"author"_s].toString(), ben.toString());
    QCOMPARE(exitOf({u"audit"_s, u"verify"_s}), 0);
    QVERIFY(studio.isRunning());
    QCOMPARE(studio.endPolitely(), 0);
}

void TestRunningStudio::secondStudioRefusesPolitely()
{
    RunningStudio first(workspace());
    QVERIFY(!first.waitForEvent(u"interactive"_s).isEmpty());
    RunningStudio second(workspace());
    const QJsonObject refused = second.waitForEvent(u"refused"_s);
    QCOMPARE(refused.value(u"reason"_s).toString(), u"studio_runs"_s);
    QVERIFY(second.isRunning()); // it says so in its window
    QCOMPARE(second.endPolitely(), 0);
    QVERIFY(first.isRunning());
    QCOMPARE(runCli(workspace(), {u"queue"_s, u"list"_s}).value(u"exit"_s).toInt(), 0);
}

void TestRunningStudio::killedStudioComesBackWhereItWas()
{
    {
        RunningStudio studio(workspace(), {u"--demo"_s});
        QVERIFY(!studio.waitForEvent(u"demo_prepared"_s, 120'000).isEmpty());
        const QJsonObject kept = studio.waitForEvent(u"session_kept"_s);
        QCOMPARE(kept.value(u"page"_s).toString(), u"moderation"_s);
        studio.killHard();
    }
    RunningStudio again(workspace());
    QCOMPARE(again.waitForEvent(u"ready"_s).value(u"page"_s).toString(), u"moderation"_s);
    QCOMPARE(again.endPolitely(), 0);
    const auto opened = openAfter(workspace());
    QVERIFY(opened.has_value());
    const auto session = workbench::setting(**opened, u"studio.session"_s);
    QVERIFY(session.has_value());
    const QJsonObject page = session->toObject().value(u"pages"_s).toObject().value(u"moderation"_s).toObject();
    QVERIFY(!page.value(u"state"_s).toObject().value(u"asset"_s).toString().isEmpty());
}

void TestRunningStudio::settingsPersist()
{
    {
        const auto opened = workbench::Workspace::open({.folder = workspace()});
        QVERIFY(opened.has_value());
        QVERIFY(workbench::saveSetting(**opened, u"studio.theme"_s, u"light"_s).has_value());
        QVERIFY(workbench::saveSetting(**opened, u"studio.single_keys"_s, false).has_value());
    }
    RunningStudio studio(workspace());
    const QJsonObject settings = studio.waitForEvent(u"settings"_s);
    QCOMPARE(settings.value(u"theme"_s).toString(), u"light"_s);
    QCOMPARE(settings.value(u"single_keys"_s).toBool(true), false);
    QCOMPARE(studio.endPolitely(), 0);
}

void TestRunningStudio::damagedDatabaseIsShownNotOverwritten()
{
    {
        const auto opened = workbench::Workspace::open({.folder = workspace()});
        QVERIFY(opened.has_value());
    }
    const QString database = store::WorkspaceStore::databasePathIn(workspace());
    QFile file(database);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(4096));
    QVERIFY(file.write(QByteArray(8 * 4096, 'x')) > 0);
    QVERIFY(file.seek(0));
    const QByteArray damaged = file.readAll();
    file.close();
    RunningStudio studio(workspace());
    QVERIFY(!studio.waitForEvent(u"refused"_s).isEmpty());
    QCOMPARE(studio.endPolitely(), 0);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), damaged);
}

QTEST_GUILESS_MAIN(TestRunningStudio)
#include "tst_running_studio.moc"
