#include "core/store/workspace_store.h"
#include "core/workbench/decide.h"
#include "core/workbench/local_socket.h"
#include "core/workbench/run_verb.h"
#include "core/workbench/upkeep.h"
#include "workbench_room.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace vidimus;
using namespace vidimus::test;
using namespace vidimus::workbench;

/// Who works, on which catalog; and that one workspace has one writer.
class TestProfiles : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aNewWorkspaceHasOnePersonAndTheLocalCatalog();
    void theProfileDecidesWhoActs();
    void unknownProfileIsRefused();
    void aProfileKeepsItsKindOfCatalog();
    void aCommandThroughTheStudioActsAsItsOwnPerson();
    void aSecondProgramIsToldThatItIsLocked();
};

void TestProfiles::aNewWorkspaceHasOnePersonAndTheLocalCatalog()
{
    WorkbenchRoom room;
    const auto list = profiles(room.workspace());
    QVERIFY(list);
    QCOMPARE(list->size(), 1U);
    QCOMPARE(list->front().name, u"local"_s);
    QCOMPARE(people(room.workspace())->size(), 1U);
    QCOMPARE(room.workspace().me().id, list->front().person);
    QCOMPARE(room.log().size(), 1U);
    room.reopen();
    QCOMPARE(people(room.workspace())->size(), 1U);
    QCOMPARE(room.log().size(), 1U);
}

void TestProfiles::theProfileDecidesWhoActs()
{
    WorkbenchRoom room;
    const AssetId asset = room.ingestClip().id;
    const PersonId first = room.workspace().me().id;
    room.addProfile(u"ben"_s, {moderation::Role::Moderator});
    room.addProfile(u"eve"_s, {moderation::Role::Auditor});
    room.reopen(u"eve"_s);
    QCOMPARE(decide(room.workspace(), {.asset = asset}).error().code, ErrorCode::Denied);
    room.reopen(u"ben"_s);
    QVERIFY(room.workspace().me().id != first);
    const auto decided = decide(room.workspace(), {.asset = asset});
    QVERIFY(decided);
    QCOMPARE(decided->decision.author, room.workspace().me().id);
    room.reopen();
    QCOMPARE(room.workspace().profile().name, u"local"_s);
}

void TestProfiles::unknownProfileIsRefused()
{
    WorkbenchRoom room;
    room.close();
    const auto opened = Workspace::open({.folder = room.folder(), .profile = u"nobody"_s});
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, ErrorCode::NotFound);
    QCOMPARE(opened.error().reason, QByteArray("unknown_profile"));
}

void TestProfiles::aProfileKeepsItsKindOfCatalog()
{
    WorkbenchRoom room;
    const PersonId me = room.workspace().me().id;
    CatalogProfile staging {
        .name = u"team"_s, .person = me, .kind = CatalogKind::Staging, .url = u"https://catalog.test"_s};
    QVERIFY(saveProfile(room.workspace(), staging));
    staging.kind = CatalogKind::Production;
    QCOMPARE(saveProfile(room.workspace(), staging).error().reason, QByteArray("profile_kind"));
    staging.kind = CatalogKind::Staging;
    staging.url.clear();
    QCOMPARE(saveProfile(room.workspace(), staging).error().code, ErrorCode::Invalid);
    CatalogProfile nameless {.name = u" "_s, .person = me};
    QCOMPARE(saveProfile(room.workspace(), nameless).error().reason, QByteArray("name_required"));
    QCOMPARE(savePerson(room.workspace(), {.id = newId<PersonId>(), .name = u" "_s}).error().code, ErrorCode::Invalid);
    QCOMPARE(profiles(room.workspace())->size(), 2U);
}

void TestProfiles::aCommandThroughTheStudioActsAsItsOwnPerson()
{
    WorkbenchRoom room;
    const IngestedAsset asset = room.ingestClip();
    room.addProfile(u"ben"_s, {moderation::Role::Moderator});
    room.addProfile(u"eve"_s, {moderation::Role::Auditor});
    const PersonId me = room.workspace().me().id;
    QVERIFY(saveProfile(room.workspace(),
        {.name = u"team"_s, .person = me, .kind = CatalogKind::Staging, .url = u"https://catalog.test"_s}));
    const auto server = LocalServer::listen(room.workspace().paths().studioSocket(),
        [&room](const VerbRequest& request, const CancelToken& cancel, const VerbNotes& notes) {
            return runVerb({request, &room.workspace(), room.workspace().workers(), cancel, notes});
        });
    QVERIFY(server);
    const auto run = [&](const QString& profile, const VerbRequest& request) {
        return runCommand({.workspaceFolder = room.folder(), .profile = profile}, request, {}, {});
    };
    const VerbRequest queue {.verb = u"queue"_s};
    const VerbRequest pass {.verb = u"decide"_s, .operands = {asset.id.toString(), u"pass"_s}};
    QCOMPARE(run({}, queue).exitCode, ExitCode::Done);
    QCOMPARE(run(u"local"_s, queue).exitCode, ExitCode::Done);
    QCOMPARE(run(u"ben"_s, queue).exitCode, ExitCode::Done);

    // Refused by her role, whatever the studio's person may do; on record under her name.
    const auto actor = [&](qsizetype place) { return room.log().at(static_cast<std::size_t>(place)).actor; };
    const auto idOf = [&](const QString& profile) { return (*room.workspace().as(profile))->me().id.toString(); };
    const VerbReply refused = run(u"eve"_s, pass);
    QCOMPARE(refused.exitCode, ExitCode::Denied);
    QCOMPARE(refused.json[u"error"_s][u"reason"_s].toString(), u"role"_s);
    QCOMPARE(room.log().front().action, u"denied"_s);
    QCOMPARE(actor(0), idOf(u"eve"_s));
    const auto decisions = [&] {
        return *room.workspace().store().read(
            [&](const store::UnitOfWork& unit) { return unit.decisions.history(asset.id); });
    };
    QVERIFY(decisions().empty());

    QCOMPARE(run(u"ben"_s, pass).exitCode, ExitCode::Done);
    QCOMPARE(decisions().size(), 1U);
    QCOMPARE(decisions().front().author.toString(), idOf(u"ben"_s));
    QCOMPARE(actor(0), idOf(u"ben"_s));
    QVERIFY(idOf(u"ben"_s) != me.toString());
    // And the studio's person is who she was.
    QCOMPARE(room.workspace().me().id, me);
    QCOMPARE(run({}, queue).exitCode, ExitCode::Done);

    QCOMPARE(run(u"nobody"_s, queue).json[u"error"_s][u"reason"_s].toString(), u"unknown_profile"_s);
    const VerbReply elsewhere = run(u"team"_s, queue);
    QCOMPARE(elsewhere.exitCode, ExitCode::Conflict);
    QCOMPARE(elsewhere.json[u"error"_s][u"reason"_s].toString(), u"other_catalog"_s);
}

void TestProfiles::aSecondProgramIsToldThatItIsLocked()
{
    WorkbenchRoom room;
    const auto second = Workspace::open({.folder = room.folder(), .lockPatience = 50ms});
    QVERIFY(!second);
    QCOMPARE(second.error().code, ErrorCode::Conflict);
    QCOMPARE(second.error().reason, QByteArray("locked"));
    const auto entries = room.log().size();
    QVERIFY(saveSetting(room.workspace(), u"still"_s, true));
    QCOMPARE(room.log().size(), entries);
    room.close();
    QVERIFY(Workspace::open({.folder = room.folder(), .lockPatience = 50ms}));
}

QTEST_GUILESS_MAIN(TestProfiles)
#include "tst_profiles.moc"
