#include "core/workbench/local_socket.h"
#include "core/workbench/unix_stream.h"
#include "tests/support/patience.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>
#include <sys/socket.h>
#include <sys/stat.h>

using namespace vidimus;
using namespace vidimus::workbench;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

VerbReply echo(const VerbRequest& request, const CancelToken& cancel, const VerbNotes& notes)
{
    if (request.verb == u"wait") {
        while (!cancel.isCanceled())
            std::this_thread::sleep_for(1ms);
        return failedReply(request.verb, Error {ErrorCode::Canceled, u"cancelled"_s, "canceled"});
    }
    notes(0.5, u"half"_s);
    return {ExitCode::AnswerIsNo,
        {{u"echo"_s, QJsonArray::fromStringList(request.operands)}, {u"flag"_s, request.has(u"json"_s)}}};
}

} // namespace

class TestLocalSocket : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void answersAVerbWithItsNotes();
    void replacesAStaleSocketAndHidesIt();
    void nobodyListeningIsUnavailable();
    void cancelReachesTheVerb();
    void survivesHostileClients();
    void servesSeveralAtOnce();
    void finishLeavesNobodyWithoutAnAnswer();
    void finishThatIsCancelledCancelsTheRest();
};

void TestLocalSocket::answersAVerbWithItsNotes()
{
    const QTemporaryDir dir;
    const auto server = LocalServer::listen(dir.filePath(u"s"_s), echo);
    QVERIFY(server);
    QStringList lines;
    const auto reply = callLocal(dir.filePath(u"s"_s), {u"probe"_s, {u"a b"_s, u"ü"_s}, {{u"json"_s, {}}}},
        [&lines](double, const QString& line) { lines.append(line); }, {});
    QVERIFY(reply);
    QCOMPARE(reply->exitCode, ExitCode::AnswerIsNo);
    QCOMPARE(reply->json.value(u"echo"_s).toArray().at(1).toString(), u"ü"_s);
    QVERIFY(reply->json.value(u"flag"_s).toBool());
    QCOMPARE(lines, QStringList {u"half"_s});
}

void TestLocalSocket::replacesAStaleSocketAndHidesIt()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(u"s"_s);
    {
        const auto dead = listenUnix(path);
        QVERIFY(dead);
    }
    QVERIFY(QFile::exists(path));
    {
        const auto server = LocalServer::listen(path, echo);
        QVERIFY(server);
        struct stat status {};
        QCOMPARE(stat(QFile::encodeName(path).constData(), &status), 0);
        QCOMPARE(status.st_mode & 0777, 0600U);
        QVERIFY(callLocal(path, {u"x"_s, {}, {}}, {}, {}));
    }
    QVERIFY(!QFile::exists(path));
    QCOMPARE(LocalServer::listen(u"/tmp/"_s + QString(200, u'x'), echo).error().reason, QByteArray("path_too_long"));
}

void TestLocalSocket::nobodyListeningIsUnavailable()
{
    const QTemporaryDir dir;
    QCOMPARE(callLocal(dir.filePath(u"none"_s), {}, {}, {}).error().code, ErrorCode::Unavailable);
}

void TestLocalSocket::cancelReachesTheVerb()
{
    const QTemporaryDir dir;
    std::atomic<bool> ended = false;
    const auto server = LocalServer::listen(
        dir.filePath(u"s"_s), [&ended](const VerbRequest& request, const CancelToken& cancel, const VerbNotes& notes) {
            auto reply = echo(request, cancel, notes);
            ended = true;
            return reply;
        });
    QVERIFY(server);
    const CancelSource cancel;
    std::jthread later([&cancel] {
        std::this_thread::sleep_for(50ms);
        cancel.cancel();
    });
    const auto reply = callLocal(dir.filePath(u"s"_s), {u"wait"_s, {}, {}}, {}, cancel.token());
    QVERIFY(!reply);
    QCOMPARE(reply.error().code, ErrorCode::Canceled);
    QTRY_VERIFY_WITH_TIMEOUT(ended.load(), kPatienceMs);
}

