#include "ui/widgets/tokens.h"

#include "core/base/json.h"

#include <QFile>
#include <QJsonArray>
#include <QLoggingCategory>
#include <cmath>

namespace vidimus::ui::widgets {

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(lcLook, "vidimus.ui.look")

Scheme g_scheme = Scheme::Dark;

QString fileOf(Scheme scheme)
{
    switch (scheme) {
    case Scheme::Dark:
        return u":/vidimus/themes/dark.json"_s;
    case Scheme::Light:
        return u":/vidimus/themes/light.json"_s;
    case Scheme::HighContrast:
        return u":/vidimus/themes/high-contrast.json"_s;
    }
    return {};
}

QColor readColor(JsonReader& reader, QLatin1StringView name)
{
    const QColor color(reader.string(name));
    if (!color.isValid())
        reader.fail(name, u"not a colour"_s);
    return color;
}

Tokens load(Scheme scheme)
{
    QFile file(fileOf(scheme));
    const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT_X(opened, "tokens", "the theme is not among the resources");
    const auto object = parseJsonObject(file.readAll());
    Tokens tokens;
    if (!object) {
        qCCritical(lcLook) << "theme" << file.fileName() << object.error().detail;
        return tokens;
    }
    JsonReader reader(*object);
    tokens.dark = reader.boolean("dark"_L1, true);
    const std::pair<QColor*, QLatin1StringView> members[] {{&tokens.window, "window"_L1},
        {&tokens.surface, "surface"_L1}, {&tokens.raised, "raised"_L1}, {&tokens.surround, "surround"_L1},
        {&tokens.line, "line"_L1}, {&tokens.text, "text"_L1}, {&tokens.second, "second"_L1},
        {&tokens.third, "third"_L1}, {&tokens.accent, "accent"_L1}, {&tokens.onAccent, "onAccent"_L1},
        {&tokens.passed, "passed"_L1}, {&tokens.rejected, "rejected"_L1}, {&tokens.warning, "warning"_L1},
        {&tokens.info, "info"_L1}, {&tokens.staging, "staging"_L1}, {&tokens.production, "production"_L1}};
    for (const auto& [color, name] : members)
        *color = readColor(reader, name);
    const QJsonArray lanes = reader.array("lanes"_L1);
    if (lanes.size() != static_cast<qsizetype>(tokens.lanes.size()))
        reader.fail("lanes"_L1, u"seven colours are needed"_s);
    for (std::size_t i = 0; i < tokens.lanes.size(); ++i)
        tokens.lanes[i] = QColor(lanes.at(static_cast<qsizetype>(i)).toString());
    tokens.selectionPercent = static_cast<int>(reader.integer("selectionPercent"_L1));
    tokens.hoverPercent = static_cast<int>(reader.integer("hoverPercent"_L1));
    tokens.partPercent = static_cast<int>(reader.integer("partPercent"_L1));
    if (const auto finished = reader.finish(); !finished)
        qCCritical(lcLook) << "theme" << file.fileName() << finished.error().detail;
    return tokens;
}

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double relativeLuminance(const QColor& color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

} // namespace

QColor Tokens::selectionOver(const QColor& under) const
{
    return blended(accent, under, selectionPercent / 100.0);
}

QColor Tokens::hoverOver(const QColor& under) const
{
    return blended(dark ? Qt::white : Qt::black, under, hoverPercent / 100.0);
}

double Tokens::strength(double alpha) const
{
    const double least = partPercent / 100.0;
    return least + (1 - least) * alpha;
}

const Tokens& tokensFor(Scheme scheme)
{
    static const std::array<Tokens, 3> tokens {load(Scheme::Dark), load(Scheme::Light), load(Scheme::HighContrast)};
    return tokens[static_cast<std::size_t>(scheme)];
}

const Tokens& currentTokens()
{
    return tokensFor(g_scheme);
}

void setCurrentScheme(Scheme scheme)
{
    g_scheme = scheme;
}

Scheme currentScheme()
{
    return g_scheme;
}

QColor inkColor(Ink ink)
{
    return inkColor(currentTokens(), ink);
}

QColor inkColor(const Tokens& tokens, Ink ink)
{
    switch (ink) {
    case Ink::Text:
        return tokens.text;
    case Ink::Second:
        return tokens.second;
    case Ink::Third:
        return tokens.third;
    case Ink::Accent:
        return tokens.accent;
    case Ink::Passed:
        return tokens.passed;
    case Ink::Rejected:
        return tokens.rejected;
    case Ink::Warning:
        return tokens.warning;
    case Ink::Info:
        return tokens.info;
    case Ink::OnAccent:
        return tokens.onAccent;
    }
    return tokens.text;
}

QColor blended(const QColor& over, const QColor& under, double alpha)
{
    const auto mix = [alpha](double a, double b) { return static_cast<float>(a * alpha + b * (1 - alpha)); };
    return QColor::fromRgbF(
        mix(over.redF(), under.redF()), mix(over.greenF(), under.greenF()), mix(over.blueF(), under.blueF()));
}

double contrastRatio(const QColor& a, const QColor& b)
{
    const double first = relativeLuminance(a);
    const double second = relativeLuminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

} // namespace vidimus::ui::widgets
