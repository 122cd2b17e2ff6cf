#include "core/base/json.h"
#include "core/workbench/catalog_link.h"
#include "core/workbench/person.h"
#include "core/workbench/upkeep.h"
#include "core/workbench/workspace.h"
#include "program_room.h"
#include "tests/support/patience.h"

#include <QFile>
#include <QTest>

using namespace vidimus;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

/// A profile whose catalog is a program of its own, which takes changes only with a token that it knows.
class TestSignIn : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void commandLineNeedsTheToken();
    void linkTakesOnlyATokenThatTheCatalogKnows();
    void tokenGoesOverHttpsOrToThisMachineOnly_data();
    void tokenGoesOverHttpsOrToThisMachineOnly();

private:
    [[nodiscard]] Result<std::unique_ptr<workbench::Workspace>> open(const QString& profile = {}) const;
    void keepProfile(const QString& name, const QString& url) const;

    ProgramRoom m_room;
    QProcess m_catalog;
    QString m_url;
    QByteArray m_token;
};

Result<std::unique_ptr<workbench::Workspace>> TestSignIn::open(const QString& profile) const
{
    return workbench::Workspace::open(
        {.folder = m_room.workspace(), .profile = profile, .lockPatience = std::chrono::milliseconds(kPatienceMs)});
}

void TestSignIn::keepProfile(const QString& name, const QString& url) const
{
    const auto workspace = open();
    QVERIFY(workspace);
    QVERIFY(workbench::saveProfile(**workspace,
        {.name = name, .person = (*workspace)->me().id, .kind = workbench::CatalogKind::Staging, .url = url}));
}

void TestSignIn::initTestCase()
{
    const QString data = m_room.path(u"catalog"_s);
    m_catalog.start(programPath(u"vidimus-catalogd"_s), {u"--data"_s, data, u"--listen"_s, u"127.0.0.1:0"_s});
    while (!m_catalog.canReadLine() && m_catalog.waitForReadyRead(kPatienceMs)) { }
    const auto line = parseJsonObject(m_catalog.readLine());
    QVERIFY(line);
    m_url = line->value("listening"_L1).toString();
    m_token = readBytes(data + u"/admin-token"_s).trimmed();
    QVERIFY(!m_url.isEmpty() && !m_token.isEmpty());
    keepProfile(u"team"_s, m_url);
}

void TestSignIn::cleanupTestCase()
{
    m_catalog.terminate();
    QVERIFY(m_catalog.waitForFinished(kPatienceMs));
}

void TestSignIn::commandLineNeedsTheToken()
{
    const QStringList team {u"--profile"_s, u"team"_s};
    QCOMPARE(m_room.run(team + QStringList {u"ingest"_s, clipPath(u"talking_head_mono.mp4"_s)}).exitCode, 0);

    const Ended without = m_room.run(team + QStringList {u"sync"_s});
    QCOMPARE(without.json()[u"error"_s][u"reason"_s].toString(), u"unauthorized"_s);
    QCOMPARE(without.exitCode, 3);

    const QString file = m_room.path(u"token"_s);
    const QStringList with = team + QStringList {u"--catalog-token"_s, file, u"sync"_s};
    writeBytes(file, "no-such-token\n");
    QCOMPARE(m_room.run(with).exitCode, 3);
    writeBytes(file, "two words\r\nX-Other: header\n");
    QCOMPARE(m_room.run(with).json()[u"error"_s][u"reason"_s].toString(), u"bad_token"_s);
    QVERIFY(QFile::remove(file));
    QVERIFY(m_room.run(with).exitCode != 0);

    writeBytes(file, m_token + '\n');
    const Ended sent = m_room.run(with);
    QCOMPARE(sent.exitCode, 0);
    QVERIFY2(sent.json()[u"sent"_s].toInt() > 0, sent.out.constData());
    QCOMPARE(sent.json()[u"waiting"_s].toInt(-1), 0);
    // Nothing of it stays behind.
    QCOMPARE(m_room.run(team + QStringList {u"ingest"_s, clipPath(u"noaudio_1080p24.mp4"_s)}).exitCode, 0);
    QCOMPARE(m_room.run(team + QStringList {u"sync"_s}).exitCode, 3);
}

void TestSignIn::linkTakesOnlyATokenThatTheCatalogKnows()
{
    auto workspace = open(u"team"_s);
    QVERIFY(workspace);
    workbench::CatalogLink& link = (*workspace)->catalog();
    const auto refused = link.sync();
    QVERIFY(refused && refused->signInNeeded);
    QVERIFY(link.state().needsSignIn);
    QCOMPARE(link.signIn("no-such-token").error().reason, QByteArray("unauthorized"));
    QVERIFY(link.signIn(m_token));
    QVERIFY(!link.state().needsSignIn);
    // A wrong one later does not push the right one out.
    QCOMPARE(link.signIn("no-such-token").error().reason, QByteArray("unauthorized"));
    const auto sent = link.sync();
    QVERIFY(sent && !sent->signInNeeded);
    QVERIFY(sent->sent > 0);
}

void TestSignIn::tokenGoesOverHttpsOrToThisMachineOnly_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QByteArray>("reason");
    QTest::newRow("https") << u"https://catalog.example.org"_s << QByteArray();
    QTest::newRow("this machine") << u"http://127.0.0.1:8080"_s << QByteArray();
    QTest::newRow("this machine, by name") << u"http://localhost:8080"_s << QByteArray();
    QTest::newRow("plain") << u"http://catalog.example.org"_s << QByteArray("insecure_address");
    QTest::newRow("looks like this machine") << u"http://127.0.0.1.example.org"_s << QByteArray("insecure_address");
}

void TestSignIn::tokenGoesOverHttpsOrToThisMachineOnly()
{
    QFETCH(QString, url);
    QFETCH(QByteArray, reason);
    const QString name = QString::fromUtf8(QTest::currentDataTag());
    keepProfile(name, url);
    auto workspace = open(name);
    QVERIFY(workspace);
    const auto used = (*workspace)->catalog().useToken("some-token");
    QCOMPARE(used ? QByteArray() : used.error().reason, reason);
    for (const QByteArray& wrong : {QByteArray("two words"), QByteArray("some-token\n"), QByteArray(5000, 'a')})
        QVERIFY(!(*workspace)->catalog().useToken(wrong));
    workspace->reset();
    auto local = open();
    QVERIFY(local);
    QCOMPARE((*local)->catalog().useToken("some-token").error().reason, QByteArray("no_token_needed"));
}

QTEST_GUILESS_MAIN(TestSignIn)
#include "tst_sign_in.moc"
