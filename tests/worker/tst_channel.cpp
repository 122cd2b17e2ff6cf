#include "core/worker/channel.h"
#include "core/worker/records.h"
#include "core/worker/shared_memory.h"

#include <QRandomGenerator>
#include <QTest>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace vidimus;
using namespace vidimus::worker;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Both ends of a channel, and the raw socket of the worker's end for bytes that no Channel would send.
struct Ends {
    Ends()
    {
        auto pair = Channel::createPair();
        raw = dup(pair->second.get());
        parent = std::make_unique<Channel>(std::move(pair->first), Side::Parent);
        worker = std::make_unique<Channel>(std::move(pair->second), Side::Worker);
    }
    ~Ends() { closeRaw(); }
    void closeRaw() { ::close(std::exchange(raw, -1)); }
    void closeWorker()
    {
        worker.reset();
        closeRaw();
    }
    void write(const QByteArray& bytes) const
    {
        QVERIFY(::write(raw, bytes.constData(), static_cast<std::size_t>(bytes.size())) == bytes.size());
    }
    int raw = -1;
    std::unique_ptr<Channel> parent;
    std::unique_ptr<Channel> worker;
};

class TestChannel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void messagesKeepTheirOrder();
    void largeMessagesComeThrough();
    void descriptorsComeWithTheirMessage();
    void missingDescriptorIsRefused();
    void parentTakesNoDescriptors();
    void keepsHalfAMessageOverATimeout();
    void endOfStreamIsAnError();
    void truncatedMessageIsAnError();
    void survivesRandomBytes();
    void aDripDoesNotHoldTheReader();
    void sharedMemoryIsSeenByBoth();
    void sharedMemoryMustBeSealed();
    void sharedMemorySizeIsChecked();
};

void TestChannel::messagesKeepTheirOrder()
{
    Ends ends;
    for (int i = 0; i < 10; ++i)
        QVERIFY(ends.worker->send(jsonMessage(MessageType::Result, {{u"i"_s, i}})));
    for (int i = 0; i < 10; ++i) {
        const auto received = ends.parent->receive(1s);
        QVERIFY(received && *received);
        QCOMPARE(jsonPayload((*received)->message)->value("i"_L1).toInt(), i);
    }
    const auto nothing = ends.parent->receive(0ms);
    QVERIFY(nothing);
    QVERIFY(!nothing->has_value());
}

void TestChannel::largeMessagesComeThrough()
{
    Ends ends;
    const QByteArray payload(20'000'000, 'x');
    std::jthread sender([&] { std::ignore = ends.worker->send(Message {MessageType::Index, payload}); });
    const auto received = ends.parent->receive(30s);
    QVERIFY(received && *received);
    QCOMPARE((*received)->message.payload, payload);
}

void TestChannel::descriptorsComeWithTheirMessage()
{
    Ends ends;
    for (const char* text : {"one", "two"}) {
        const UniqueFd file(memfd_create(text, 0));
        QCOMPARE(::write(file.get(), text, 3), 3);
        QVERIFY(ends.parent->send(jsonMessage(MessageType::Probe, {}), file.get()));
        QVERIFY(ends.parent->send(Message {MessageType::Cancel, {}}));
    }
    for (const char* text : {"one", "two"}) {
        const auto received = ends.worker->receive(1s);
        QVERIFY(received && *received && (*received)->descriptor.isValid());
        char content[4] {};
        QCOMPARE(pread((*received)->descriptor.get(), content, 3, 0), 3);
        QCOMPARE(QByteArray(content), QByteArray(text));
        const auto cancel = ends.worker->receive(1s);
        QVERIFY(cancel && *cancel);
        QVERIFY(!(*cancel)->descriptor.isValid());
    }
}

void TestChannel::missingDescriptorIsRefused()
{
    Ends ends;
    QVERIFY(ends.parent->send(jsonMessage(MessageType::Probe, {})));
    const auto received = ends.worker->receive(1s);
    QVERIFY(!received);
    QCOMPARE(received.error().reason, QByteArray("worker_protocol"));
}

void TestChannel::parentTakesNoDescriptors()
{
    Ends ends;
    const UniqueFd file(memfd_create("gift", 0));
    QVERIFY(ends.worker->send(jsonMessage(MessageType::Result, {}), file.get()));
    const auto received = ends.parent->receive(1s);
    QVERIFY(!received);
    QCOMPARE(received.error().reason, QByteArray("worker_protocol"));
}

