#include "core/base/json.h"
#include "core/catalog/curl_transport.h"
#include "core/catalog/embedded_catalog.h"
#include "tests/support/patience.h"

#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <sys/stat.h>
#include <thread>

using namespace vidimus;
using namespace vidimus::catalog;
using namespace Qt::StringLiterals;

/// The real program: started by the first client, shared by others, gone after the last.
class TestEmbeddedCatalog : public QObject {
    Q_OBJECT

    EmbeddedCatalogOptions optionsIn(const QTemporaryDir& folder, const QString& name = u"catalog.sock"_s) const
    {
        return {.program = QStringLiteral(VIDIMUS_BIN_DIR "/vidimus-catalogd"),
            .dataFolder = folder.filePath(u"catalog"_s),
            .socketPath = folder.filePath(name)};
    }
    static HttpResponse createTitle(const EmbeddedCatalog& catalog, const QString& id)
    {
        CurlTransport transport;
        HttpRequest request;
        request.method = "POST";
        request.url = catalog.address().url + "/v1/titles";
        request.body = toJson({{u"id"_s, id}, {u"name"_s, u"N"_s}});
        request.headers = {{"Authorization", "Bearer " + catalog.address().token}, {"Content-Type", "application/json"},
            {"Idempotency-Key", newUuid().toLatin1()}};
        return transport.perform(request).value_or(HttpResponse());
    }
    /// The process that holds the database, from its lock file.
    static pid_t serverOf(const QTemporaryDir& folder)
    {
        QFile file(folder.filePath(u"catalog/catalog.lock"_s));
        return file.open(QIODevice::ReadOnly) ? static_cast<pid_t>(file.readAll().trimmed().toInt()) : 0;
    }
    static bool isRunning(pid_t pid) { return pid > 0 && kill(pid, 0) == 0; }

private Q_SLOTS:
    void firstStartsOthersAttachAndItLeavesAfterTheLast();
    void manyClientsAtOnceShareOneServer();
    void sigkillLosesNothingAcknowledged();
    void secondInstanceEndsWithItsOwnCode();
    void socketIsForItsOwnerOnlyAndMayHaveALongPath();
    void sigtermStopsAnOrdinaryServer();
};

void TestEmbeddedCatalog::firstStartsOthersAttachAndItLeavesAfterTheLast()
{
    const QTemporaryDir folder;
    auto first = EmbeddedCatalog::startOrAttach(optionsIn(folder));
    QVERIFY2(first, qPrintable(first ? QString() : first.error().detail));
    QVERIFY(first->isStarter());
    const pid_t server = serverOf(folder);
    QVERIFY(isRunning(server));
    {
        const auto second = EmbeddedCatalog::startOrAttach(optionsIn(folder));
        QVERIFY(second && !second->isStarter());
        QCOMPARE(second->address().token, first->address().token);
    }
    QVERIFY(first->isAlive());
    QCOMPARE(createTitle(*first, u"t"_s).status, 201);
    first = Error {};
    QTRY_VERIFY_WITH_TIMEOUT(!isRunning(server), 15'000);
    QVERIFY(!QFileInfo::exists(folder.filePath(u"catalog.sock"_s)));
}

void TestEmbeddedCatalog::manyClientsAtOnceShareOneServer()
{
    const QTemporaryDir folder;
    std::vector<std::optional<Result<EmbeddedCatalog>>> clients(6);
    {
        std::vector<std::jthread> threads;
        for (auto& client : clients)
            threads.emplace_back([&] { client.emplace(EmbeddedCatalog::startOrAttach(optionsIn(folder))); });
    }
    int starters = 0;
    for (const auto& client : clients) {
        QVERIFY2(client->has_value(), qPrintable(client->has_value() ? QString() : client->error().detail));
        QCOMPARE((*client)->address().url, (*clients[0])->address().url);
        starters += (*client)->isStarter();
    }
    QCOMPARE(starters, 1);
}

void TestEmbeddedCatalog::sigkillLosesNothingAcknowledged()
{
    const QTemporaryDir folder;
    for (int round = 0; round < 3; ++round) {
        const auto catalog = EmbeddedCatalog::startOrAttach(optionsIn(folder));
        QVERIFY2(catalog, qPrintable(catalog ? QString() : catalog.error().detail));
        QCOMPARE(createTitle(*catalog, u"t%1"_s.arg(round)).status, 201);
        kill(serverOf(folder), SIGKILL);
        QTRY_VERIFY_WITH_TIMEOUT(!catalog->isAlive(), kPatienceMs);
    }
    const auto catalog = EmbeddedCatalog::startOrAttach(optionsIn(folder));
    QVERIFY(catalog);
    CurlTransport transport;
    CatalogClient client(transport, catalog->address());
    for (int round = 0; round < 3; ++round)
        QCOMPARE(client.title(TitleId(u"t%1"_s.arg(round)))->version, 1);
    QCOMPARE(client.auditHead()->size, 3);
}

void TestEmbeddedCatalog::secondInstanceEndsWithItsOwnCode()
{
    const QTemporaryDir folder;
    const auto catalog = EmbeddedCatalog::startOrAttach(optionsIn(folder));
    QVERIFY(catalog);
    QProcess second;
    second.start(QStringLiteral(VIDIMUS_BIN_DIR "/vidimus-catalogd"),
        {u"--data"_s, folder.filePath(u"catalog"_s), u"--listen"_s, u"127.0.0.1:0"_s});
    QVERIFY(second.waitForFinished());
    QCOMPARE(second.exitCode(), 4);
    QVERIFY(catalog->isAlive());
}

void TestEmbeddedCatalog::socketIsForItsOwnerOnlyAndMayHaveALongPath()
{
    const QTemporaryDir folder;
    const QString deep = QString(100, u'd') + u'/' + QString(100, u'e');
    QVERIFY(QDir(folder.path()).mkpath(deep));
    const auto catalog = EmbeddedCatalog::startOrAttach(optionsIn(folder, deep + u"/catalog.sock"_s));
    QVERIFY2(catalog, qPrintable(catalog ? QString() : catalog.error().detail));
    struct stat status {};
    QCOMPARE(stat(QFile::encodeName(folder.filePath(deep + u"/catalog.sock"_s)).constData(), &status), 0);
    QCOMPARE(status.st_mode & 0777, 0600u);
}

void TestEmbeddedCatalog::sigtermStopsAnOrdinaryServer()
{
    const QTemporaryDir folder;
    QProcess server;
    server.start(QStringLiteral(VIDIMUS_BIN_DIR "/vidimus-catalogd"),
        {u"--data"_s, folder.filePath(u"data"_s), u"--listen"_s, u"127.0.0.1:0"_s});
    QVERIFY(server.waitForReadyRead());
    const auto line = parseJsonObject(server.readLine());
    QVERIFY(line && line->value("listening"_L1).toString().startsWith(u"http://127.0.0.1:"));
    server.terminate();
    QVERIFY(server.waitForFinished());
    QCOMPARE(server.exitStatus(), QProcess::NormalExit);
    QCOMPARE(server.exitCode(), 0);
    QCOMPARE(QFile::permissions(folder.filePath(u"data/admin-token"_s)) & (QFile::ReadGroup | QFile::ReadOther),
        QFile::Permissions());
}

QTEST_GUILESS_MAIN(TestEmbeddedCatalog)
#include "tst_embedded_catalog.moc"
