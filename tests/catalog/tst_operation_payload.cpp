#include "core/catalog/operation_payload.h"

#include <QTest>

using namespace vidimus;
using namespace vidimus::catalog;
using namespace Qt::StringLiterals;

class TestOperationPayload : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyKindComesBackAsItWas();
    void refusesWhatItDoesNotKnow();
    void namesAreStable();
};

void TestOperationPayload::everyKindComesBackAsItWas()
{
    const QByteArray sha(64, 'b');
    const Instant now {Milliseconds {1'700'000'000'123}};
    const QJsonObject title = toJson(UpsertTitle {TitleId(u"t"_s), u"Name"_s, {{u"kind"_s, u"film"_s}}, 4});
    QCOMPARE(toJson(*upsertTitleFromJson(title)), title);
    const QJsonObject asset = toJson(RegisterAsset {AssetId(u"a"_s), TitleId(u"t"_s), sha, 9, u"x.mov"_s, {}});
    QCOMPARE(toJson(*registerAssetFromJson(asset)), asset);
    const QJsonObject decision = toJson(AppendDecision {DecisionId(u"d"_s), AssetId(u"a"_s), TitleId(u"t"_s), sha,
        "pass", {{u"note"_s, u"ok"_s}}, now, DecisionId(u"c"_s)});
    QCOMPARE(toJson(*appendDecisionFromJson(decision)), decision);
    const QJsonObject windows = toJson(PutWindows {TitleId(u"t"_s), {QJsonObject()}, {}, {}, 0});
    QCOMPARE(toJson(*putWindowsFromJson(windows)), windows);
    const QJsonObject package = toJson(UploadPackage {u"k"_s, AssetId(u"a"_s), TitleId(u"t"_s), sha, u"m.m3u8"_s,
        u"p.jpg"_s, 2, {{u"m.m3u8"_s, u"/x/m.m3u8"_s, sha, 3}}});
    QCOMPARE(toJson(*uploadPackageFromJson(package)), package);
    const QJsonObject publish = toJson(Publish {PublicationId(u"p"_s), TitleId(u"t"_s), AssetId(u"a"_s), u"k"_s, now});
    QCOMPARE(toJson(*publishFromJson(publish)), publish);
    const QJsonObject withdraw = toJson(Withdraw {PublicationId(u"p"_s), TitleId(u"t"_s), u"why"_s});
    QCOMPARE(toJson(*withdrawFromJson(withdraw)), withdraw);
}

void TestOperationPayload::refusesWhatItDoesNotKnow()
{
    QJsonObject json = toJson(Withdraw {PublicationId(u"p"_s), TitleId(u"t"_s), {}});
    json[u"surprise"_s] = 1;
    QCOMPARE(withdrawFromJson(json).error().reason, "unknown_field");
    QJsonObject asset = toJson(RegisterAsset {AssetId(u"a"_s), TitleId(u"t"_s), "short", 9, {}, {}});
    QVERIFY(!registerAssetFromJson(asset));
    QVERIFY(!withdrawFromJson({}));
}

void TestOperationPayload::namesAreStable()
{
    for (const auto kind : {OperationKind::UpsertTitle, OperationKind::RegisterAsset, OperationKind::AppendDecision,
             OperationKind::PutWindows, OperationKind::UploadPackage, OperationKind::Publish, OperationKind::Withdraw})
        QCOMPARE(*operationKindFromName(operationKindName(kind)), kind);
    for (const auto state :
        {OperationState::Waiting, OperationState::Done, OperationState::Conflict, OperationState::NeedsPerson})
        QCOMPARE(*operationStateFromName(operationStateName(state)), state);
    QVERIFY(!operationKindFromName("nonsense"));
    const Instant now {Milliseconds {5}};
    const Operation operation
        = makeOperation(UpsertTitle {TitleId(u"t"_s), u"n"_s, {}, {}}, now, std::chrono::seconds(10));
    QCOMPARE(operation.kind, OperationKind::UpsertTitle);
    QCOMPARE(operation.title, TitleId(u"t"_s));
    QCOMPARE(operation.notBefore, now + std::chrono::seconds(10));
}

QTEST_GUILESS_MAIN(TestOperationPayload)
#include "tst_operation_payload.moc"
