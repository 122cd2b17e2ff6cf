#include "workbench_room.h"

#include "core/store/workspace_store.h"
#include "core/workbench/comments.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace vidimus;
using namespace vidimus::test;
using namespace Qt::StringLiterals;
using workbench::addComment;
using workbench::commentsOn;
using workbench::removeComment;

class TestComments : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void commentsComeBackInOrderAfterARestart();
    void badCommentsAreRefused();
    void onlyTheAuthorTakesOneBack();
    void whoMayNotDecideMayNotTalk();
    void theLogKnowsOfItButNotTheWords();
};

void TestComments::commentsComeBackInOrderAfterARestart()
{
    WorkbenchRoom room;
    const AssetId asset = room.ingestClip().id;
    QVERIFY(addComment(room.workspace(), asset, 12, u"  arm visible \n"_s).has_value());
    QVERIFY(addComment(room.workspace(), asset, std::nullopt, u"as a whole: fine"_s).has_value());
    room.reopen();
    const auto thread = commentsOn(room.workspace(), asset);
    QVERIFY(thread.has_value());
    QCOMPARE(thread->size(), std::size_t(2));
    QCOMPARE(thread->front().comment.text, u"arm visible"_s);
    QCOMPARE(thread->front().comment.frame, std::optional<qint64>(12));
    QVERIFY(!thread->back().comment.frame);
    QVERIFY(thread->front().isMine);
    QVERIFY(!thread->front().authorName.isEmpty());
    QCOMPARE(thread->front().comment.sha256, room.ingestClip().sha256); // stays with the bytes
}

void TestComments::badCommentsAreRefused()
{
    WorkbenchRoom room;
    const AssetId asset = room.ingestClip().id;
    QCOMPARE(addComment(room.workspace(), asset, 0, u" \n "_s).error().reason, QByteArray("empty_comment"));
    QCOMPARE(addComment(room.workspace(), asset, 0, QString(workbench::kMaxCommentLength + 1, u'x')).error().reason,
        QByteArray("long_comment"));
    QCOMPARE(addComment(room.workspace(), asset, -1, u"x"_s).error().code, ErrorCode::Invalid);
    QCOMPARE(addComment(room.workspace(), newId<AssetId>(), 0, u"x"_s).error().code, ErrorCode::NotFound);
    QCOMPARE(removeComment(room.workspace(), newId<store::CommentId>()).error().code, ErrorCode::NotFound);
    QVERIFY(commentsOn(room.workspace(), asset)->empty());
    const QString hostile = u"'); DROP TABLE comments; --\u0000\u202e"_s;
    QVERIFY(addComment(room.workspace(), asset, 0, hostile).has_value());
    QCOMPARE(commentsOn(room.workspace(), asset)->front().comment.text, hostile);
}

void TestComments::onlyTheAuthorTakesOneBack()
{
    WorkbenchRoom room;
    const AssetId asset = room.ingestClip().id;
    const auto mine = addComment(room.workspace(), asset, 3, u"mine"_s);
    QVERIFY(mine.has_value());
    room.addProfile(u"second"_s, {moderation::Role::Moderator});
    room.reopen(u"second"_s);
    QCOMPARE(removeComment(room.workspace(), mine->id).error().code, ErrorCode::Denied);
    const auto thread = commentsOn(room.workspace(), asset);
    QCOMPARE(thread->size(), std::size_t(1));
    QVERIFY(!thread->front().isMine);
    const auto own = addComment(room.workspace(), asset, 4, u"own"_s);
    QVERIFY(own.has_value());
    QVERIFY(removeComment(room.workspace(), own->id).has_value());
    QCOMPARE(commentsOn(room.workspace(), asset)->size(), std::size_t(1));
}

void TestComments::whoMayNotDecideMayNotTalk()
{
    WorkbenchRoom room;
    const AssetId asset = room.ingestClip().id;
    room.addProfile(u"auditor"_s, {moderation::Role::Auditor});
    room.reopen(u"auditor"_s);
    QCOMPARE(addComment(room.workspace(), asset, 0, u"x"_s).error().code, ErrorCode::Denied);
    QVERIFY(commentsOn(room.workspace(), asset)->empty());
}

void TestComments::theLogKnowsOfItButNotTheWords()
{
    WorkbenchRoom room;
    const AssetId asset = room.ingestClip().id;
    const auto comment = addComment(room.workspace(), asset, 7, u"a private remark"_s);
    QVERIFY(comment.has_value());
    const auto newest = room.log(1).front();
    QCOMPARE(newest.action, u"comment"_s);
    QVERIFY(!QString::fromUtf8(QJsonDocument(newest.after.toObject()).toJson()).contains(u"private"_s));
    QVERIFY(removeComment(room.workspace(), comment->id).has_value());
    QCOMPARE(room.log(1).front().action, u"comment_removed"_s);
}

QTEST_GUILESS_MAIN(TestComments)
#include "tst_comments.moc"
