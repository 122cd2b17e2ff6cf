#include "core/base/cancel.h"
#include "core/base/ids.h"
#include "core/base/instant.h"

#include <QSet>
#include <QTest>
#include <QUuid>
#include <mutex>
#include <random>
#include <thread>
#include <vector>

using namespace vidimus;
using namespace Qt::StringLiterals;

class TestTimesAndIds : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void timesRoundTrip();
    void offsetsAreOnlyAnotherSpelling();
    void refusesEveryDamagedTime();
    void refusesLineEndsAndLookalikes_data();
    void refusesLineEndsAndLookalikes();
    void keepsToItsYears();
    void uuidsAreOrderedOverThreads();
    void uuidsHaveTheFormOfRfc9562();
    void idsCompareAsTheirText();
    void cancelReachesEveryCopyAndThread();
};

void TestTimesAndIds::timesRoundTrip()
{
    std::mt19937_64 random(1);
    std::uniform_int_distribution<qint64> any(
        kMinInstant.time_since_epoch().count(), kMaxInstant.time_since_epoch().count());
    QString lastText;
    for (int i = 0; i < 20'000; ++i) {
        Instant instant {Milliseconds {any(random)}};
        if (i % 2 == 0)
            instant = std::chrono::floor<std::chrono::seconds>(instant);
        const QString text = toRfc3339(instant);
        QCOMPARE(text.size(), instant.time_since_epoch().count() % 1000 == 0 ? 20 : 24);
        const auto read = parseRfc3339(text);
        QVERIFY2(read, qPrintable(text));
        QCOMPARE(*read, instant);
    }
}

void TestTimesAndIds::offsetsAreOnlyAnotherSpelling()
{
    const Instant noon = *parseRfc3339(u"2026-06-15T12:00:00Z");
    for (int minutes = -14 * 60; minutes <= 14 * 60; minutes += 15) {
        const Instant shown = noon + std::chrono::minutes(minutes);
        const QString text = toRfc3339(shown).chopped(1)
            + u"%1%2:%3"_s.arg(QChar(minutes < 0 ? u'-' : u'+'))
                  .arg(std::abs(minutes) / 60, 2, 10, QChar(u'0'))
                  .arg(std::abs(minutes) % 60, 2, 10, QChar(u'0'));
        const auto read = parseRfc3339(text);
        QVERIFY2(read, qPrintable(text));
        QCOMPARE(*read, noon);
    }
}

void TestTimesAndIds::refusesEveryDamagedTime()
{
    const QString good = u"2026-06-15T12:34:56.789+02:00"_s;
    QVERIFY(parseRfc3339(good));
    for (qsizetype at = 0; at < good.size(); ++at) {
        QString cut = good;
        cut.remove(at, 1);
        // One digit fewer of a fraction is still a time.
        if (at < 20 || at > 22)
            QVERIFY2(!parseRfc3339(cut), qPrintable(cut));
        for (const QChar letter : {u'x', u' ', u'\0', u'٣'}) {
            QString changed = good;
            changed[at] = letter;
            QVERIFY2(!parseRfc3339(changed), qPrintable(changed));
        }
    }
}

void TestTimesAndIds::refusesLineEndsAndLookalikes_data()
{
    QTest::addColumn<QString>("text");
    for (const char* text : {"2026-06-15T12:00:00Z\n", "2026-06-15T12:00:00Z\r\n", "\n2026-06-15T12:00:00Z",
             " 2026-06-15T12:00:00Z", "2026-06-15T12:00:00Z ", "2026-06-15T12:00:00ZZ", "2026-06-15T12:00Z",
             "2026-06-15T12:00:00.Z", "2026-06-15T12:00:00,5Z", "2026-06-15T12:00:00.1234567890Z", "2026-06-15TZ",
             "+2026-06-15T12:00:00Z", "26-06-15T12:00:00Z", "2026-06-15T12:00:00+2:00", "2026-06-15T12:00:00+0200",
             "2026-06-15T12:60:00Z", "2026-06-15T12:00:61Z", "2026-06-31T12:00:00Z", "1900-02-29T12:00:00Z"})
        QTest::addRow("%s", text) << QString::fromUtf8(text);
    QTest::newRow("very long") << u"2026-06-15T12:00:00Z"_s + QString(1'000'000, u' ');
}

