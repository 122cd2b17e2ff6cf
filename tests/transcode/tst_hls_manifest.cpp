#include "core/transcode/hls_manifest.h"

#include <QtTest>

using namespace vidimus;
using namespace vidimus::transcode;
using namespace Qt::StringLiterals;

class TestHlsManifest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void mediaPlaylistIsExact();
    void targetDurationCoversTheLongest_data();
    void targetDurationCoversTheLongest();
    void masterNamesRatesCodecsAndSound();
    void soundAloneIsItsOwnVariant();
    void ratesAreMeasured_data();
    void ratesAreMeasured();
    void codecStringComesFromTheParameterSet();
};

void TestHlsManifest::mediaPlaylistIsExact()
{
    const QByteArray text = hlsMediaPlaylist(u"init.mp4"_s, 30'000,
        {{u"seg_00001.m4s"_s, 120'120, 1'000}, {u"seg_00002.m4s"_s, 120'120, 1'000}, {u"seg_00003.m4s"_s, 1'001, 10}});
    QCOMPARE(text,
        QByteArray("#EXTM3U\n"
                   "#EXT-X-VERSION:7\n"
                   "#EXT-X-INDEPENDENT-SEGMENTS\n"
                   "#EXT-X-TARGETDURATION:4\n"
                   "#EXT-X-MEDIA-SEQUENCE:1\n"
                   "#EXT-X-PLAYLIST-TYPE:VOD\n"
                   "#EXT-X-MAP:URI=\"init.mp4\"\n"
                   "#EXTINF:4.004000,\n"
                   "seg_00001.m4s\n"
                   "#EXTINF:4.004000,\n"
                   "seg_00002.m4s\n"
                   "#EXTINF:0.033367,\n"
                   "seg_00003.m4s\n"
                   "#EXT-X-ENDLIST\n"));
}

void TestHlsManifest::targetDurationCoversTheLongest_data()
{
    QTest::addColumn<qint64>("milliseconds");
    QTest::addColumn<QByteArray>("target");
    QTest::newRow("a frame") << qint64(40) << QByteArray("#EXT-X-TARGETDURATION:1\n");
    QTest::newRow("rounded down") << qint64(4'499) << QByteArray("#EXT-X-TARGETDURATION:4\n");
    QTest::newRow("rounded up") << qint64(4'500) << QByteArray("#EXT-X-TARGETDURATION:5\n");
    QTest::newRow("a minute") << qint64(60'000) << QByteArray("#EXT-X-TARGETDURATION:60\n");
}

void TestHlsManifest::targetDurationCoversTheLongest()
{
    QFETCH(qint64, milliseconds);
    QFETCH(QByteArray, target);
    QVERIFY(hlsMediaPlaylist(u"i"_s, 1'000, {{u"s"_s, milliseconds, 1}}).contains(target));
}

void TestHlsManifest::masterNamesRatesCodecsAndSound()
{
    const QByteArray text = hlsMasterPlaylist(
        {{u"video/720p/index.m3u8"_s, u"avc1.64001f"_s, 1280, 720, {30'000, 1'001}, {2'000'000, 1'500'000}},
            {u"video/360p/index.m3u8"_s, u"avc1.4d401e"_s, 640, 360, {30'000, 1'001}, {600'000, 400'000}}},
        MasterSound {u"audio/index.m3u8"_s, u"mp4a.40.2"_s, 2, {130'000, 128'000}});
    QCOMPARE(text,
        QByteArray("#EXTM3U\n"
                   "#EXT-X-VERSION:7\n"
                   "#EXT-X-INDEPENDENT-SEGMENTS\n"
                   "\n"
                   "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"audio\",NAME=\"Audio\",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="
                   "\"2\",URI=\"audio/index.m3u8\"\n"
                   "\n"
                   "#EXT-X-STREAM-INF:BANDWIDTH=2130000,AVERAGE-BANDWIDTH=1628000,CODECS=\"avc1.64001f,mp4a.40.2\","
                   "RESOLUTION=1280x720,FRAME-RATE=29.970,AUDIO=\"audio\"\n"
                   "video/720p/index.m3u8\n"
                   "\n"
                   "#EXT-X-STREAM-INF:BANDWIDTH=730000,AVERAGE-BANDWIDTH=528000,CODECS=\"avc1.4d401e,mp4a.40.2\","
                   "RESOLUTION=640x360,FRAME-RATE=29.970,AUDIO=\"audio\"\n"
                   "video/360p/index.m3u8\n"));
    const QByteArray silent = hlsMasterPlaylist(
        {{u"v.m3u8"_s, u"avc1.64001f"_s, 1280, 720, {25, 1}, {2'000'000, 1'500'000}}}, std::nullopt);
    QVERIFY(!silent.contains("AUDIO"));
    QVERIFY(silent.contains("FRAME-RATE=25.000\n"));
}

void TestHlsManifest::soundAloneIsItsOwnVariant()
{
    QCOMPARE(hlsMasterPlaylist({}, MasterSound {u"audio/index.m3u8"_s, u"mp4a.40.2"_s, 2, {130'000, 128'000}}),
        QByteArray("#EXTM3U\n"
                   "#EXT-X-VERSION:7\n"
                   "#EXT-X-INDEPENDENT-SEGMENTS\n"
                   "\n"
                   "#EXT-X-STREAM-INF:BANDWIDTH=130000,AVERAGE-BANDWIDTH=128000,CODECS=\"mp4a.40.2\"\n"
                   "audio/index.m3u8\n"));
}

void TestHlsManifest::ratesAreMeasured_data()
{
    QTest::addColumn<QList<qint64>>("ticks");
    QTest::addColumn<QList<qint64>>("bytes");
    QTest::addColumn<qint64>("peak");
    QTest::addColumn<qint64>("average");
    QTest::newRow("equal") << QList<qint64> {4'000, 4'000} << QList<qint64> {500'000, 500'000} << qint64(1'000'000)
                           << qint64(1'000'000);
    QTest::newRow("one heavier") << QList<qint64> {4'000, 4'000} << QList<qint64> {500'000, 1'000'000}
                                 << qint64(2'000'000) << qint64(1'500'000);
    // The last frame of a film is a tenth of a second of key frame: no player fetches at that rate.
    QTest::newRow("heavy crumb at the end")
        << QList<qint64> {4'000, 4'000, 100} << QList<qint64> {500'000, 500'000, 100'000} << qint64(1'170'732)
        << qint64(1'086'420);
    QTest::newRow("a single crumb") << QList<qint64> {40} << QList<qint64> {1'000} << qint64(200'000)
                                    << qint64(200'000);
    QTest::newRow("nothing") << QList<qint64> {} << QList<qint64> {} << qint64(0) << qint64(0);
}

void TestHlsManifest::ratesAreMeasured()
{
    QFETCH(QList<qint64>, ticks);
    QFETCH(QList<qint64>, bytes);
    QFETCH(qint64, peak);
    QFETCH(qint64, average);
    QList<PlaylistSegment> segments;
    for (qsizetype i = 0; i < ticks.size(); ++i)
        segments.append({u"s"_s, ticks[i], bytes[i]});
    const TrackRates rates = measureRates(1'000, segments);
    QCOMPARE(rates.peak, peak);
    QCOMPARE(rates.average, average);
}

void TestHlsManifest::codecStringComesFromTheParameterSet()
{
    QCOMPARE(avcCodecString(QByteArray::fromHex("6764001facd9")), u"avc1.64001f"_s);
    QCOMPARE(avcCodecString(QByteArray::fromHex("674d401e")), u"avc1.4d401e"_s);
    QCOMPARE(avcCodecString("gd"), QString());
}

QTEST_GUILESS_MAIN(TestHlsManifest)
#include "tst_hls_manifest.moc"
