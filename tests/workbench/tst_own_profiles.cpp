#include "core/workbench/check_profiles.h"
#include "core/workbench/judge_library.h"
#include "core/workbench/review.h"
#include "core/workbench/upkeep.h"
#include "workbench_room.h"

#include <QTest>

using namespace vidimus;
using namespace vidimus::test;
using namespace vidimus::workbench;
using namespace Qt::StringLiterals;

namespace {

/// "web" that lets quiet sound pass.
checks::Profile quietWeb(const QString& id = u"night-owls"_s)
{
    checks::Profile profile = *checks::shippedProfile(u"web"_s);
    profile.id = id;
    profile.title = u"Night owls"_s;
    profile.checks.at(u"loudness"_s).enabled = false;
    profile.checks.at(u"black"_s).thresholds[u"min_duration"_s] = 3;
    return profile;
}

} // namespace

class OwnProfilesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_room = std::make_unique<WorkbenchRoom>(); }
    void cleanup() { m_room.reset(); }
    void whatIsSavedIsReadBack();
    void onlyDifferencesAreKept();
    void newFilesAreCheckedByIt();
    void namesThatCannotBeAreRefused_data();
    void namesThatCannotBeAreRefused();
    void theOneInUseStays();
    void aModeratorMayNot();

private:
    [[nodiscard]] Workspace& workspace() { return m_room->workspace(); }
    std::unique_ptr<WorkbenchRoom> m_room;
};

void OwnProfilesTest::whatIsSavedIsReadBack()
{
    const checks::Profile wanted = quietWeb();
    QVERIFY(saveCheckProfile(workspace(), wanted, u"web"_s));
    QCOMPARE(m_room->log(1).front().action, u"save_check_profile"_s);
    m_room->reopen();
    const auto read = loadCheckProfile(workspace(), u"night-owls"_s);
    QVERIFY(read);
    QCOMPARE(*read, wanted);
    const auto rows = listCheckProfiles(workspace());
    QVERIFY(rows);
    QCOMPARE(rows->size(), std::size_t(checks::shippedProfileIds().size()) + 1);
    QCOMPARE(rows->back().id, u"night-owls"_s);
    QCOMPARE(rows->back().title, u"Night owls"_s);
    QCOMPARE(rows->back().inherits, u"web"_s);
    QVERIFY(!rows->back().shipped);
    QVERIFY(removeCheckProfile(workspace(), u"night-owls"_s));
    QCOMPARE(loadCheckProfile(workspace(), u"night-owls"_s).error().code, ErrorCode::NotFound);
    QCOMPARE(removeCheckProfile(workspace(), u"night-owls"_s).error().code, ErrorCode::NotFound);
}

void OwnProfilesTest::onlyDifferencesAreKept()
{
    const auto web = checks::shippedProfile(u"web"_s);
    const QJsonObject json = checks::toJson(quietWeb(), *web);
    const QJsonObject checks = json.value(u"checks"_s).toObject();
    QCOMPARE(checks.keys(), (QStringList {u"black"_s, u"loudness"_s}));
    QCOMPARE(checks.value(u"loudness"_s).toObject(), (QJsonObject {{u"enabled"_s, false}}));
    QCOMPARE(json.value(u"inherits"_s), u"web"_s);
}

void OwnProfilesTest::newFilesAreCheckedByIt()
{
    QVERIFY(saveCheckProfile(workspace(), quietWeb(), u"web"_s));
    const AssetId asset = m_room->ingestClip().id;
    const auto byWeb = checkAsset(workspace(), asset, u"web"_s);
    QVERIFY(byWeb);
    const auto judged = judgeLibrary(workspace(), *loadCheckProfile(workspace(), u"night-owls"_s));
    QVERIFY(judged);
    QCOMPARE(judged->judged, 1);
    QVERIFY(saveSetting(workspace(), kCheckProfileSetting, u"night-owls"_s));
    const auto byOwn = checkAsset(workspace(), asset, {});
    QVERIFY(byOwn);
    QCOMPARE(byOwn->profile, u"night-owls"_s);
    const auto isLoudness = [](const checks::CheckResult& result) { return result.id == u"loudness"_s; };
    QVERIFY(std::ranges::any_of(byWeb->checks, isLoudness));
    QVERIFY(std::ranges::none_of(byOwn->checks, isLoudness));
    // The back-test had said what came.
    QCOMPARE(judged->verdicts.at(checks::outcomeName(checks::verdict(*byOwn))), 1);
}

void OwnProfilesTest::namesThatCannotBeAreRefused_data()
{
    QTest::addColumn<QString>("id");
    QTest::newRow("empty") << QString();
    QTest::newRow("a shipped one") << u"web"_s;
    QTest::newRow("a path") << u"../web"_s;
    QTest::newRow("a space") << u"night owls"_s;
    QTest::newRow("too long") << QString(65, u'a');
    QTest::newRow("a line break") << u"web\n"_s;
}

void OwnProfilesTest::namesThatCannotBeAreRefused()
{
    QFETCH(QString, id);
    const auto saved = saveCheckProfile(workspace(), quietWeb(id), u"web"_s);
    QVERIFY(!saved);
    QCOMPARE(saved.error().code, ErrorCode::Invalid);
    QCOMPARE(saved.error().reason, QByteArray("bad_name"));
    QCOMPARE(listCheckProfiles(workspace())->size(), std::size_t(checks::shippedProfileIds().size()));
    QCOMPARE(saveCheckProfile(workspace(), quietWeb(), u"nothing"_s).error().code, ErrorCode::NotFound);
}

void OwnProfilesTest::theOneInUseStays()
{
    QVERIFY(saveCheckProfile(workspace(), quietWeb(), u"web"_s));
    QVERIFY(saveSetting(workspace(), kCheckProfileSetting, u"night-owls"_s));
    QCOMPARE(removeCheckProfile(workspace(), u"night-owls"_s).error().code, ErrorCode::Conflict);
    QVERIFY(loadCheckProfile(workspace(), u"night-owls"_s));
}

void OwnProfilesTest::aModeratorMayNot()
{
    QVERIFY(saveCheckProfile(workspace(), quietWeb(), u"web"_s));
    m_room->addProfile(u"watcher"_s, {moderation::Role::Moderator});
    m_room->reopen(u"watcher"_s);
    checks::Profile other = quietWeb();
    other.title = u"Changed"_s;
    QCOMPARE(saveCheckProfile(workspace(), other, u"web"_s).error().code, ErrorCode::Denied);
    QCOMPARE(removeCheckProfile(workspace(), u"night-owls"_s).error().code, ErrorCode::Denied);
    QCOMPARE(loadCheckProfile(workspace(), u"night-owls"_s)->title, u"Night owls"_s);
    QCOMPARE(m_room->log(1).front().action, u"denied"_s);
}

QTEST_GUILESS_MAIN(OwnProfilesTest)
#include "tst_own_profiles.moc"
