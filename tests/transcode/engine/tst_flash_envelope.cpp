#include "core/transcode/engine/flash_envelope.h"

#include <QTest>
#include <cmath>

using namespace vidimus;
using namespace vidimus::checks;
using namespace vidimus::transcode::engine;

namespace {

const FlashStandard& standard(double choice)
{
    return *std::ranges::find(flashStandards(), choice, &FlashStandard::choice);
}

/// Light by a standard's curve, the way back from signalOf(): by bisection, so that the curve is written down once.
double lightOf(double signal, const FlashStandard& rules)
{
    double low = 0;
    double high = 2;
    for (int i = 0; i < 60; ++i)
        (signalOf((low + high) / 2, rules) < signal ? low : high) = (low + high) / 2;
    return (low + high) / 2;
}

CellFilm filmOf(const std::vector<double>& light)
{
    CellFilm film {.cells = 1, .values = {}};
    for (const double each : light)
        film.values.push_back(static_cast<std::uint16_t>(std::lround(each * CellFilm::kOne)));
    return film;
}

/// The light after the gains of calm().
std::vector<double> calmed(const std::vector<double>& light, std::size_t half, double step, const FlashStandard& rules)
{
    CellFilm film = filmOf(light);
    calm(film, half, step, rules);
    std::vector<double> after;
    for (std::size_t i = 0; i < light.size(); ++i)
        after.push_back(lightOf(signalOf(light[i], rules) * film.values[i] / CellFilm::kOne, rules));
    return after;
}

} // namespace

/// The bound that dims flashing.
class FlashEnvelopeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSteadyPictureIsUntouched();
    void flashesBecomeSmallerThanWhatCounts_data();
    void flashesBecomeSmallerThanWhatCounts();
    void nothingGetsBrighter();
    void aSlowChangeKeepsItsEnds();
};

void FlashEnvelopeTest::aSteadyPictureIsUntouched()
{
    const std::vector<double> light(60, 0.7);
    const auto after = calmed(light, 12, 0.7, standard(kBt1702));
    for (const double each : after)
        QVERIFY(std::abs(each - 0.7) < 1e-3);
}

void FlashEnvelopeTest::flashesBecomeSmallerThanWhatCounts_data()
{
    QTest::addColumn<double>("choice");
    QTest::addColumn<int>("period");
    for (const int period : {2, 3, 5, 8}) {
        for (const FlashStandard& rules : flashStandards())
            QTest::addRow("%s, %d", rules.id, period) << rules.choice << period;
    }
}

void FlashEnvelopeTest::flashesBecomeSmallerThanWhatCounts()
{
    QFETCH(double, choice);
    QFETCH(int, period);
    const FlashStandard& rules = standard(choice);
    std::vector<double> light;
    for (int i = 0; i < 120; ++i)
        light.push_back(i / period % 2 == 0 ? 0.9 : 0.05);
    const auto after = calmed(light, 12, 0.7, rules);
    const auto [least, most] = std::ranges::minmax(after);
    QVERIFY2((most - least) * rules.peak < rules.step, qPrintable(QString::number(most - least)));
}

void FlashEnvelopeTest::nothingGetsBrighter()
{
    std::vector<double> light;
    std::uint32_t state = 7;
    for (int i = 0; i < 500; ++i) {
        state = state * 1664525 + 1013904223;
        light.push_back((state >> 8) / 16777216.0);
    }
    const auto after = calmed(light, 12, 0.5, standard(kWcag22));
    for (std::size_t i = 0; i < light.size(); ++i)
        QVERIFY(after[i] <= light[i] + 1e-3);
}

void FlashEnvelopeTest::aSlowChangeKeepsItsEnds()
{
    std::vector<double> light;
    for (int i = 0; i < 200; ++i)
        light.push_back(i < 100 ? 0.2 : 0.8); // one cut
    const auto after = calmed(light, 12, 0.7, standard(kBt1702));
    QVERIFY(std::abs(after.front() - 0.2) < 1e-3);
    QVERIFY(std::abs(after.back() - 0.8) < 1e-3);
    QVERIFY(std::abs(after[130] - 0.8) < 1e-3); // calm again half a second after the cut
}

QTEST_GUILESS_MAIN(FlashEnvelopeTest)
#include "tst_flash_envelope.moc"
