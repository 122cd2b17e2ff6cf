#include "core/worker/records.h"
#include "core/worker/sandbox_status.h"
#include "core/worker/worker_limits.h"

#include <QRandomGenerator>
#include <QTest>

using namespace vidimus;
using namespace vidimus::worker;
using namespace Qt::StringLiterals;

class TestMessage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void headersComeBack();
    void refusesBrokenHeaders_data();
    void refusesBrokenHeaders();
    void survivesRandomHeaders();
    void payloadLimitsHold_data();
    void payloadLimitsHold();
    void failuresComeBack();
    void refusesStrangeFailures_data();
    void refusesStrangeFailures();
    void recordsComeBack();
    void limitsComeBack();
    void refusesImpossibleLimits();
    void sandboxStatusComesBack();
};

namespace {

std::span<const std::byte, kHeaderBytes> bytesOf(const QByteArray& header)
{
    return std::span<const std::byte, kHeaderBytes>(
        reinterpret_cast<const std::byte*>(header.constData()), kHeaderBytes);
}

QByteArray patched(QByteArray header, qsizetype offset, std::uint32_t value, qsizetype bytes)
{
    std::memcpy(header.data() + offset, &value, static_cast<std::size_t>(bytes));
    return header;
}

} // namespace

void TestMessage::headersComeBack()
{
    const Message message = jsonMessage(MessageType::Result, {{u"a"_s, 1}});
    const auto header = decodeHeader(bytesOf(encodeHeader(message)), Side::Worker);
    QVERIFY(header);
    QCOMPARE(header->traits->type, MessageType::Result);
    QCOMPARE(qsizetype(header->payloadBytes), message.payload.size());
}

void TestMessage::refusesBrokenHeaders_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("reason");
    const QByteArray good = encodeHeader(jsonMessage(MessageType::Result, {}));
    QTest::newRow("magic") << patched(good, 0, 0x12345678, 4) << QByteArray("worker_protocol");
    QTest::newRow("older version") << patched(good, 4, 0, 2) << QByteArray("worker_version");
    QTest::newRow("newer version") << patched(good, 4, kProtocolVersion + 1, 2) << QByteArray("worker_version");
    QTest::newRow("unknown type") << patched(good, 6, 9999, 2) << QByteArray("worker_protocol");
    QTest::newRow("type zero") << patched(good, 6, 0, 2) << QByteArray("worker_protocol");
    QTest::newRow("the parent's type") << patched(good, 6, std::uint32_t(MessageType::Cancel), 2)
                                       << QByteArray("worker_protocol");
    QTest::newRow("too short") << patched(good, 8, 1, 4) << QByteArray("worker_protocol");
    QTest::newRow("too long") << patched(good, 8, 0xFFFFFFFF, 4) << QByteArray("worker_protocol");
    QTest::newRow("reserved") << patched(good, 12, 1, 4) << QByteArray("worker_protocol");
}

void TestMessage::refusesBrokenHeaders()
{
    QFETCH(QByteArray, header);
    const auto decoded = decodeHeader(bytesOf(header), Side::Worker);
    QVERIFY(!decoded);
    QTEST(decoded.error().reason, "reason");
}

void TestMessage::survivesRandomHeaders()
{
    const quint32 seed = QRandomGenerator::system()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    for (int round = 0; round < 100'000; ++round) {
        QByteArray header = encodeHeader(jsonMessage(MessageType::Result, {}));
        const int changes = random.bounded(1, 5);
        for (int change = 0; change < changes; ++change)
            header[random.bounded(qsizetype(kHeaderBytes))] = static_cast<char>(random.bounded(256));
        const auto decoded = decodeHeader(bytesOf(header), Side::Worker);
        if (decoded) {
            QCOMPARE(decoded->traits->sender, Side::Worker);
            QVERIFY(decoded->payloadBytes <= decoded->traits->maxBytes);
        } else {
            QVERIFY(!decoded.error().reason.isEmpty());
        }
    }
}

void TestMessage::payloadLimitsHold_data()
{
    QTest::addColumn<int>("type");
    for (int type = 0; type < 100; ++type) {
        if (const MessageTraits* traits = messageTraits(static_cast<std::uint16_t>(type)))
            QTest::newRow(traits->name) << type;
    }
}