void TestTimesAndIds::refusesLineEndsAndLookalikes()
{
    QFETCH(QString, text);
    const auto read = parseRfc3339(text);
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::Invalid);
    QVERIFY(read.error().detail.size() < 200);
}

void TestTimesAndIds::keepsToItsYears()
{
    QCOMPARE(toRfc3339(kMinInstant), u"0001-01-01T00:00:00Z"_s);
    QCOMPARE(toRfc3339(kMaxInstant), u"9999-12-31T23:59:59.999Z"_s);
    QVERIFY(!parseRfc3339(u"9999-12-31T23:59:59-00:01"));
    QVERIFY(!parseRfc3339(u"9999-12-31T23:59:60Z"));
    QVERIFY(!parseRfc3339(u"0000-12-31T23:59:59Z"));
    QVERIFY(parseRfc3339(u"0001-01-01T00:01:00+00:01"));
}

void TestTimesAndIds::uuidsAreOrderedOverThreads()
{
    constexpr int kThreads = 8, kEach = 4000;
    std::mutex mutex;
    QSet<QString> all;
    std::atomic<bool> disordered = false;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < kThreads; ++i) {
            threads.emplace_back([&] {
                QStringList mine;
                for (int k = 0; k < kEach; ++k) {
                    mine.append(newUuid());
                    if (k > 0 && mine[k] <= mine[k - 1])
                        disordered = true;
                }
                const std::lock_guard lock(mutex);
                all.unite(QSet<QString>(mine.begin(), mine.end()));
            });
        }
    }
    QVERIFY(!disordered);
    QCOMPARE(all.size(), kThreads * kEach);
}

void TestTimesAndIds::uuidsHaveTheFormOfRfc9562()
{
    const qint64 before = SystemClock::read().time_since_epoch().count();
    for (int i = 0; i < 1000; ++i) {
        const QString text = newUuid();
        const QUuid uuid(text);
        QVERIFY(!uuid.isNull());
        QCOMPARE(text, uuid.toString(QUuid::WithoutBraces)); // small letters, no braces
        QCOMPARE(text[14], u'7');
        QVERIFY(QStringView(u"89ab").contains(text[19]));
        const qint64 millis = (text.left(8) + text.mid(9, 4)).toLongLong(nullptr, 16);
        QVERIFY(millis >= before && millis < before + 600'000);
    }
}

void TestTimesAndIds::idsCompareAsTheirText()
{
    const TitleId a(u"a"_s), b(u"b"_s);
    QVERIFY(a < b);
    QVERIFY(TitleId() < a);
    QVERIFY(TitleId().isEmpty());
    QCOMPARE(TitleId(QString()), TitleId(u""_s));
    QCOMPARE(QSet<TitleId>({a, b, a}).size(), 2);
    QVERIFY((!std::is_convertible_v<QString, TitleId>));
    QVERIFY((!std::is_constructible_v<TitleId, AssetId>));
}

void TestTimesAndIds::cancelReachesEveryCopyAndThread()
{
    const CancelToken never;
    QVERIFY(!never.isCanceled());
    const CancelSource source, other;
    const CancelToken first = source.token();
    const CancelToken copy = first;
    std::atomic<bool> seen = false;
    {
        const std::jthread worker([&seen, copy] {
            while (!copy.isCanceled())
                std::this_thread::yield();
            seen = true;
        });
        source.cancel();
    }
    QVERIFY(seen && first.isCanceled() && source.token().isCanceled());
    QVERIFY(!other.token().isCanceled());
    source.cancel(); // twice is once
    QVERIFY(first.isCanceled());
}

QTEST_GUILESS_MAIN(TestTimesAndIds)
#include "tst_times_and_ids.moc"
