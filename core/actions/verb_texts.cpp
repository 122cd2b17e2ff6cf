#include "core/actions/verb.h"

namespace vidimus::actions {

using namespace Qt::StringLiterals;

namespace {

QString optionText(const Option& option)
{
    return option.kind == OptionKind::Flag ? u"--%1"_s.arg(option.name)
                                           : u"--%1 %2"_s.arg(option.name, option.placeholder);
}

QString usageOf(const Verb& verb)
{
    QString usage = QString(verb.name);
    if (!verb.operands.isEmpty())
        usage += u' ' + QString(verb.operands);
    for (const Option& option : verb.options)
        usage += (option.required ? u" %1"_s : u" [%1]"_s).arg(optionText(option));
    return usage;
}

QString optionLines(std::span<const Option> options)
{
    QString text;
    for (const Option& option : options)
        text += u"  %1  %2\n"_s.arg(optionText(option).leftJustified(26), QString::fromUtf8(option.help));
    return text;
}

constexpr auto kExitCodes
    = "Exit codes: 0 done, 1 done and the answer is \"no\", 2 usage, 3 refused by role, 4 conflict, 5 queued offline,\n"
      "6 bad input (nothing changed), 7 a part it needs is missing (see doctor), 70 internal fault.\n"_L1;

/// A hyphen that is one on the terminal, and no line that troff would take for a request.
QString troff(QString text)
{
    text.replace(u'\\', u"\\e"_s).replace(u'-', u"\\-"_s);
    return text.startsWith(u'.') || text.startsWith(u'\'') ? u"\\&"_s + text : text;
}

QStringList firstWords()
{
    QStringList words;
    for (const Verb& verb : allVerbs())
        words.append(QString(verb.name).section(u' ', 0, 0));
    words.removeDuplicates();
    return words;
}

QStringList optionWords()
{
    QStringList words;
    for (const Option& option : globalOptions())
        words.append(u"--"_s + option.name);
    for (const Verb& verb : allVerbs()) {
        for (const Option& option : verb.options)
            words.append(u"--"_s + option.name);
    }
    words.append(u"--help"_s);
    words.removeDuplicates();
    return words;
}

QString fishQuoted(const char* text)
{
    return QString::fromUtf8(text).replace(u'\'', u"\\'"_s);
}

QString fishOptions(const QString& condition, std::span<const Option> options)
{
    QString text;
    for (const Option& option : options)
        text += u"complete -c vidimus%1 -l %2%3 -d '%4'\n"_s.arg(
            condition, option.name, option.kind == OptionKind::Value ? u" -r"_s : QString(), fishQuoted(option.help));
    return text;
}

/// First words, then second words after their first, then the options of each verb after its words.
QString fishCompletion()
{
    QString text = fishOptions({}, globalOptions()) + u"complete -c vidimus -l help -d 'says more'\n"_s;
    QStringList said;
    for (const Verb& verb : allVerbs()) {
        const QString first = QString(verb.name).section(u' ', 0, 0);
        const QString second = QString(verb.name).section(u' ', 1);
        if (!said.contains(first)) {
            text += u"complete -c vidimus -n __fish_use_subcommand -a '%1' -d '%2'\n"_s.arg(
                first, second.isEmpty() ? fishQuoted(verb.summary) : QString());
            said.append(first);
        }
        QString condition = u"__fish_seen_subcommand_from %1"_s.arg(first);
        if (!second.isEmpty()) {
            text += u"complete -c vidimus -n '%1' -a '%2' -d '%3'\n"_s.arg(condition, second, fishQuoted(verb.summary));
            condition += u"; and __fish_seen_subcommand_from %1"_s.arg(second);
        }
        text += fishOptions(u" -n '%1'"_s.arg(condition), verb.options);
    }
    return text;
}

} // namespace

QString helpText()
{
    QString text = u"Usage: vidimus [--workspace DIR] [--profile NAME] [--json] [--quiet] VERB …\n\nVerbs:\n"_s;
    for (const Verb& verb : allVerbs())
        text += u"  %1  %2\n"_s.arg(QString(verb.name).leftJustified(18), QString::fromUtf8(verb.summary));
    text += u"\nOptions before the verb:\n"_s + optionLines(globalOptions());
    return text + u"\n\"vidimus VERB --help\" says more.\n"_s + kExitCodes;
}

QString helpText(const Verb& verb)
{
    QString text = u"Usage: vidimus %1\n\n%2\n"_s.arg(usageOf(verb), QString::fromUtf8(verb.summary));
    if (!verb.options.empty())
        text += u"\nOptions:\n"_s + optionLines(verb.options);
    return text + u"\nWith --json it prints: schema, %1\n"_s.arg(verb.json) + kExitCodes;
}

QString manPage(const QString& version)
{
    QString text
        = u".TH VIDIMUS 1 \"\" \"Vidimus %1\" \"User commands\"\n.SH NAME\nvidimus \\- from an upload to a title that is live\n"_s
              .arg(version);
    text += u".SH SYNOPSIS\n.B vidimus\n[\\fIoptions\\fR] \\fIverb\\fR …\n.SH DESCRIPTION\n"_s;
    text
        += u"Every action of the studio is a verb. When a studio runs on the workspace, the verb runs inside it.\n.SH OPTIONS\n"_s;
    for (const Option& option : globalOptions())
        text += u".TP\n.B %1\n%2\n"_s.arg(troff(optionText(option)), troff(QString::fromUtf8(option.help)));
    text += u".SH VERBS\n"_s;
    for (const Verb& verb : allVerbs()) {
        text += u".TP\n.B %1\n%2\n"_s.arg(troff(usageOf(verb)), troff(QString::fromUtf8(verb.summary)));
        for (const Option& option : verb.options)
            text += u".br\n\\fB%1\\fR: %2\n"_s.arg(troff(optionText(option)), troff(QString::fromUtf8(option.help)));
        text += u".br\nJSON: %1\n"_s.arg(troff(QString(verb.json)));
    }
    return text + u".SH EXIT STATUS\n"_s + troff(QString(kExitCodes));
}

QString completionScript(Shell shell)
{
    const QString verbs = firstWords().join(u' ');
    const QString options = optionWords().join(u' ');
    switch (shell) {
    case Shell::Bash:
        return u"_vidimus() {\n  local word=\"${COMP_WORDS[COMP_CWORD]}\"\n  case \"$word\" in\n"
               "    -*) COMPREPLY=($(compgen -W \"%2\" -- \"$word\"));;\n"
               "    *) COMPREPLY=($(compgen -W \"%1\" -- \"$word\") $(compgen -f -- \"$word\"));;\n  esac\n}\n"
               "complete -o filenames -F _vidimus vidimus\n"_s.arg(verbs, options);
    case Shell::Zsh:
        return u"#compdef vidimus\n_arguments '1:verb:(%1)' '*:file:_files' && return 0\ncompadd -- %2\n"_s.arg(
            verbs, options);
    case Shell::Fish:
        return fishCompletion();
    }
    return {};
}

} // namespace vidimus::actions
