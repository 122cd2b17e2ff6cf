#include "core/checks/check_descriptor.h"
#include "ui/quality/profile_draft.h"
#include "ui/quality/threshold_scale.h"

#include <QLocale>
#include <QTest>

using namespace vidimus;
using namespace vidimus::ui::quality;
using namespace Qt::StringLiterals;

/// Sliders and fields of thresholds, for every parameter of every check.
class TestThresholdScale : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void everyParameterReachesItsBoundsAndItsDefault()
    {
        for (const checks::CheckDescriptor& check : checks::checkDescriptors()) {
            for (const checks::CheckParameter& parameter : check.parameters) {
                const ThresholdScale scale(parameter);
                const QByteArray where = QByteArray(check.id) + ' ' + parameter.id;
                QCOMPARE(scale.valueAt(0), parameter.minimum);
                QCOMPARE(scale.valueAt(ThresholdScale::kSteps), parameter.maximum);
                const int at = scale.positionOf(parameter.fallback);
                const double step
                    = std::abs(scale.valueAt(std::min(at + 1, ThresholdScale::kSteps)) - scale.valueAt(at));
                QVERIFY2(std::abs(scale.valueAt(at) - parameter.fallback) <= step + 0.02 * std::abs(parameter.fallback),
                    where);
                double before = parameter.minimum;
                for (int position = 1; position <= ThresholdScale::kSteps; ++position) {
                    const double value = scale.valueAt(position);
                    QVERIFY2(value >= before && value <= parameter.maximum, where);
                    before = value;
                }
            }
        }
    }

    void aKeyPressAlwaysMoves()
    {
        for (const checks::CheckDescriptor& check : checks::checkDescriptors()) {
            for (const checks::CheckParameter& parameter : check.parameters) {
                const ThresholdScale scale(parameter);
                if (parameter.fallback < parameter.maximum)
                    QVERIFY2(scale.next(parameter.fallback, 1) > parameter.fallback, parameter.id);
                if (parameter.fallback > parameter.minimum)
                    QVERIFY2(scale.next(parameter.fallback, -1) < parameter.fallback, parameter.id);
                QCOMPARE(scale.next(parameter.maximum, 1), parameter.maximum);
                QCOMPARE(scale.next(parameter.minimum, -1), parameter.minimum);
            }
        }
    }

    void whatIsTypedIsRead_data()
    {
        QTest::addColumn<QString>("check");
        QTest::addColumn<QString>("parameter");
        QTest::addColumn<QString>("text");
        QTest::addColumn<double>("value"); // NaN: refused
        const double none = qQNaN();
        QTest::newRow("seconds") << u"black"_s << u"min_duration"_s << u"2.5"_s << 2.5;
        QTest::newRow("per cent") << u"black"_s << u"min_share"_s << u"97 %"_s << 0.97;
        QTest::newRow("true minus") << u"silence"_s << u"max_level"_s << u"−60"_s << -60.0;
        QTest::newRow("beyond") << u"black"_s << u"min_share"_s << u"120"_s << none;
        QTest::newRow("words") << u"black"_s << u"min_duration"_s << u"long"_s << none;
        QTest::newRow("nothing") << u"black"_s << u"min_duration"_s << u""_s << none;
        QTest::newRow("not a number") << u"black"_s << u"min_duration"_s << u"nan"_s << none;
        QTest::newRow("endless") << u"black"_s << u"min_duration"_s << u"inf"_s << none;
    }

    void whatIsTypedIsRead()
    {
        QFETCH(QString, check);
        QFETCH(QString, parameter);
        QFETCH(QString, text);
        QFETCH(double, value);
        const checks::CheckParameter* known = checks::findDescriptor(check)->parameter(parameter);
        QVERIFY(known);
        const auto read = fieldValue(*known, text);
        QCOMPARE(read.has_value(), !qIsNaN(value));
        if (read) {
            QCOMPARE(*read, value);
            QCOMPARE(fieldValue(*known, fieldText(*known, value)).value(), value);
        }
    }

    void namesBecomeIds_data()
    {
        QTest::addColumn<QString>("title");
        QTest::addColumn<QString>("id");
        QTest::newRow("words") << u"Broadcast, strict"_s << u"broadcast-strict"_s;
        QTest::newRow("marks") << u"Été à Zürich"_s << u"ete-a-zurich"_s;
        QTest::newRow("edges") << u"  -- late! "_s << u"late"_s;
        QTest::newRow("nothing to keep") << u"夜"_s << QString();
        QTest::newRow("long") << QString(100, u'b') << QString(64, u'b');
    }

    void namesBecomeIds()
    {
        QFETCH(QString, title);
        QTEST(profileIdFor(title), "id");
    }
};

QTEST_GUILESS_MAIN(TestThresholdScale)
#include "tst_threshold_scale.moc"
