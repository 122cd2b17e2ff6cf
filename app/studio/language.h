#pragma once

#include "core/base/result.h"

#include <QCoreApplication>
#include <QString>
#include <utility>
#include <vector>

class QGuiApplication;

namespace vidimus::studio {

/// The languages that the program can speak: "" (the system's, else English), "en", "pseudo" (each text made longer and
/// bracketed, to find what clips) and "rtl" (the same in a mirrored window).
[[nodiscard]] bool isLanguage(const QString& name);
/// Name and what a person reads.
[[nodiscard]] std::vector<std::pair<QString, QString>> languages();
/// \a text about 40 % longer, with accents and brackets; places (%1, %n), markup and line ends stay as they are.
[[nodiscard]] QString pseudoText(const QString& text);
/// Installs the translator and the direction for \a name; windows made from now on speak it. Ui thread.
void useLanguage(QGuiApplication& application, const QString& name);

} // namespace vidimus::studio
