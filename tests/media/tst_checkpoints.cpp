#include "core/media/engine/checkpoints.h"

#include <QTest>

using namespace vidimus::media::engine;

/// When the state of a pass is kept.
class TestCheckpoints : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingIsDueWhereNobodyKeepsIt()
    {
        const CheckpointClock clock;
        QVERIFY(!clock.isDue({}));
    }

    void aSmallStateIsDueAfterTheInterval()
    {
        const Checkpoints kept {[](const QByteArray&) { }, std::chrono::milliseconds(1)};
        CheckpointClock clock;
        clock.take(kept, [] { return QByteArray(100, 'x'); });
        QTRY_VERIFY(clock.isDue(kept));
    }

    void aLargeStateIsNotWrittenAgainAtOnce()
    {
        qsizetype bytes = 0;
        const Checkpoints kept {
            [&bytes](const QByteArray& state) { bytes = state.size(); }, std::chrono::milliseconds(1)};
        CheckpointClock clock;
        clock.take(kept, [] { return QByteArray(qsizetype(1) << 28, Qt::Uninitialized); });
        QCOMPARE(bytes, qsizetype(1) << 28);
        QTest::qWait(50);
        QVERIFY(!clock.isDue(kept)); // four minutes at a megabyte a second
    }

    void withoutAnIntervalEachPictureIsKept()
    {
        const Checkpoints kept {[](const QByteArray&) { }, std::chrono::milliseconds(0)};
        CheckpointClock clock;
        clock.take(kept, [] { return QByteArray(10'000'000, 'x'); });
        QVERIFY(clock.isDue(kept));
    }
};

QTEST_GUILESS_MAIN(TestCheckpoints)
#include "tst_checkpoints.moc"
