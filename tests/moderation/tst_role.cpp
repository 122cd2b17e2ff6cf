#include "core/moderation/role.h"

#include <QTest>

using namespace vidimus;
using namespace vidimus::moderation;
using namespace Qt::StringLiterals;

class TestRole : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void wholeMatrix_data();
    void wholeMatrix();
    void rolesAddUp();
    void refusalNamesTheAction();
    void takeDownAndPurgeNeedTwoPeople();
    void namesRoundTrip();
    void setRoundTripsAndRefusesUnknownNames();
};

void TestRole::wholeMatrix_data()
{
    QTest::addColumn<Action>("action");
    QTest::addColumn<QString>("allowed"); // a letter for each role: m e p c a w A (admin)
    const auto row = [](Action action, const char* allowed) {
        QTest::newRow(actionName(action)) << action << QString::fromLatin1(allowed);
    };
    row(Action::Read, "mepcA");
    row(Action::Ingest, "mep");
    row(Action::RunChecks, "mep");
    row(Action::Claim, "m");
    row(Action::Decide, "m");
    row(Action::ConfirmDecision, "m");
    row(Action::UndoDecision, "m");
    row(Action::EditTitles, "ep");
    row(Action::EditAssets, "ep");
    row(Action::EditCaptions, "ep");
    row(Action::EditSchedules, "ep");
    row(Action::Transcode, "ep");
    row(Action::EditRights, "c");
    row(Action::EditAvailability, "c");
    row(Action::PublishStaging, "ep");
    row(Action::PublishProduction, "p");
    row(Action::Withdraw, "p");
    row(Action::Pin, "p");
    row(Action::TakeDown, "p");
    row(Action::Purge, "p");
    row(Action::ReadAudit, "a");
    row(Action::LeaseJobs, "w");
    row(Action::ControlJobs, "epA");
    row(Action::ManageUsers, "A");
    row(Action::ManageSites, "A");
    row(Action::ManageTokens, "A");
    row(Action::ManagePolicies, "A");
    row(Action::ManageBackups, "A");
}

void TestRole::wholeMatrix()
{
    QFETCH(Action, action);
    QFETCH(QString, allowed);
    const QString letters = u"mepcawA"_s;
    for (int i = 0; i < int(kAllRoles.size()); ++i) {
        const bool expected = allowed.contains(letters[i]);
        QVERIFY2(may(kAllRoles[std::size_t(i)], action) == expected, roleName(kAllRoles[std::size_t(i)]));
        QCOMPARE(bool(require({kAllRoles[std::size_t(i)]}, action)), expected);
    }
    QVERIFY(!may(RoleSet(), action));
    // Each action has its row, so that a new one cannot be forgotten here.
    static int rows = 0;
    ++rows;
    if (action == Action::ManageBackups)
        QCOMPARE(rows, kActionCount);
}

void TestRole::rolesAddUp()
{
    const RoleSet both {Role::Moderator, Role::ContentManager};
    QVERIFY(may(both, Action::Decide));
    QVERIFY(may(both, Action::EditRights));
    QVERIFY(!may(both, Action::PublishStaging));
}

void TestRole::refusalNamesTheAction()
{
    const auto refused = require({Role::Admin}, Action::Decide);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Denied);
    QCOMPARE(refused.error().reason, QByteArray("role"));
    QVERIFY(refused.error().detail.contains(u"decide"_s));
}

void TestRole::takeDownAndPurgeNeedTwoPeople()
{
    for (int i = 0; i < kActionCount; ++i) {
        const auto action = static_cast<Action>(i);
        QCOMPARE(needsTwoPeople(action), action == Action::TakeDown || action == Action::Purge);
    }
}

void TestRole::namesRoundTrip()
{
    for (const Role role : kAllRoles)
        QCOMPARE(*roleFromName(QString::fromLatin1(roleName(role))), role);
    for (int i = 0; i < kActionCount; ++i)
        QCOMPARE(*actionFromName(QString::fromLatin1(actionName(static_cast<Action>(i)))), static_cast<Action>(i));
    QCOMPARE(roleFromName(u"root").error().code, ErrorCode::Invalid);
    QCOMPARE(actionFromName(u"").error().code, ErrorCode::Invalid);
}

void TestRole::setRoundTripsAndRefusesUnknownNames()
{
    const RoleSet roles {Role::Publisher, Role::Auditor};
    QCOMPARE(*roleSetFromJson(toJson(roles)), roles);
    QVERIFY(!roleSetFromJson({u"publisher"_s, u"owner"_s}));
    QVERIFY(!roleSetFromJson({7}));
}

QTEST_GUILESS_MAIN(TestRole)
#include "tst_role.moc"
