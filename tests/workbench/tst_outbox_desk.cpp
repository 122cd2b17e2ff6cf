#include "core/store/workspace_store.h"
#include "core/workbench/decide.h"
#include "core/workbench/outbox_desk.h"
#include "workbench_room.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::test;
using namespace vidimus::workbench;
using catalog::OperationKind;
using catalog::OperationState;

namespace {

/// The operation of that kind, refused by the catalog for good.
catalog::Operation refused(WorkbenchRoom& room, OperationKind kind)
{
    for (const catalog::Operation& operation : room.outbox()) {
        if (operation.kind != kind)
            continue;
        const auto parked = room.workspace().store().write([&](store::UnitOfWork& unit) {
            return unit.outbox.park(operation.id, {ErrorCode::Invalid, u"no"_s, "refused"});
        });
        if (!parked)
            qFatal("not parked");
        return operation;
    }
    qFatal("no such operation");
}

OperationState stateOf(WorkbenchRoom& room, const OperationId& id)
{
    return room.workspace().store().read([&](const store::UnitOfWork& unit) { return unit.outbox.find(id); })->state;
}

} // namespace

/// A person's answer to what the catalog refused.
class TestOutboxDesk : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void retryAndDropAreDoneAndLogged();
    void onlyWhoMightDoItMayAnswer_data();
    void onlyWhoMightDoItMayAnswer();
};

void TestOutboxDesk::retryAndDropAreDoneAndLogged()
{
    WorkbenchRoom room;
    (void)room.ingestClip();
    const catalog::Operation operation = refused(room, OperationKind::RegisterAsset);
    QVERIFY(retryOperation(room.workspace(), operation.id));
    QCOMPARE(stateOf(room, operation.id), OperationState::Waiting);
    QCOMPARE(room.log().front().action, u"retry_operation"_s);
    QVERIFY(dropOperation(room.workspace(), operation.id));
    QCOMPARE(room.log().front().action, u"drop_operation"_s);
    for (const catalog::Operation& left : room.outbox())
        QVERIFY(left.id != operation.id);
    QCOMPARE(dropOperation(room.workspace(), OperationId(u"none"_s)).error().code, ErrorCode::NotFound);
}

void TestOutboxDesk::onlyWhoMightDoItMayAnswer_data()
{
    QTest::addColumn<moderation::RoleSet>("roles");
    QTest::addColumn<bool>("asset");
    QTest::addColumn<bool>("decision");
    using moderation::Role;
    QTest::newRow("moderator") << moderation::RoleSet {Role::Moderator} << true << true;
    QTest::newRow("editor") << moderation::RoleSet {Role::Editor} << true << false;
    QTest::newRow("content manager") << moderation::RoleSet {Role::ContentManager} << false << false;
    QTest::newRow("auditor") << moderation::RoleSet {Role::Auditor} << false << false;
    QTest::newRow("admin") << moderation::RoleSet {Role::Admin} << false << false;
}

void TestOutboxDesk::onlyWhoMightDoItMayAnswer()
{
    QFETCH(moderation::RoleSet, roles);
    QFETCH(bool, asset);
    QFETCH(bool, decision);
    WorkbenchRoom room;
    QVERIFY(decide(room.workspace(), {.asset = room.ingestClip().id}));
    const OperationId ofAsset = refused(room, OperationKind::RegisterAsset).id;
    const OperationId ofDecision = refused(room, OperationKind::AppendDecision).id;
    room.addProfile(u"other"_s, roles);
    room.reopen(u"other"_s);
    const auto answer = [&](const OperationId& id, bool allowed) {
        const OperationState before = stateOf(room, id);
        const auto entries = room.log(1000).size();
        const auto retried = retryOperation(room.workspace(), id);
        QCOMPARE(retried.has_value(), allowed);
        if (allowed)
            return;
        QCOMPARE(retried.error().code, ErrorCode::Denied);
        QCOMPARE(dropOperation(room.workspace(), id).error().code, ErrorCode::Denied);
        QCOMPARE(stateOf(room, id), before);
        QCOMPARE(room.log(1000).size(), entries + 2);
        QCOMPARE(room.log().front().action, u"denied"_s);
    };
    answer(ofAsset, asset);
    answer(ofDecision, decision);
}

QTEST_GUILESS_MAIN(TestOutboxDesk)
#include "tst_outbox_desk.moc"
