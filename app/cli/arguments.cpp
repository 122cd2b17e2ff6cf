#include "app/cli/arguments.h"

#include "core/actions/verb.h"

namespace vidimus::cli {

using namespace Qt::StringLiterals;
using actions::Option;
using actions::OptionKind;
using actions::Verb;

namespace {

Error usage(const QString& sentence)
{
    return Error {ErrorCode::Invalid, sentence, "usage"};
}

const Option* findOption(std::span<const Option> options, QStringView name)
{
    const auto found = std::ranges::find_if(options, [name](const Option& option) { return name == option.name; });
    return found == options.end() ? nullptr : &*found;
}

/// The longest verb that the words begin with: "rights explain" before "rights".
const Verb* findVerbIn(const QStringList& words, qsizetype at)
{
    if (at + 1 < words.size()) {
        if (const Verb* verb = actions::findVerb(words[at] + u' ' + words[at + 1]))
            return verb;
    }
    return actions::findVerb(words[at]);
}

/// The verbs that begin with this word: "import", "export", … of "rights".
QStringList partsOf(const QString& word)
{
    QStringList parts;
    for (const Verb& verb : actions::allVerbs()) {
        const QString name(verb.name);
        if (name.startsWith(word + u' '))
            parts.append(name.mid(word.size() + 1));
    }
    return parts;
}

/// Why there is no such verb, and which there are.
QString noVerb(const QString& word, const QString& next)
{
    const QStringList parts = partsOf(word);
    if (parts.isEmpty())
        return u"There is no verb \"%1\". \"vidimus --help\" lists them."_s.arg(word);
    const QString list = parts.join(u", "_s);
    if (next.isEmpty() || next.startsWith(u'-'))
        return u"\"%1\" needs one of: %2. \"vidimus %1 --help\" says what each does."_s.arg(word, list);
    return u"There is no verb \"%1 %2\"; \"%1\" has: %3."_s.arg(word, next, list);
}

/// What "vidimus rights --help" prints: one line for each verb of the family.
QString familyHelp(const QString& word)
{
    QString text;
    for (const Verb& verb : actions::allVerbs()) {
        if (QString(verb.name).startsWith(word + u' '))
            text += u"  %1  %2\n"_s.arg(QString(verb.name), -24).arg(QString::fromUtf8(verb.summary));
    }
    return text + u"\"vidimus VERB --help\" has the options of each.\n"_s;
}

class Parser {
public:
    Parser(const QStringList& words, const QString& version)
        : m_words(words)
        , m_version(version)
    {
    }

    Result<std::variant<Arguments, TextWanted>> parse();

private:
    struct Given {
        const Option* option = nullptr;
        QString value;
    };
    Result<Given> takeOption(std::span<const Option> options);
    std::optional<QString> wantedText(const QString& word, const Verb* verb);
    Result<void> takeGlobal();
    Result<void> checkVerb(const Verb& verb);
    Result<std::variant<Arguments, TextWanted>> parseVerb(const Verb& verb);

