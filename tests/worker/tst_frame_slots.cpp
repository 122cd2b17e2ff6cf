#include "core/worker/frame_slots.h"

#include <QTest>

using namespace vidimus;
using namespace vidimus::worker;

class TestFrameSlots : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_slots.reset({1920, 1080}); }
    void slotsDoNotOverlap();
    void booksWhatWasAskedFor();
    void refusesReplies_data();
    void refusesReplies();
    void keepsFramesAheadWhenPlaying();
    void givesNoSlotWhileAllArePending();
    void droppedOnlyWhenGivenUp();
    void aNearFrameIsBookedUnderItsOwnNumber();

private:
    FrameSlots m_slots;
};

void TestFrameSlots::slotsDoNotOverlap()
{
    QVERIFY(m_slots.slotBytes() >= 1920 * 1080 * 4);
    for (int slot = 1; slot < FrameSlots::kCount; ++slot)
        QCOMPARE(m_slots.offsetOf(slot) - m_slots.offsetOf(slot - 1), m_slots.slotBytes());
}

void TestFrameSlots::booksWhatWasAskedFor()
{
    const FrameRequestRecord request = m_slots.request(2, 77, 5);
    QCOMPARE(request.offset, m_slots.offsetOf(2));
    QCOMPARE(m_slots.find(77), 2);
    const auto slot = m_slots.book({5, 77, std::uint32_t(ReplyState::Delivered), 1920, 800, 1});
    QVERIFY(slot);
    QCOMPARE(*slot, 2);
    QCOMPARE(m_slots.at(2).size, (media::PictureSize {1920, 800}));
    QVERIFY(m_slots.at(2).damaged);
    QVERIFY(!m_slots.hasPending());
}

void TestFrameSlots::refusesReplies_data()
{
    QTest::addColumn<quint64>("serial");
    QTest::addColumn<qint64>("frame");
    QTest::addColumn<quint32>("state");
    QTest::addColumn<quint32>("width");
    QTest::addColumn<quint32>("height");
    QTest::addColumn<quint32>("damaged");
    const auto delivered = quint32(ReplyState::Delivered);
    QTest::newRow("unknown serial") << quint64(6) << qint64(77) << delivered << 10U << 10U << 0U;
    QTest::newRow("another frame") << quint64(5) << qint64(78) << delivered << 10U << 10U << 0U;
    QTest::newRow("too wide") << quint64(5) << qint64(77) << delivered << 1921U << 10U << 0U;
    QTest::newRow("too high") << quint64(5) << qint64(77) << delivered << 10U << 1081U << 0U;
    QTest::newRow("huge") << quint64(5) << qint64(77) << delivered << 0xFFFFFFFFU << 0xFFFFFFFFU << 0U;
    QTest::newRow("empty") << quint64(5) << qint64(77) << delivered << 0U << 10U << 0U;
    QTest::newRow("strange flag") << quint64(5) << qint64(77) << delivered << 10U << 10U << 2U;
    QTest::newRow("strange state") << quint64(5) << qint64(77) << 3U << 10U << 10U << 0U;
    QTest::newRow("dropped, but wanted") << quint64(5) << qint64(77) << quint32(ReplyState::Dropped) << 0U << 0U << 0U;
}

void TestFrameSlots::refusesReplies()
{
    QFETCH(quint64, serial);
    QFETCH(qint64, frame);
    QFETCH(quint32, state);
    QFETCH(quint32, width);
    QFETCH(quint32, height);
    QFETCH(quint32, damaged);
    std::ignore = m_slots.request(0, 77, 5);
    const auto slot = m_slots.book({serial, frame, state, width, height, damaged});
    QVERIFY(!slot);
    QCOMPARE(slot.error().reason, QByteArray("worker_protocol"));
}

void TestFrameSlots::keepsFramesAheadWhenPlaying()
{
    for (int i = 0; i < FrameSlots::kCount; ++i) {
        const int slot = m_slots.takeFor(10 + i);
        std::ignore = m_slots.request(slot, 10 + i, std::uint64_t(i + 1));
        QVERIFY(m_slots.book({std::uint64_t(i + 1), 10 + i, std::uint32_t(ReplyState::Delivered), 8, 8, 0}));
    }
    const int slot = m_slots.takeFor(14);
    QCOMPARE(m_slots.at(slot).frame, 10);
}

void TestFrameSlots::givesNoSlotWhileAllArePending()
{
    for (int i = 0; i < FrameSlots::kCount; ++i)
        std::ignore = m_slots.request(m_slots.takeFor(i), i, std::uint64_t(i + 1));
    QCOMPARE(m_slots.takeFor(9), -1);
}

void TestFrameSlots::droppedOnlyWhenGivenUp()
{
    std::ignore = m_slots.request(0, 77, 5);
    m_slots.giveUpPending();
    QCOMPARE(m_slots.find(77), -1);
    QVERIFY(m_slots.book({5, 77, std::uint32_t(ReplyState::Dropped), 0, 0, 0}));
    QVERIFY(!m_slots.hasPending());
}

void TestFrameSlots::aNearFrameIsBookedUnderItsOwnNumber()
{
    QCOMPARE(m_slots.request(0, 77, 5).near, 0U);
    QCOMPARE(m_slots.request(1, 90, 6, true).near, 1U);
    QCOMPARE(m_slots.find(90), -1); // what will come may be another
    QVERIFY(m_slots.book({6, 81, std::uint32_t(ReplyState::Delivered), 8, 8, 0}));
    QCOMPARE(m_slots.find(81), 1);
    QCOMPARE(m_slots.find(90), -1);
    QVERIFY(!m_slots.book({5, 78, std::uint32_t(ReplyState::Delivered), 8, 8, 0})); // an exact one still is exact
}

QTEST_GUILESS_MAIN(TestFrameSlots)
#include "tst_frame_slots.moc"
