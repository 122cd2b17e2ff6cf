#include "core/base/json.h"
#include "core/base/unique_fd.h"
#include "tests/support/patience.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

using namespace vidimus;
using namespace Qt::StringLiterals;

namespace {

const QString kProgram = QStringLiteral(VIDIMUS_BIN_DIR "/vidimus-catalogd");

UniqueFd connectTo(const QString& path)
{
    UniqueFd fd(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_un address {};
    address.sun_family = AF_UNIX;
    const QByteArray name = QFile::encodeName(path);
    std::copy(name.begin(), name.end(), address.sun_path);
    if (connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0)
        fd.reset();
    return fd;
}

/// The line that the server hands to each client; empty when none comes.
QByteArray lineFrom(const UniqueFd& fd)
{
    pollfd waiting {fd.get(), POLLIN, 0};
    char piece[4096];
    const ssize_t got = poll(&waiting, 1, 5'000) > 0 ? recv(fd.get(), piece, sizeof(piece), 0) : 0;
    return got > 0 ? QByteArray(piece, got) : QByteArray();
}

} // namespace

/// vidimus-catalogd against clients of its socket that misbehave, and against wrong arguments.
class TestCatalogdClients : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void refusesArgumentsThatMakeNoSense_data();
    void refusesArgumentsThatMakeNoSense();
    void misbehavingClientsHoldNothingAndHarmNobody();
    void leavesWhenTheLastClientIsKilled();
    void waitsQuietlyWhenDescriptorsRunOut();
};

void TestCatalogdClients::refusesArgumentsThatMakeNoSense_data()
{
    QTest::addColumn<QStringList>("arguments");
    const auto row = [](const char* name, const QStringList& arguments) { QTest::newRow(name) << arguments; };
    row("no folder", {});
    row("a copy to nowhere", {u"backup"_s, u"--data"_s, u"/nowhere"_s});
    row("a copy of nothing", {u"restore"_s});
    row("a value that is missing", {u"--data"_s});
    row("an unknown word", {u"--data"_s, u"/nowhere"_s, u"--verbose"_s});
    row("no port", {u"--data"_s, u"/nowhere"_s, u"--listen"_s, u"127.0.0.1"_s});
    row("a port beyond all ports", {u"--data"_s, u"/nowhere"_s, u"--listen"_s, u"127.0.0.1:65536"_s});
    row("no address", {u"--data"_s, u"/nowhere"_s, u"--listen"_s, u":80"_s});
    row("in the background alone", {u"--data"_s, u"/nowhere"_s, u"--detach"_s});
    row("a time in words", {u"--data"_s, u"/nowhere"_s, u"--embedded"_s, u"/nowhere/s"_s, u"--linger-ms"_s, u"soon"_s});
    row("a negative time", {u"--data"_s, u"/nowhere"_s, u"--embedded"_s, u"/nowhere/s"_s, u"--linger-ms"_s, u"-1"_s});
}

void TestCatalogdClients::refusesArgumentsThatMakeNoSense()
{
    QFETCH(QStringList, arguments);
    QProcess server;
    server.start(kProgram, arguments);
    QVERIFY(server.waitForFinished());
    QCOMPARE(server.exitCode(), 2);
    QVERIFY(!server.readAllStandardError().isEmpty());
    QVERIFY(server.readAllStandardOutput().isEmpty());
}

void TestCatalogdClients::misbehavingClientsHoldNothingAndHarmNobody()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"s"_s);
    QProcess server;
    server.start(kProgram, {u"--data"_s, folder.filePath(u"d"_s), u"--embedded"_s, path, u"--linger-ms"_s, u"20000"_s});
    QVERIFY(server.waitForReadyRead());
    const UniqueFd good = connectTo(path);
    const auto line = parseJsonObject(lineFrom(good));
    QVERIFY(line && !line->value("token"_L1).toString().isEmpty());
    {
        // Who writes is thrown out at once, without reading what he wrote.
        const UniqueFd writer = connectTo(path);
        QVERIFY(!lineFrom(writer).isEmpty());
        const QByteArray garbage(100'000, '\xff');
        std::ignore = send(writer.get(), garbage.constData(), std::size_t(garbage.size()), MSG_NOSIGNAL | MSG_DONTWAIT);
        QTRY_VERIFY_WITH_TIMEOUT(send(writer.get(), "x", 1, MSG_NOSIGNAL | MSG_DONTWAIT) < 0, kPatienceMs);
    }
    for (int n = 0; n < 200; ++n)
        connectTo(path); // gone before it is served
    std::vector<UniqueFd> crowd;
    for (int n = 0; n < 100; ++n)
        crowd.push_back(connectTo(path));
    for (const UniqueFd& client : crowd) {
        const auto same = parseJsonObject(lineFrom(client));
        QVERIFY(same && same->value("token"_L1) == line->value("token"_L1));
    }
    crowd.clear();
    pollfd still {good.get(), POLLIN | POLLRDHUP, 0};
    QCOMPARE(poll(&still, 1, 0), 0); // the hold of the first client stands
    QCOMPARE(server.state(), QProcess::Running);
    server.terminate();
    QVERIFY(server.waitForFinished());
    QVERIFY(!QFile::exists(path));
}

void TestCatalogdClients::leavesWhenTheLastClientIsKilled()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"s"_s);
    QProcess server;
    server.start(kProgram, {u"--data"_s, folder.filePath(u"d"_s), u"--embedded"_s, path, u"--linger-ms"_s, u"3000"_s});
    QVERIFY(server.waitForReadyRead());
    std::optional<UniqueFd> only = connectTo(path);
    QVERIFY(!lineFrom(*only).isEmpty());
    QVERIFY(!server.waitForFinished(3'500)); // held beyond the linger
    only.reset(); // what the system does with a killed client's socket
    QVERIFY(server.waitForFinished(15'000));
    QCOMPARE(server.exitCode(), 0);
}

void TestCatalogdClients::waitsQuietlyWhenDescriptorsRunOut()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"s"_s);
    QProcess server;
    server.start(u"/bin/sh"_s,
        {u"-c"_s, u"ulimit -n 64; exec \"$0\" \"$@\""_s, kProgram, u"--data"_s, folder.filePath(u"d"_s),
            u"--embedded"_s, path, u"--linger-ms"_s, u"20000"_s});
    QVERIFY(server.waitForReadyRead());
    const auto ticksUsed = [&server] { // proc(5): fields 14 and 15 of stat
        QFile file(u"/proc/%1/stat"_s.arg(server.processId()));
        const QByteArray line = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        const QByteArrayList fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
        return fields.value(11).toLongLong() + fields.value(12).toLongLong();
    };
    std::vector<UniqueFd> crowd;
    for (int n = 0; n < 100; ++n) // more than it has descriptors for
        crowd.push_back(connectTo(path));
    const qint64 before = ticksUsed();
    QTest::qWait(2000);
    const qint64 perSecond = sysconf(_SC_CLK_TCK);
    QVERIFY2(ticksUsed() - before < perSecond / 2, "it spins");
    crowd.clear();
    const UniqueFd later = connectTo(path);
    QVERIFY(!lineFrom(later).isEmpty());
}

QTEST_GUILESS_MAIN(TestCatalogdClients)
#include "tst_catalogd_clients.moc"
