#include "core/workbench/devices.h"
#include "core/workbench/upkeep.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::workbench;

namespace {

Result<QJsonObject> answer(const QJsonArray& encoders, const QJsonArray& devices)
{
    return QJsonObject {{u"encoders"_s, encoders}, {u"devices"_s, devices}};
}

void write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
}

} // namespace

/// What doctor says of sound and graphics.
class TestDevices : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { qunsetenv("PULSE_SERVER"); }
    void namesSoundCards_data();
    void namesSoundCards();
    void aSoundServerIsEnough();
    void theMediaWorkerTriesEncodersAndDevices();
    void tellsOfEachGpu();
    void anEncoderThatDoesNotOpenIsMissing();
    void whatTheWorkerSaysIsBounded();
};

void TestDevices::namesSoundCards_data()
{
    QTest::addColumn<QByteArray>("cards");
    QTest::addColumn<QString>("state");
    QTest::addColumn<QString>("words");
    QTest::newRow("two") << QByteArray(" 0 [PCH            ]: HDA-Intel - HDA Intel PCH\n"
                                       "                      HDA Intel PCH at 0xf7f10000 irq 30\n"
                                       " 1 [U0x46d0x825    ]: USB-Audio - USB Device\n")
                         << u"ok"_s << u"HDA Intel PCH, USB Device"_s;
    QTest::newRow("none") << QByteArray("--- no soundcards ---\n") << u"warn"_s << u"no sound card"_s;
    QTest::newRow("empty") << QByteArray() << u"warn"_s << u"no sound card"_s;
    QTest::newRow("no text") << QByteArray(200'000, '\xff') << u"warn"_s << u"no sound card"_s;
}

void TestDevices::namesSoundCards()
{
    QFETCH(QByteArray, cards);
    const QTemporaryDir dir;
    write(dir.filePath(u"cards"_s), cards);
    const Part part = audioPart({.sound = dir.path(), .runtime = {}});
    QCOMPARE(part.name, u"audio"_s);
    QTEST(part.state, "state");
    QFETCH(QString, words);
    QVERIFY2(part.detail.contains(words), qPrintable(part.detail));
}

void TestDevices::aSoundServerIsEnough()
{
    const QTemporaryDir dir;
    const DeviceFolders folders {.sound = dir.filePath(u"none"_s), .runtime = dir.path()};
    QCOMPARE(audioPart(folders).state, u"warn"_s);
    QVERIFY(QDir(dir.path()).mkpath(u"pulse"_s));
    write(dir.filePath(u"pulse/native"_s), {});
    QCOMPARE(audioPart(folders).state, u"ok"_s);
    QVERIFY(audioPart(folders).detail.contains(u"PulseAudio"_s));
    write(dir.filePath(u"pipewire-0"_s), {});
    QVERIFY(audioPart(folders).detail.contains(u"PipeWire or PulseAudio"_s));
}

void TestDevices::theMediaWorkerTriesEncodersAndDevices()
{
    qputenv("VIDIMUS_MEDIAWORKER", VIDIMUS_BIN_DIR "/vidimus-mediaworker");
    const auto devices = listDevices();
    QVERIFY2(devices, devices ? "" : qPrintable(devices.error().detail));
    QCOMPARE(encoderPart(devices, u"libx264"_s).state, u"ok"_s);
    QVERIFY(devices->value(u"devices"_s).isArray());
    QVERIFY(!gpuPart(devices).detail.isEmpty());
    qputenv("VIDIMUS_MEDIAWORKER", "/bin/true"); // says nothing
    QCOMPARE(encoderPart(listDevices(), u"libx264"_s).state, u"missing"_s);
    QVERIFY(gpuPart(listDevices()).detail.startsWith(u"not found out"_s));
}

void TestDevices::tellsOfEachGpu()
{
    QCOMPARE(gpuPart(answer({}, {})).state, u"warn"_s);
    const QJsonObject opens {{u"kind"_s, u"vaapi"_s}, {u"node"_s, u"/dev/dri/renderD128"_s}, {u"driver"_s, u"i915"_s},
        {u"usable"_s, true}, {u"why"_s, QString()}};
    QJsonObject fails = opens;
    fails[u"node"_s] = u"/dev/dri/renderD129"_s;
    fails[u"usable"_s] = false;
    fails[u"why"_s] = u"Input/output error"_s;
    QCOMPARE(gpuPart(answer({}, {fails})).state, u"warn"_s);
    const Part both = gpuPart(answer({}, {opens, fails}));
    QCOMPARE(both.state, u"ok"_s);
    QVERIFY(both.detail.contains(u"/dev/dri/renderD128 i915 opens by VA-API"_s));
    QVERIFY(both.detail.contains(u"renderD129 i915 does not open by VA-API: Input/output error"_s));
}

void TestDevices::anEncoderThatDoesNotOpenIsMissing()
{
    const QJsonObject encoder {{u"id"_s, u"libx264"_s}, {u"usable"_s, false}, {u"why"_s, u"no such thing"_s}};
    const Part part = encoderPart(answer({encoder}, {}), u"libx264"_s);
    QCOMPARE(part.state, u"missing"_s);
    QCOMPARE(part.detail, u"no such thing"_s);
    QCOMPARE(encoderPart(answer({encoder}, {}), u"other"_s).state, u"missing"_s);
}

void TestDevices::whatTheWorkerSaysIsBounded()
{
    const QJsonObject huge {{u"node"_s, QString(100'000, u'x')}, {u"why"_s, QString(100'000, u'y')}};
    QVERIFY(gpuPart(answer({}, {huge})).detail.size() < 1000);
    QCOMPARE(gpuPart(QJsonObject {{u"devices"_s, u"none"_s}}).state, u"warn"_s);
}

QTEST_GUILESS_MAIN(TestDevices)
#include "tst_devices.moc"
