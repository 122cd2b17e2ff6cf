#include "core/store/workspace_store.h"
#include "core/workbench/decide.h"
#include "core/workbench/upkeep.h"
#include "workbench_room.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::test;
using namespace vidimus::workbench;

namespace {

void flipAByte(const QString& path)
{
    QFile file(path);
    char byte = 0;
    if (!file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) || !file.open(QIODevice::ReadWrite)
        || !file.seek(1000) || !file.getChar(&byte) || !file.seek(1000) || !file.putChar(static_cast<char>(~byte)))
        qFatal("cannot damage %s", qUtf8Printable(path));
}

QStringList filesIn(const QString& folder)
{
    return QDir(folder).entryList(QDir::Files | QDir::Hidden);
}

} // namespace

/// Copies of a whole workspace, originals included.
class TestWorkspaceCopies : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void comesBackWhole();
    void aDamagedOriginalStopsTheCopy();
    void aDamagedCopyIsNotRestored();
    void aWorkspaceInUseIsNotTouched();
};

void TestWorkspaceCopies::comesBackWhole()
{
    WorkbenchRoom room;
    const IngestedAsset asset = room.ingestClip();
    const auto decided = decide(room.workspace(), {.asset = asset.id});
    QVERIFY(decided);
    const QString copy = room.path(u"copy"_s);
    const auto made = backupWorkspace(room.workspace(), copy);
    QVERIFY2(made, made ? "" : qPrintable(made.error().detail));
    room.close();
    const QString other = room.path(u"other"_s);
    const auto restored = restoreWorkspace(copy, other);
    QVERIFY2(restored, restored ? "" : qPrintable(restored.error().detail));
    QCOMPARE(restored->auditEntries, made->auditEntries);
    const auto opened = Workspace::open({.folder = other});
    QVERIFY2(opened, opened ? "" : qPrintable(opened.error().detail));
    QVERIFY((*opened)->store().read(
        [&](const store::UnitOfWork& unit) { return unit.decisions.find(decided->decision.id); }));
    QCOMPARE(filesIn((*opened)->paths().media()), QStringList {QString::fromLatin1(asset.sha256)});
    QVERIFY(verifyAudit(**opened)->isSound());
}

void TestWorkspaceCopies::aDamagedOriginalStopsTheCopy()
{
    WorkbenchRoom room;
    const IngestedAsset asset = room.ingestClip();
    flipAByte(room.workspace().paths().original(asset.sha256));
    const QString copy = room.path(u"copy"_s);
    const auto made = backupWorkspace(room.workspace(), copy);
    QVERIFY(!made);
    QCOMPARE(made.error().code, ErrorCode::Corrupt);
    QCOMPARE(made.error().reason, QByteArray("original_damaged"));
    QVERIFY(made.error().detail.contains(QString::fromLatin1(asset.sha256)));
    QCOMPARE(filesIn(copy), QStringList()); // no manifest: it is no backup
    QCOMPARE(filesIn(copy + u"/media"_s), QStringList());
}

void TestWorkspaceCopies::aDamagedCopyIsNotRestored()
{
    WorkbenchRoom room;
    const IngestedAsset asset = room.ingestClip();
    const QString copy = room.path(u"copy"_s);
    QVERIFY(backupWorkspace(room.workspace(), copy));
    flipAByte(copy + u"/media/"_s + QString::fromLatin1(asset.sha256));
    const QString other = room.path(u"other"_s);
    QCOMPARE(restoreWorkspace(copy, other).error().reason, QByteArray("original_damaged"));
    QVERIFY(!QFile::exists(store::WorkspaceStore::databasePathIn(other)));
    QCOMPARE(restoreWorkspace(room.path(u"nothing"_s), other).error().code, ErrorCode::NotFound);
}

void TestWorkspaceCopies::aWorkspaceInUseIsNotTouched()
{
    WorkbenchRoom from;
    (void)from.ingestClip();
    const QString copy = from.path(u"copy"_s);
    QVERIFY(backupWorkspace(from.workspace(), copy));
    WorkbenchRoom inUse;
    const auto entries = inUse.log().size();
    const auto restored = restoreWorkspace(copy, inUse.folder());
    QVERIFY(!restored);
    QCOMPARE(restored.error().reason, QByteArray("locked"));
    QCOMPARE(filesIn(inUse.workspace().paths().media()), QStringList());
    QCOMPARE(inUse.log().size(), entries);
    inUse.close();
    QVERIFY(restoreWorkspace(copy, inUse.folder()));
    inUse.reopen();
    QCOMPARE(filesIn(inUse.workspace().paths().media()).size(), 1);
}

QTEST_GUILESS_MAIN(TestWorkspaceCopies)
#include "tst_workspace_copies.moc"