    const QStringList& m_words;
    QString m_version;
    qsizetype m_at = 0;
    Arguments m_arguments;
};

Result<Parser::Given> Parser::takeOption(std::span<const Option> options)
{
    const QString word = m_words[m_at++].mid(2);
    const QString name = word.section(u'=', 0, 0);
    const Option* option = findOption(options, name);
    if (!option)
        option = findOption(actions::globalOptions(), name);
    if (!option)
        return usage(u"There is no option --%1 here."_s.arg(name));
    if (option->kind == OptionKind::Flag) {
        if (word.contains(u'='))
            return usage(u"--%1 takes no value."_s.arg(name));
        return Given {option, QString()};
    }
    if (word.contains(u'='))
        return Given {option, word.section(u'=', 1)};
    if (m_at >= m_words.size())
        return usage(u"--%1 needs a value (%2)."_s.arg(name, option->placeholder));
    return Given {option, m_words[m_at++]};
}

std::optional<QString> Parser::wantedText(const QString& word, const Verb* verb)
{
    if (word == u"--help" || word == u"-h")
        return verb ? actions::helpText(*verb) : actions::helpText();
    if (verb)
        return std::nullopt;
    if (word == u"--version")
        return u"vidimus %1\n"_s.arg(m_version);
    if (word == u"--man")
        return actions::manPage(m_version);
    if (word == u"--completion=bash")
        return actions::completionScript(actions::Shell::Bash);
    if (word == u"--completion=zsh")
        return actions::completionScript(actions::Shell::Zsh);
    if (word == u"--completion=fish")
        return actions::completionScript(actions::Shell::Fish);
    return std::nullopt;
}

Result<std::variant<Arguments, TextWanted>> Parser::parse()
{
    while (m_at < m_words.size() && m_words[m_at].startsWith(u'-')) {
        if (const auto text = wantedText(m_words[m_at], nullptr))
            return std::variant<Arguments, TextWanted>(TextWanted {*text});
        if (!m_words[m_at].startsWith(u"--"))
            return usage(u"There is no option %1."_s.arg(m_words[m_at]));
        if (auto taken = takeGlobal(); !taken)
            return std::move(taken).error();
    }
    if (m_at >= m_words.size())
        return usage(u"No verb is given. \"vidimus --help\" lists them."_s);
    const Verb* verb = findVerbIn(m_words, m_at);
    if (!verb) {
        const QString next = m_words.value(m_at + 1);
        if ((next == u"--help" || next == u"-h") && !partsOf(m_words[m_at]).isEmpty())
            return std::variant<Arguments, TextWanted>(TextWanted {familyHelp(m_words[m_at])});
        return usage(noVerb(m_words[m_at], next));
    }
    m_at += QString(verb->name).count(u' ') + 1;
    return parseVerb(*verb);
}

Result<void> Parser::takeGlobal()
{
    auto given = takeOption({});
    if (!given)
        return std::move(given).error();
    if (given->option->name == "workspace"_L1)
        m_arguments.workspace = given->value;
    else if (given->option->name == "profile"_L1)
        m_arguments.profile = given->value;
    else if (given->option->name == "catalog-token"_L1)
        m_arguments.tokenFile = given->value;
    else if (given->option->name == "json"_L1)
        m_arguments.json = true;
    else
        m_arguments.quiet = true;
    return {};
}

Result<std::variant<Arguments, TextWanted>> Parser::parseVerb(const Verb& verb)
{
    m_arguments.request.verb = QString(verb.name);
    bool onlyOperands = false;
    while (m_at < m_words.size()) {
        const QString& word = m_words[m_at];
        if (!onlyOperands) {
            if (const auto text = wantedText(word, &verb))
                return std::variant<Arguments, TextWanted>(TextWanted {*text});
        }
        if (!onlyOperands && word == u"--") {
            onlyOperands = true;
            ++m_at;
        } else if (!onlyOperands && word.startsWith(u"--")) {
            const QString name = word.mid(2).section(u'=', 0, 0);
            if (!findOption(verb.options, name) && findOption(actions::globalOptions(), name)) {
                if (auto taken = takeGlobal(); !taken)
                    return std::move(taken).error();
                continue;
            }
            auto given = takeOption(verb.options);
            if (!given)
                return std::move(given).error();
            m_arguments.request.options.insert(QString(given->option->name), given->value);
        } else {
            m_arguments.request.operands.append(word);
            ++m_at;
        }
    }
    if (auto checked = checkVerb(verb); !checked)
        return std::move(checked).error();
    return std::variant<Arguments, TextWanted>(m_arguments);
}

Result<void> Parser::checkVerb(const Verb& verb)
{
    const qsizetype count = m_arguments.request.operands.size();
    if (count < verb.minOperands || (verb.maxOperands >= 0 && count > verb.maxOperands)) {
        return usage(verb.operands.isEmpty() ? u"\"%1\" takes no operands."_s.arg(verb.name)
                                             : u"\"%1\" needs: %2"_s.arg(verb.name, verb.operands));
    }
    for (const Option& option : verb.options) {
        if (option.required && !m_arguments.request.has(QString(option.name)))
            return usage(u"\"%1\" needs --%2 %3."_s.arg(verb.name, option.name, option.placeholder));
    }
    return {};
}

} // namespace

Result<std::variant<Arguments, TextWanted>> parseArguments(const QStringList& words, const QString& version)
{
    return Parser(words, version).parse();
}

} // namespace vidimus::cli