void TestMessage::payloadLimitsHold()
{
    QFETCH(int, type);
    const MessageTraits* traits = messageTraits(static_cast<std::uint16_t>(type));
    const auto withSize = [type](std::uint64_t bytes) {
        const QByteArray header = encodeHeader(Message {static_cast<MessageType>(type), {}});
        return patched(header, 8, static_cast<std::uint32_t>(bytes), 4);
    };
    QVERIFY(decodeHeader(bytesOf(withSize(traits->minBytes)), traits->sender));
    QVERIFY(decodeHeader(bytesOf(withSize(traits->maxBytes)), traits->sender));
    QVERIFY(!decodeHeader(bytesOf(withSize(std::uint64_t(traits->maxBytes) + 1)), traits->sender));
    if (traits->minBytes > 0)
        QVERIFY(!decodeHeader(bytesOf(withSize(traits->minBytes - 1)), traits->sender));
    const Side other = traits->sender == Side::Parent ? Side::Worker : Side::Parent;
    QVERIFY(!decodeHeader(bytesOf(withSize(traits->minBytes)), other));
}

void TestMessage::failuresComeBack()
{
    const Error error {ErrorCode::Corrupt, u"cannot be decoded: moov atom missing"_s, "moov_missing"};
    QCOMPARE(failureOf(failureMessage(error)), error);
    const Error longer {ErrorCode::Io, QString(5000, u'x'), "io"};
    QCOMPARE(failureOf(failureMessage(longer)).detail.size(), 2000);
}

void TestMessage::refusesStrangeFailures_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::newRow("no object") << QByteArray("[1]");
    QTest::newRow("unknown code") << QByteArray(R"({"code":"splendid","reason":"x","detail":""})");
    QTest::newRow("reason is no token") << QByteArray(R"({"code":"io","reason":"<b>x</b>","detail":""})");
    QTest::newRow("missing member") << QByteArray(R"({"code":"io","reason":"x"})");
    QTest::newRow("further member") << QByteArray(R"({"code":"io","reason":"x","detail":"","more":1})");
}

void TestMessage::refusesStrangeFailures()
{
    QFETCH(QByteArray, payload);
    QCOMPARE(failureOf(Message {MessageType::Failure, payload}).reason, QByteArray("worker_protocol"));
}

void TestMessage::recordsComeBack()
{
    const FrameRequestRecord sent {7, 123456789012, 1920, 1080, 4096, 1, 0};
    const auto got = recordOf<FrameRequestRecord>(recordMessage(MessageType::FrameRequest, sent));
    QCOMPARE(got.serial, sent.serial);
    QCOMPARE(got.frame, sent.frame);
    QCOMPARE(got.width, sent.width);
    QCOMPARE(got.height, sent.height);
    QCOMPARE(got.offset, sent.offset);
    QCOMPARE(got.near, sent.near);
}

void TestMessage::limitsComeBack()
{
    for (const JobClass jobClass :
        {JobClass::Probe, JobClass::Check, JobClass::Frames, JobClass::Encode, JobClass::SelfProbe}) {
        const WorkerLimits limits = limitsFor(jobClass, 5'000'000'000);
        const auto read = workerLimitsFromJson(toJson(limits));
        QVERIFY(read);
        QCOMPARE(*read, limits);
    }
    // Promise R12.
    const WorkerLimits probe = limitsFor(JobClass::Probe, 1'000'000'000'000);
    QCOMPARE(probe.addressSpaceBytes, qint64(1536) << 20);
    QCOMPARE(probe.cpuTime, std::chrono::seconds(60));
    QCOMPARE(probe.descriptors, 64);
    QCOMPARE(probe.outputFileBytes, 0);
    QVERIFY(limitsFor(JobClass::Check, 1 << 30).cpuTime > limitsFor(JobClass::Check, 1 << 20).cpuTime);
}

void TestMessage::refusesImpossibleLimits()
{
    QJsonObject object = toJson(limitsFor(JobClass::Probe, 0));
    object[u"cpu_seconds"_s] = 0;
    QVERIFY(!workerLimitsFromJson(object));
    object = toJson(limitsFor(JobClass::Probe, 0));
    object.remove(u"descriptors"_s);
    QVERIFY(!workerLimitsFromJson(object));
}

void TestMessage::sandboxStatusComesBack()
{
    SandboxStatus status;
    status.seccomp = true;
    status.landlock = true;
    status.landlockAbi = 7;
    const auto read = sandboxStatusFromJson(toJson(status));
    QVERIFY(read);
    QCOMPARE(*read, status);
    QCOMPARE(read->rung(), u"seccomp+rlimits+landlock"_s);
    QJsonObject wrong = toJson(status);
    wrong[u"landlock_abi"_s] = -1;
    QVERIFY(!sandboxStatusFromJson(wrong));
}

QTEST_GUILESS_MAIN(TestMessage)
#include "tst_message.moc"
