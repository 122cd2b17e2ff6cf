#include "ui/widgets/theme.h"

#include "ui/widgets/fonts.h"
#include "ui/widgets/style.h"
#include "ui/widgets/system_appearance.h"

#include <QApplication>
#include <QPalette>
#include <QToolTip>

namespace vidimus::ui::widgets {

using namespace Qt::StringLiterals;

namespace {
bool g_motionReduced = false;
}

QString schemeChoiceName(SchemeChoice choice)
{
    switch (choice) {
    case SchemeChoice::System:
        return u"system"_s;
    case SchemeChoice::Dark:
        return u"dark"_s;
    case SchemeChoice::Light:
        return u"light"_s;
    case SchemeChoice::HighContrast:
        return u"high-contrast"_s;
    }
    return {};
}

SchemeChoice schemeChoiceFromName(QStringView name)
{
    for (const auto choice : {SchemeChoice::Dark, SchemeChoice::Light, SchemeChoice::HighContrast}) {
        if (schemeChoiceName(choice) == name)
            return choice;
    }
    return SchemeChoice::System;
}

Theme::Theme(QApplication& application, QObject* parent)
    : QObject(parent)
    , m_application(application)
    , m_system(new SystemAppearance(this))
{
    loadFonts();
    m_application.setStyle(new Style);
    m_application.setFont(roleFont(TextRole::Body));
    QToolTip::setFont(roleFont(TextRole::Label));
    connect(m_system, &SystemAppearance::changed, this, [this] {
        setMotionReduced(m_system->prefersReducedMotion());
        if (m_choice == SchemeChoice::System)
            apply();
    });
    apply();
}

void Theme::setChoice(SchemeChoice choice)
{
    if (choice == m_choice)
        return;
    m_choice = choice;
    apply();
}

void Theme::apply()
{
    Scheme scheme = m_system->prefersDark() ? Scheme::Dark : Scheme::Light;
    switch (m_choice) {
    case SchemeChoice::System:
        if (m_system->prefersContrast())
            scheme = Scheme::HighContrast;
        break;
    case SchemeChoice::Dark:
        scheme = Scheme::Dark;
        break;
    case SchemeChoice::Light:
        scheme = Scheme::Light;
        break;
    case SchemeChoice::HighContrast:
        scheme = Scheme::HighContrast;
        break;
    }
    setCurrentScheme(scheme);
    const QPalette palette = paletteFor(tokensFor(scheme));
    m_application.setPalette(palette);
    QToolTip::setPalette(palette);
    Q_EMIT schemeChanged(scheme);
}

QPalette paletteFor(const Tokens& tokens)
{
    QPalette palette(tokens.text, tokens.raised, tokens.raised.lighter(130), tokens.line, tokens.third, tokens.text,
        tokens.text, tokens.surface, tokens.window);
    palette.setColor(QPalette::AlternateBase, tokens.raised);
    palette.setColor(QPalette::Button, tokens.raised);
    palette.setColor(QPalette::Highlight, tokens.selectionOver(tokens.surface));
    palette.setColor(QPalette::HighlightedText, tokens.text);
    palette.setColor(QPalette::PlaceholderText, tokens.second);
    palette.setColor(QPalette::Link, tokens.accent);
    palette.setColor(QPalette::LinkVisited, tokens.accent);
    palette.setColor(QPalette::ToolTipBase, tokens.raised);
    palette.setColor(QPalette::ToolTipText, tokens.text);
    const auto faint = [&tokens](const QColor& color) { return blended(color, tokens.surface, 0.4); };
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::PlaceholderText})
        palette.setColor(QPalette::Disabled, role, faint(tokens.text));
    return palette;
}

bool isMotionReduced()
{
    return g_motionReduced;
}

void setMotionReduced(bool reduced)
{
    g_motionReduced = reduced;
}

} // namespace vidimus::ui::widgets
