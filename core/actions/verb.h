#pragma once

#include <QLatin1StringView>
#include <QString>
#include <span>

namespace vidimus::actions {

/// How an option of a verb takes its value.
enum class OptionKind { Flag, Value };

struct Option {
    QLatin1StringView name; ///< without dashes: "ladder"
    OptionKind kind = OptionKind::Value;
    QLatin1StringView placeholder; ///< "NAME|FILE"; empty for a flag
    const char* help = nullptr;
    bool required = false;
};

/// A verb of the command line (a contract: see the man page). Subcommands are part of the name: "rights explain".
struct Verb {
    QLatin1StringView name;
    QLatin1StringView operands; ///< "PATH...", "TITLE", or empty; ASCII
    int minOperands = 0;
    int maxOperands = 0; ///< -1: any number
    const char* summary = nullptr;
    std::span<const Option> options;
    QLatin1StringView json; ///< members of its JSON object beside "schema"
};

/// All verbs in the order of the man page. Static; any thread.
[[nodiscard]] std::span<const Verb> allVerbs();
[[nodiscard]] const Verb* findVerb(QStringView name);

/// Options that stand before the verb, for every verb.
[[nodiscard]] std::span<const Option> globalOptions();

/// Texts made from the registry: "vidimus --help", "vidimus VERB --help", the man page (troff) and completions.
[[nodiscard]] QString helpText();
[[nodiscard]] QString helpText(const Verb& verb);
[[nodiscard]] QString manPage(const QString& version);
enum class Shell { Bash, Zsh, Fish };
[[nodiscard]] QString completionScript(Shell shell);

} // namespace vidimus::actions
