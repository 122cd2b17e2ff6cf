#include "core/workbench/check_profiles.h"
#include "core/workbench/first_look.h"
#include "core/workbench/ingest.h"
#include "core/workbench/review.h"
#include "core/workbench/upkeep.h"
#include "core/workbench/whole_check.h"
#include "core/workbench/workspace.h"

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <optional>

using namespace vidimus;
using namespace Qt::StringLiterals;

class TestCheckProfile : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void settingChoosesTheProfile();
    void wordsWinOverTheSetting();
    void unknownSettingIsAnError();
    void aRangeIsLookedAtBesideARunningPass();

private:
    [[nodiscard]] static std::unique_ptr<workbench::Workspace> open(const QTemporaryDir& folder);
    [[nodiscard]] static AssetId addClip(workbench::Workspace& workspace);
};

std::unique_ptr<workbench::Workspace> TestCheckProfile::open(const QTemporaryDir& folder)
{
    auto workspace = workbench::Workspace::open({.folder = folder.path()});
    return workspace ? *std::move(workspace) : nullptr;
}

AssetId TestCheckProfile::addClip(workbench::Workspace& workspace)
{
    const auto asset = workbench::ingestFile(
        workspace, QStringLiteral(VIDIMUS_SOURCE_DIR) + u"/tests/media/talking_head_mono.mp4"_s);
    return asset ? asset->id : AssetId();
}

void TestCheckProfile::settingChoosesTheProfile()
{
    const QTemporaryDir folder;
    const auto workspace = open(folder);
    QVERIFY(workspace);
    const AssetId asset = addClip(*workspace);
    const auto plain = workbench::checkAsset(*workspace, asset, {});
    QVERIFY(plain.has_value());
    QCOMPARE(plain->profile, workbench::kDefaultCheckProfile);
    QVERIFY(workbench::saveSetting(*workspace, workbench::kCheckProfileSetting, u"broadcast-eu"_s).has_value());
    const auto chosen = workbench::checkAsset(*workspace, asset, {});
    QVERIFY(chosen.has_value());
    QCOMPARE(chosen->profile, u"broadcast-eu"_s);
}

void TestCheckProfile::wordsWinOverTheSetting()
{
    const QTemporaryDir folder;
    const auto workspace = open(folder);
    QVERIFY(workspace);
    QVERIFY(workbench::saveSetting(*workspace, workbench::kCheckProfileSetting, u"broadcast-eu"_s).has_value());
    const auto report = workbench::checkAsset(*workspace, addClip(*workspace), u"streaming"_s);
    QVERIFY(report.has_value());
    QCOMPARE(report->profile, u"streaming"_s);
}

void TestCheckProfile::unknownSettingIsAnError()
{
    const QTemporaryDir folder;
    const auto workspace = open(folder);
    QVERIFY(workspace);
    QVERIFY(workbench::saveSetting(*workspace, workbench::kCheckProfileSetting, u"nonsense"_s).has_value());
    const auto report = workbench::checkAsset(*workspace, addClip(*workspace), {});
    QVERIFY(!report.has_value());
}

void TestCheckProfile::aRangeIsLookedAtBesideARunningPass()
{
    const QTemporaryDir folder;
    const auto workspace = open(folder);
    QVERIFY(workspace);
    const AssetId asset = addClip(*workspace);
    std::optional<Result<checks::FirstVerdict>> looked;
    std::optional<Result<checks::FirstVerdict>> beyond;
    // The pass waits for its progress to be taken, so that it has not ended when the range is answered.
    const auto ask = [&](const Progress&) {
        if (looked)
            return;
        looked = workbench::lookAtAsset(
            *workspace, asset, {}, checks::PlannedLook {checks::LookKind::Range, 0.2, 0.6}, {});
        beyond = workbench::lookAtAsset(
            *workspace, asset, {}, checks::PlannedLook {checks::LookKind::Range, 1e6, 1e6 + 1}, {});
    };
    const auto beside = workbench::checkWholly(*workspace, asset, {}, {}, ask);
    QVERIFY(beside.has_value());
    QVERIFY(looked);
    QVERIFY2(*looked, qPrintable(*looked ? QString() : looked->error().detail));
    QCOMPARE((*looked)->lookedAt.size(), std::size_t(1));
    QCOMPARE((*looked)->lookedAt[0].kind, checks::LookKind::Range);
    QVERIFY((*looked)->lookedAt[0].frames > 0);
    // Nothing is there: said, or an error, but never a verdict over frames.
    QVERIFY(!*beyond || std::ranges::all_of((*beyond)->lookedAt, [](const auto& part) { return part.frames == 0; }));
    // The pass is the same as one that nobody asked anything beside.
    const auto alone = workbench::checkAsset(*workspace, asset, {});
    QVERIFY(alone.has_value());
    QCOMPARE(checks::toJson(*beside), checks::toJson(*alone));
}

QTEST_GUILESS_MAIN(TestCheckProfile)
#include "tst_check_profile.moc"
