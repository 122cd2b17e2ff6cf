#include "worker/fake_worker.h"

#include "core/media/facts.h"
#include "core/worker/channel.h"
#include "core/worker/child_process.h"
#include "core/worker/records.h"
#include "core/worker/sandbox_status.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <csignal>
#include <fcntl.h>
#include <sys/socket.h>
#include <thread>

using namespace vidimus;
using namespace vidimus::worker;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace fakeworker {

namespace {

constexpr auto kPrefix = "fake-";

void sendReady(Channel& channel, bool seccomp)
{
    SandboxStatus status;
    status.seccomp = seccomp;
    std::ignore = channel.send(jsonMessage(MessageType::Ready, toJson(status)));
}

/// True for the first \a count processes that were started under \a programName.
bool isAmongFirst(int count, const char* programName)
{
    for (int i = 0; i < count; ++i) {
        const QByteArray marker = QByteArray(programName) + '.' + QByteArray::number(i);
        if (UniqueFd(open(marker.constData(), O_WRONLY | O_CREAT | O_EXCL, 0600)).isValid())
            return true;
    }
    return false;
}

[[noreturn]] void crash()
{
    std::signal(SIGSEGV, SIG_DFL); // not the sanitizer's
    std::raise(SIGSEGV);
    _exit(1);
}

[[noreturn]] void hang()
{
    for (;;)
        std::this_thread::sleep_for(1h);
}

void answer(Channel& channel)
{
    media::MediaFacts facts;
    facts.container = u"fake"_s;
    std::ignore = channel.send(jsonMessage(MessageType::Result, media::toJson(facts)));
}

void misbehave(Channel& channel, const QByteArray& behaviour, const char* programName)
{
    if (behaviour == "crash" || (behaviour == "crash-once" && isAmongFirst(1, programName))
        || (behaviour == "crash-twice" && isAmongFirst(2, programName)))
        crash();
    if (behaviour == "deaf")
        hang();
    if (behaviour == "hang") {
        for (;;) {
            const auto received = channel.receive(Milliseconds(-1));
            if (!received)
                _exit(0);
            if ((*received)->message.type == MessageType::Cancel) {
                std::ignore = channel.send(failureMessage(Error {ErrorCode::Canceled, u"stopped"_s, "canceled"}));
                return;
            }
        }
    }
    if (behaviour == "flood") {
        const QByteArray line(1000, 'x');
        for (int i = 0; i < 10'000; ++i)
            std::ignore = write(STDERR_FILENO, line.constData(), 1000);
    }
    if (behaviour == "garbage") {
        const QByteArray bytes(4096, '\x5a');
        std::ignore = write(channel.fd(), bytes.constData(), 4096);
        hang();
    }
    if (behaviour == "early")
        std::ignore = channel.send(recordMessage(MessageType::FrameReply, FrameReplyRecord {1, 1, 0, 1, 1, 0}));
    if (behaviour == "wrong")
        std::ignore = channel.send(jsonMessage(MessageType::Result, {{u"container"_s, 7}}));
    answer(channel);
}

} // namespace

QByteArray behaviourOf(const char* programName)
{
    const QByteArray name = QFileInfo(QFile::decodeName(programName)).fileName().toLatin1();
    return name.startsWith(kPrefix) ? name.mid(qstrlen(kPrefix)) : QByteArray();
}

int run(const QByteArray& behaviour, const char* programName)
{
    Channel channel(UniqueFd(kWorkerSocketFd), Side::Worker);
    if (behaviour == "no-hello")
        crash();
    if (behaviour == "version") {
        QByteArray header = encodeHeader(jsonMessage(MessageType::Hello, {}));
        header[4] = static_cast<char>(kProtocolVersion + 1);
        header += "{}";
        std::ignore = write(channel.fd(), header.constData(), static_cast<std::size_t>(header.size()));
        hang();
    }
    std::ignore = channel.send(jsonMessage(MessageType::Hello, {{u"program"_s, u"vidimus-mediaworker"_s}}));
    if (!channel.receive(Milliseconds(-1)))
        return 0;
    sendReady(channel, behaviour != "bare");
    const auto request = channel.receive(Milliseconds(-1));
    if (!request)
        return 0;
    misbehave(channel, behaviour, programName);
    return 0;
}

QString makeExecutable(const QString& folder, const QByteArray& behaviour)
{
    const QString path = folder + u'/' + QLatin1StringView(kPrefix) + QString::fromLatin1(behaviour);
    QFile::link(QCoreApplication::applicationFilePath(), path);
    return path;
}

} // namespace fakeworker
