#pragma once

#include "core/base/result.h"

#include <QString>
#include <QStringList>

namespace vidimus::studio {

/// How the studio was asked to start.
struct Arguments {
    enum class Task { Run, SelfTest, Screenshots, Help, Version };
    Task task = Task::Run;
    QString workspace; ///< absolute; empty: the user's own
    QString profile; ///< empty: the one used last
    QString screenshotFolder; ///< absolute
    QString language; ///< of a walk: one of languages(); empty: the system's
    int scalePercent = 100; ///< of a walk: 100, 150 or 200
    QString theme; ///< of screenshots: "dark", "light" or "high-contrast"; empty: dark and light
    bool demo = false; ///< fill the workspace with the demo's clips
};

/// \a words are those after the program's name; relative paths are meant from \a currentFolder. Errors: Invalid.
[[nodiscard]] Result<Arguments> parseArguments(const QStringList& words, const QString& currentFolder);
[[nodiscard]] QString helpText();
/// The folder that the arguments mean.
[[nodiscard]] QString workspaceFolderOf(const Arguments& arguments);

} // namespace vidimus::studio
