#include "ui/quality/threshold_scale.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <cmath>

namespace vidimus::ui::quality {

using namespace Qt::StringLiterals;

namespace {

constexpr double kDefaultShare = 0.4;
constexpr int kDigits = 3;

bool isShare(const checks::CheckParameter& parameter)
{
    return QLatin1StringView(parameter.unit) == "fraction"_L1;
}

bool isCounted(const checks::CheckParameter& parameter)
{
    const QLatin1StringView unit(parameter.unit);
    constexpr std::array kCounted {
        "frames"_L1, "samples"_L1, "channels"_L1, "tracks"_L1, "edits"_L1, "entries"_L1, "pairs"_L1, "flashes"_L1};
    return std::ranges::find(kCounted, unit) != kCounted.end();
}

} // namespace

ThresholdScale::ThresholdScale(const checks::CheckParameter& parameter)
    : m_minimum(parameter.minimum)
    , m_maximum(std::max(parameter.maximum, parameter.minimum))
    , m_power(1)
    , m_whole(isCounted(parameter))
    , m_level(QByteArrayView(parameter.unit).startsWith("dB") || QByteArrayView(parameter.unit).startsWith("LU"))
{
    const double span = m_maximum - m_minimum;
    const double share = span > 0 ? (parameter.fallback - m_minimum) / span : 0;
    if (share > 0 && share < kDefaultShare)
        m_power = std::log(share) / std::log(kDefaultShare);
    else if (share <= 0 && span > 100)
        m_power = 3;
}

int ThresholdScale::positionOf(double value) const
{
    const double span = m_maximum - m_minimum;
    if (span <= 0)
        return 0;
    const double share = std::clamp((value - m_minimum) / span, 0.0, 1.0);
    return static_cast<int>(std::lround(std::pow(share, 1 / m_power) * kSteps));
}

double ThresholdScale::rounded(double value) const
{
    if (m_whole)
        return std::clamp(std::round(value), m_minimum, m_maximum);
    if (m_level)
        return std::clamp(std::round(value * 10) / 10, m_minimum, m_maximum);
    if (value == 0)
        return std::clamp(0.0, m_minimum, m_maximum);
    const double magnitude = std::floor(std::log10(std::abs(value)));
    const double unit = std::pow(10.0, magnitude - (kDigits - 1));
    return std::clamp(std::round(value / unit) * unit, m_minimum, m_maximum);
}

double ThresholdScale::valueAt(int position) const
{
    if (position <= 0)
        return m_minimum;
    if (position >= kSteps)
        return m_maximum;
    const double share = std::pow(static_cast<double>(position) / kSteps, m_power);
    return rounded(m_minimum + share * (m_maximum - m_minimum));
}

double ThresholdScale::next(double value, int direction) const
{
    // The slider's own steps may be finer than what rounding keeps: go on until something changes.
    const int from = positionOf(value);
    for (int position = from + direction; position >= 0 && position <= kSteps; position += direction) {
        const double found = valueAt(position);
        if (direction > 0 ? found > value : found < value)
            return found;
    }
    return direction > 0 ? m_maximum : m_minimum;
}

QString unitText(const checks::CheckParameter& parameter)
{
    const QLatin1StringView unit(parameter.unit);
    if (isShare(parameter))
        return u"%"_s;
    if (unit == "switch"_L1 || unit == "ratio"_L1)
        return {};
    // Counted things have words, the rest are signs that stand in every language.
    const char* text = nullptr;
    if (unit == "frames"_L1)
        text = QT_TRANSLATE_NOOP("Quality", "frames");
    else if (unit == "samples"_L1)
        text = QT_TRANSLATE_NOOP("Quality", "samples");
    else if (unit == "channels"_L1)
        text = QT_TRANSLATE_NOOP("Quality", "channels");
    else if (unit == "tracks"_L1)
        text = QT_TRANSLATE_NOOP("Quality", "tracks");
    else if (unit == "flashes"_L1)
        text = QT_TRANSLATE_NOOP("Quality", "flashes a second");
    else if (unit == "codes"_L1)
        text = QT_TRANSLATE_NOOP("Quality", "code values");
    else if (unit == "characters/s"_L1)
        text = QT_TRANSLATE_NOOP("Quality", "characters a second");
    return text != nullptr ? QCoreApplication::translate("Quality", text) : QString(unit);
}

QString fieldText(const checks::CheckParameter& parameter, double value)
{
    const double shown = isShare(parameter) ? value * 100 : value;
    return QLocale().toString(shown, 'g', 6).replace(u'-', u'−');
}

std::optional<double> fieldValue(const checks::CheckParameter& parameter, const QString& text)
{
    QString plain = text.trimmed();
    plain.replace(u'−', u'-');
    if (isShare(parameter) && plain.endsWith(u'%'))
        plain.chop(1);
    bool isNumber = false;
    double value = QLocale().toDouble(plain.trimmed(), &isNumber);
    if (!isNumber)
        value = plain.trimmed().toDouble(&isNumber); // "0.5" in every language
    if (!isNumber || !std::isfinite(value))
        return std::nullopt;
    if (isShare(parameter))
        value /= 100;
    if (value < parameter.minimum || value > parameter.maximum || (isCounted(parameter) && value != std::round(value)))
        return std::nullopt;
    return value;
}

} // namespace vidimus::ui::quality