void TestChannel::keepsHalfAMessageOverATimeout()
{
    Ends ends;
    const Message message = jsonMessage(MessageType::Result, {{u"a"_s, 1}});
    const QByteArray bytes = encodeHeader(message) + message.payload;
    for (qsizetype split = 1; split < bytes.size(); ++split) {
        ends.write(bytes.left(split));
        const auto nothing = ends.parent->receive(1ms);
        QVERIFY(nothing);
        QVERIFY(!nothing->has_value());
        ends.write(bytes.mid(split));
        const auto whole = ends.parent->receive(1s);
        QVERIFY(whole && *whole);
        QCOMPARE((*whole)->message.payload, message.payload);
    }
}

void TestChannel::endOfStreamIsAnError()
{
    Ends ends;
    ends.closeWorker();
    QCOMPARE(ends.parent->receive(1s).error().reason, QByteArray("worker_gone"));
    QCOMPARE(ends.parent->send(Message {MessageType::Cancel, {}}).error().reason, QByteArray("worker_gone"));
}

void TestChannel::truncatedMessageIsAnError()
{
    Ends ends;
    const Message message = jsonMessage(MessageType::Result, {{u"a"_s, 1}});
    ends.write(encodeHeader(message) + message.payload.chopped(1));
    ends.closeWorker();
    QCOMPARE(ends.parent->receive(1s).error().reason, QByteArray("worker_gone"));
}

void TestChannel::survivesRandomBytes()
{
    const quint32 seed = QRandomGenerator::system()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    for (int round = 0; round < 2000; ++round) {
        Ends ends;
        QByteArray bytes;
        for (int i = random.bounded(4); i >= 0; --i) {
            const Message message = jsonMessage(MessageType::Result, {{u"a"_s, int(random.bounded(1000))}});
            bytes += encodeHeader(message) + message.payload;
        }
        for (int change = random.bounded(4); change > 0; --change)
            bytes[random.bounded(bytes.size())] = static_cast<char>(random.bounded(256));
        bytes.truncate(random.bounded(1, int(bytes.size()) + 1));
        ends.write(bytes);
        ends.closeWorker();
        int messages = 0;
        for (;;) {
            const auto received = ends.parent->receive(1s);
            if (!received) {
                const QByteArray reason = received.error().reason;
                QVERIFY2(reason == "worker_gone" || reason == "worker_protocol" || reason == "worker_version",
                    reason.constData());
                break;
            }
            QVERIFY(received->has_value());
            QVERIFY(++messages <= 4);
        }
    }
}

void TestChannel::aDripDoesNotHoldTheReader()
{
    Ends ends;
    ends.write(encodeHeader(Message {MessageType::Index, QByteArray(1'000'000, 'x')}));
    std::jthread drip([raw = ends.raw](const std::stop_token& stop) {
        while (!stop.stop_requested())
            std::ignore = send(raw, "x", 1, MSG_NOSIGNAL | MSG_DONTWAIT);
    });
    const auto nothing = ends.parent->receive(20ms);
    QVERIFY(nothing);
    QVERIFY(!nothing->has_value());
}

void TestChannel::sharedMemoryIsSeenByBoth()
{
    const auto mine = SharedMemory::create(1 << 20);
    QVERIFY(mine);
    const auto theirs = SharedMemory::attach(UniqueFd(dup(mine->fd())), 1 << 20);
    QVERIFY(theirs);
    theirs->bytes()[12345] = std::byte {42};
    QCOMPARE(mine->bytes()[12345], std::byte {42});
    QVERIFY(ftruncate(mine->fd(), 0) != 0);
    QVERIFY(ftruncate(mine->fd(), 2 << 20) != 0);
}

void TestChannel::sharedMemoryMustBeSealed()
{
    UniqueFd bare(memfd_create("bare", MFD_ALLOW_SEALING));
    QCOMPARE(ftruncate(bare.get(), 4096), 0);
    QCOMPARE(SharedMemory::attach(std::move(bare), 4096).error().reason, QByteArray("worker_protocol"));
}

void TestChannel::sharedMemorySizeIsChecked()
{
    const auto memory = SharedMemory::create(8192);
    QVERIFY(memory);
    QVERIFY(!SharedMemory::attach(UniqueFd(dup(memory->fd())), 4096));
    QVERIFY(!SharedMemory::attach(UniqueFd(dup(memory->fd())), 0));
    QVERIFY(!SharedMemory::create(0));
    QCOMPARE(SharedMemory::create(kMaxSharedBytes + 1).error().code, ErrorCode::LimitExceeded);
}

QTEST_GUILESS_MAIN(TestChannel)
#include "tst_channel.moc"
