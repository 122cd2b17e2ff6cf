#include "core/workbench/rendition_progress.h"

#include <QJsonArray>
#include <QTest>

using namespace vidimus;
using namespace vidimus::workbench;
using namespace Qt::StringLiterals;
using transcode::OutputKind;

namespace {

/// Accepts everything, or nothing.
class FakeOutputs : public transcode::OutputSink {
public:
    bool refuses = false;
    [[nodiscard]] Result<int> open(const transcode::OutputKey&) override { return 7; }
    [[nodiscard]] Result<void> finish(const transcode::FinishedOutput&) override
    {
        return refuses ? Result<void>(Error {ErrorCode::Corrupt, {}, {}}) : Result<void>();
    }
};

transcode::Plan twoRungs()
{
    transcode::Plan plan;
    plan.renditions = {{.name = u"720p"_s}, {.name = u"360p"_s}};
    plan.sound = transcode::PlannedSound {};
    plan.segmentCount = 2;
    return plan;
}

QString text(const QJsonObject& detail)
{
    QStringList parts;
    const QJsonArray rows = detail[u"renditions"].toArray();
    for (const QJsonValue& row : rows)
        parts.append(u"%1 %2/%3"_s.arg(row[u"name"].toString()).arg(row[u"done"].toInt()).arg(row[u"total"].toInt()));
    return parts.join(u", "_s);
}

} // namespace

class TestRenditionProgress : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void countsSegmentsOfEachRendition()
    {
        FakeOutputs outputs;
        QJsonObject last;
        RenditionProgress progress(twoRungs(), {{.key = {OutputKind::VideoSegment, 1, 0}}}, outputs,
            [&last](const QJsonObject& detail) { last = detail; });
        QCOMPARE(text(last), u"720p 0/2, 360p 1/2, audio 0/2"_s);
        QCOMPARE(progress.open({OutputKind::VideoSegment, 0, 0}).value(), 7);
        QVERIFY(progress.finish({.key = {OutputKind::VideoSegment, 0, 0}}));
        QVERIFY(progress.finish({.key = {OutputKind::AudioSegment, 0, 0}}));
        QVERIFY(progress.finish({.key = {OutputKind::VideoPlaylist, 0, 0}}));
        QCOMPARE(text(last), u"720p 1/2, 360p 1/2, audio 1/2"_s);
    }

    void moreSegmentsThanPlannedRaiseTheTotal()
    {
        FakeOutputs outputs;
        QJsonObject last;
        RenditionProgress progress(twoRungs(), {}, outputs, [&last](const QJsonObject& detail) { last = detail; });
        for (int segment = 0; segment < 3; ++segment)
            QVERIFY(progress.finish({.key = {OutputKind::VideoSegment, 1, segment}}));
        QCOMPARE(text(last), u"720p 0/2, 360p 3/3, audio 0/2"_s);
    }

    void whatIsRefusedOrUnknownIsNotCounted()
    {
        FakeOutputs outputs;
        QJsonObject last;
        RenditionProgress progress(twoRungs(), {}, outputs, [&last](const QJsonObject& detail) { last = detail; });
        QVERIFY(progress.finish({.key = {OutputKind::VideoSegment, 9, 0}}));
        QVERIFY(progress.finish({.key = {OutputKind::VideoSegment, -1, 0}}));
        outputs.refuses = true;
        QVERIFY(!progress.finish({.key = {OutputKind::VideoSegment, 0, 0}}));
        QCOMPARE(text(last), u"720p 0/2, 360p 0/2, audio 0/2"_s);
    }

    void worksWithoutAListener()
    {
        FakeOutputs outputs;
        RenditionProgress progress(twoRungs(), {}, outputs, {});
        QVERIFY(progress.finish({.key = {OutputKind::VideoSegment, 0, 0}}));
    }
};

QTEST_GUILESS_MAIN(TestRenditionProgress)
#include "tst_rendition_progress.moc"
