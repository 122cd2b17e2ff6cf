#pragma once

#include <QColor>
#include <array>

namespace vidimus::ui::widgets {

/// Which set of colours the window wears.
enum class Scheme { Dark, Light, HighContrast };

/// The colours of one scheme, read from resources/themes/<scheme>.json. Values; any thread.
struct Tokens {
    bool dark = true;
    QColor window; ///< behind everything
    QColor surface; ///< panels, tables
    QColor raised; ///< bars, cards, menus, inputs
    QColor surround; ///< around video, in every scheme nearly black
    QColor line; ///< 1 px separators and borders
    QColor text;
    QColor second; ///< less important text, still at least 4.5:1
    QColor third; ///< only for what may be missed
    QColor accent; ///< focus ring, selection, playhead, primary button
    QColor onAccent; ///< text on a filled accent
    QColor passed;
    QColor rejected;
    QColor warning;
    QColor info;
    QColor staging; ///< the line over a window that works on a staging catalog
    QColor production;
    std::array<QColor, 7> lanes; ///< one hue per kind of finding (Okabe and Ito)
    int selectionPercent = 18; ///< accent over the surface
    int hoverPercent = 6; ///< white or black over the surface
    int partPercent = 0; ///< least strength of what is drawn over the ground: bars, frames, land

    /// The colour of a selected row, opaque, over \a under.
    [[nodiscard]] QColor selectionOver(const QColor& under) const;
    [[nodiscard]] QColor hoverOver(const QColor& under) const;
    /// \a alpha (0..1) for blended(), raised where the theme asks for more contrast: steps stay apart, in order.
    [[nodiscard]] double strength(double alpha) const;
};

[[nodiscard]] const Tokens& tokensFor(Scheme scheme);
/// The tokens that the application wears now. Ui thread.
[[nodiscard]] const Tokens& currentTokens();
void setCurrentScheme(Scheme scheme);
[[nodiscard]] Scheme currentScheme();

/// What a text or mark says by its colour.
enum class Ink { Text, Second, Third, Accent, Passed, Rejected, Warning, Info, OnAccent };
[[nodiscard]] QColor inkColor(Ink ink);
[[nodiscard]] QColor inkColor(const Tokens& tokens, Ink ink);

/// \a over at \a alpha (0..1) over an opaque \a under.
[[nodiscard]] QColor blended(const QColor& over, const QColor& under, double alpha);
/// Contrast of two opaque colours, 1..21 (WCAG 2.2, "contrast ratio").
[[nodiscard]] double contrastRatio(const QColor& a, const QColor& b);

} // namespace vidimus::ui::widgets
