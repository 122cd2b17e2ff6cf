#pragma once

#include "core/workbench/verb.h"

#include <variant>

namespace vidimus::cli {

/// A command line that was understood.
struct Arguments {
    workbench::VerbRequest request;
    QString workspace; ///< empty: the default place
    QString profile; ///< empty: the workspace's own
    QString tokenFile; ///< empty: none
    bool json = false;
    bool quiet = false;
};

/// Text that was asked for instead of a verb: help, the version, the man page, a completion script.
struct TextWanted {
    QString text;
};

/// Reads \a words (without the program's name) by the action registry. Relative paths stay as they are.
/// Errors: Invalid with a sentence for the person.
[[nodiscard]] Result<std::variant<Arguments, TextWanted>> parseArguments(
    const QStringList& words, const QString& version);

} // namespace vidimus::cli