void TestLocalSocket::survivesHostileClients()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(u"s"_s);
    const auto server = LocalServer::listen(path, echo);
    QVERIFY(server);
    const auto sendRaw = [&path](const QByteArray& bytes) {
        const auto fd = connectUnix(path);
        QVERIFY(fd);
        send(fd->get(), bytes.constData(), static_cast<std::size_t>(bytes.size()), MSG_NOSIGNAL);
    };
    sendRaw("x");
    sendRaw(QByteArray::fromHex("ffffffff") + "junk");
    sendRaw(QByteArray::fromHex("02000000") + "{x");
    sendRaw(QByteArray::fromHex("0a000000") + "{\"verb\":1}");
    const auto fd = connectUnix(path);
    QVERIFY(fd);
    QVERIFY(
        sendMessage(fd->get(), {{u"verb"_s, u"x"_s}, {u"operands"_s, QJsonArray {1}}, {u"options"_s, QJsonObject {}}}));
    const auto refused = receiveMessage(fd->get(), {});
    QVERIFY(refused);
    QCOMPARE(refused->value(u"exit"_s).toInt(), static_cast<int>(ExitCode::BadInput));
    QVERIFY(callLocal(path, {u"fine"_s, {}, {}}, {}, {}));
}

void TestLocalSocket::servesSeveralAtOnce()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(u"s"_s);
    const auto server = LocalServer::listen(path, echo);
    QVERIFY(server);
    const CancelSource cancel;
    std::jthread waiting(
        [&] { static_cast<void>(callLocal(path, {u"wait"_s, {}, {}}, {}, cancel.token()).has_value()); });
    for (int i = 0; i < 40; ++i)
        QVERIFY(callLocal(path, {u"x"_s, {QString::number(i)}, {}}, {}, {}));
    cancel.cancel();
}

void TestLocalSocket::finishLeavesNobodyWithoutAnAnswer()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(u"s"_s);
    std::atomic<bool> started = false;
    std::atomic<bool> released = false;
    const auto server
        = LocalServer::listen(path, [&](const VerbRequest& request, const CancelToken&, const VerbNotes&) {
              started = started || request.verb == u"long";
              while (request.verb == u"long" && !released)
                  std::this_thread::sleep_for(1ms);
              return VerbReply {ExitCode::Done, {{u"verb"_s, request.verb}}};
          });
    QVERIFY(server);
    Result<VerbReply> reply = Error {};
    std::jthread client([&] { reply = callLocal(path, {u"long"_s, {}, {}}, {}, {}); });
    QTRY_VERIFY_WITH_TIMEOUT(started.load(), kPatienceMs);
    std::atomic<bool> finished = false;
    std::jthread finisher([&] {
        (*server)->finish({});
        finished = true;
    });
    for (int i = 0; i < 5; ++i)
        QVERIFY(callLocal(path, {u"short"_s, {}, {}}, {}, {})); // nobody waits for a lock meanwhile
    QVERIFY(!finished);
    released = true;
    client.join();
    finisher.join();
    QVERIFY(reply);
    QCOMPARE(reply->json[u"verb"_s].toString(), u"long"_s);
    QCOMPARE(callLocal(path, {u"short"_s, {}, {}}, {}, {}).error().code, ErrorCode::Unavailable);
    QVERIFY(!QFile::exists(path));
}

void TestLocalSocket::finishThatIsCancelledCancelsTheRest()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(u"s"_s);
    std::atomic<bool> started = false;
    auto server = LocalServer::listen(path, [&](const VerbRequest&, const CancelToken& cancel, const VerbNotes&) {
        started = true;
        while (!cancel.isCanceled())
            std::this_thread::sleep_for(1ms);
        return VerbReply {ExitCode::BadInput, {}};
    });
    QVERIFY(server);
    std::jthread client([&] { std::ignore = callLocal(path, {u"long"_s, {}, {}}, {}, {}); });
    QTRY_VERIFY_WITH_TIMEOUT(started.load(), kPatienceMs);
    const CancelSource cancel;
    cancel.cancel();
    (*server)->finish(cancel.token());
    server->reset(); // ends
}

QTEST_GUILESS_MAIN(TestLocalSocket)
#include "tst_local_socket.moc"
