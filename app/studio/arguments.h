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
    bool demo = false; ///< fill the workspace with the demo's clips
};

/// \a words are those after the program's name; relative paths are meant from \a currentFolder. Errors: Invalid.
[[nodiscard]] Result<Arguments> parseArguments(const QStringList& words, const QString& currentFolder);
[[nodiscard]] QString helpText();
/// The folder that the arguments mean.
[[nodiscard]] QString workspaceFolderOf(const Arguments& arguments);

} // namespace vidimus::studio
