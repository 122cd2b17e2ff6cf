#include "core/actions/action.h"
#include "core/actions/verb.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace vidimus::actions;
using namespace Qt::StringLiterals;

/// The texts made from the registry are what other programs take them for: shell scripts and a man page.
class TestTexts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void helpFitsATerminal();
    void helpShowsTheGrammar_data();
    void helpShowsTheGrammar();
    void grammarIsAscii();
    void optionsAreWellNamed();
    void manPageIsCleanTroff();
    void manPageRenders();
    void manPageKeepsHostileVersions();
    void bashTakesTheCompletion();
    void bashCompletes_data();
    void bashCompletes();
    void completionsHaveNoStrayQuotes();
    void fishOffersEveryWordAndOption();
    void verbsAreFoundOnlyWhole();
    void actionsHaveATitleForTheirGroup();
    void keysAreWellFormed();

private:
    QString bash(const QString& script);
    QString m_errors;
    int m_exit = -1;
};

namespace {

/// A quoted text for a shell.
QString quoted(QString text)
{
    return u'\'' + text.replace(u'\'', u"'\\''"_s) + u'\'';
}

} // namespace

QString TestTexts::bash(const QString& script)
{
    QProcess shell;
    shell.start(u"bash"_s, {u"--norc"_s, u"--noprofile"_s, u"-c"_s, script});
    if (!shell.waitForFinished())
        return {};
    m_errors = QString::fromUtf8(shell.readAllStandardError());
    m_exit = shell.exitCode();
    return QString::fromUtf8(shell.readAllStandardOutput());
}

void TestTexts::helpFitsATerminal()
{
    const QStringList lines = helpText().split(u'\n');
    for (const QString& line : lines) {
        QVERIFY2(line.size() <= 120, qPrintable(line));
        QVERIFY2(line == QString(line).remove(QRegularExpression(u"\\s+$"_s)), qPrintable(line));
    }
    QVERIFY(helpText().endsWith(u'\n'));
}

void TestTexts::helpShowsTheGrammar_data()
{
    QTest::addColumn<QString>("verb");
    QTest::addColumn<QString>("usage");
    // The contract of the command line: these lines may gain options, but what stands here stays.
    QTest::newRow("decide") << u"decide"_s << u"decide ASSET pass|reject|escalate|duplicate|clear"_s;
    QTest::newRow("transcode") << u"transcode"_s
                               << u"transcode PATH [--ladder NAME|FILE] --out DIR [--encoder auto|ID]"_s;
    QTest::newRow("explain")
        << u"rights explain"_s
        << u"rights explain TITLE --country CC [--subdivision CC-S] --site ID --offer ID [--at T]"_s;
    QTest::newRow("import") << u"rights import"_s << u"rights import FILE [--licensor NAME] [--zone ZONE]"_s;
    QTest::newRow("demo") << u"demo"_s << u"demo [--headless] [--exit]"_s;
    QTest::newRow("audit") << u"audit verify"_s << u"audit verify [FILE]"_s;
}

void TestTexts::helpShowsTheGrammar()
{
    QFETCH(QString, verb);
    QFETCH(QString, usage);
    const Verb* found = findVerb(verb);
    QVERIFY(found);
    QVERIFY2(helpText(*found).startsWith(u"Usage: vidimus "_s + usage), qPrintable(helpText(*found)));
    QVERIFY(helpText(*found).contains(u"Exit codes"_s));
}

void TestTexts::grammarIsAscii()
{
    // A Latin-1 literal with anything else in it is printed as two or three wrong letters.
    const auto isAscii = [](QLatin1StringView text) {
        return std::all_of(text.begin(), text.end(), [](char letter) { return uchar(letter) < 0x80; });
    };
    for (const Verb& verb : allVerbs()) {
        QVERIFY2(isAscii(verb.operands), verb.name.data());
        for (const Option& option : verb.options)
            QVERIFY2(isAscii(option.placeholder), option.name.data());
    }
    QVERIFY(!manPage(u"0.1.0"_s).contains(QChar(0xc2)) && !manPage(u"0.1.0"_s).contains(QChar(0xe2)));
}

void TestTexts::optionsAreWellNamed()
{
    static const QRegularExpression name(u"\\A[a-z][a-z0-9-]*\\z"_s);
    const auto check = [](std::span<const Option> options) {
        QStringList seen;
        for (const Option& option : options) {
            QVERIFY2(name.match(option.name).hasMatch(), option.name.data());
            QVERIFY2(!seen.contains(option.name), option.name.data());
            QCOMPARE(option.placeholder.isEmpty(), option.kind == OptionKind::Flag);
            QVERIFY(option.help && *option.help);
            seen.append(QString(option.name));
        }
    };
    check(globalOptions());
    for (const Verb& verb : allVerbs()) {
        check(verb.options);
        for (const Option& option : verb.options) { // one that stands before the verb cannot stand after it as well
            for (const Option& global : globalOptions())
                QVERIFY2(option.name != global.name, option.name.data());
        }
    }
}

void TestTexts::manPageIsCleanTroff()
{
    static const QRegularExpression request(u"\\A\\.(TH|SH|TP|B|br)( |\\z)"_s);
    static const QRegularExpression escape(u"\\\\(?![-e&]|f[BIR])"_s);
    const QStringList lines = manPage(u"0.1.0"_s).split(u'\n');
    QVERIFY(lines.first().startsWith(u".TH VIDIMUS 1 "_s));
    for (const QString& line : lines) {
        QVERIFY2(!line.startsWith(u'\''), qPrintable(line));
        if (line.startsWith(u'.'))
            QVERIFY2(request.match(line).hasMatch(), qPrintable(line));
        QVERIFY2(!line.contains(escape), qPrintable(line));
    }
}

void TestTexts::manPageRenders()
{
    if (QStandardPaths::findExecutable(u"groff"_s).isEmpty())
        QSKIP("groff is not installed");
    QProcess groff;
    groff.start(u"groff"_s, {u"-k"_s, u"-ww"_s, u"-man"_s, u"-Tutf8"_s, u"-P-cbou"_s});
    QVERIFY(groff.waitForStarted());
    groff.write(manPage(u"0.1.0"_s).toUtf8());
    groff.closeWriteChannel();
    QVERIFY(groff.waitForFinished());
    QCOMPARE(groff.exitCode(), 0);
    const QByteArray warnings = groff.readAllStandardError();
    QVERIFY2(warnings.isEmpty(), warnings.constData());
    const QString text = QString::fromUtf8(groff.readAllStandardOutput()).simplified();
    for (const Verb& verb : allVerbs())
        QVERIFY2(text.contains(verb.name), verb.name.data());
    QVERIFY(text.contains(u"--date-only-end RULE"_s)); // hyphens that can be copied
    QVERIFY(text.contains(u"2 usage"_s));
}

void TestTexts::manPageKeepsHostileVersions()
{
    QVERIFY(manPage(u"0.1.0-rc1"_s).contains(u"0.1.0"_s));
    QCOMPARE(manPage(u"1"_s).count(u".SH "_s), manPage(u"2"_s).count(u".SH "_s));
}

void TestTexts::bashTakesTheCompletion()
{
    QTemporaryDir dir;
    QFile file(dir.filePath(u"vidimus"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(completionScript(Shell::Bash).toUtf8());
    file.close();
    bash(u"bash -n "_s + quoted(file.fileName()));
    QCOMPARE(m_exit, 0);
    QVERIFY2(m_errors.isEmpty(), qPrintable(m_errors));
}

void TestTexts::bashCompletes_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<QStringList>("offered");
    QTest::newRow("verb") << u"tran"_s << QStringList {u"transcode"_s};
    QTest::newRow("verbs") << u"re"_s << QStringList {u"restore"_s};
    QTest::newRow("several") << u"pub"_s << (QStringList {u"publish"_s, u"publication"_s});
    QTest::newRow("option") << u"--date-only"_s << QStringList {u"--date-only-end"_s};
    QTest::newRow("nothing") << u"--nosuch"_s << QStringList();
    QTest::newRow("hostile") << u"$(touch x)"_s << QStringList();
}

void TestTexts::bashCompletes()
{
    QFETCH(QString, word);
    QFETCH(QStringList, offered);
    const QTemporaryDir empty; // no files to complete
    const QString answer = bash(u"cd %1\n%2\nCOMP_WORDS=(vidimus %3)\nCOMP_CWORD=1\n_vidimus\n"
                                "printf '%%s\\n' \"${COMPREPLY[@]}\"\nls\n"_s
                                    .arg(quoted(empty.path()), completionScript(Shell::Bash), quoted(word))
                                    .replace(u"%%"_s, u"%"_s));
    QVERIFY2(m_errors.isEmpty(), qPrintable(m_errors));
    QStringList words = answer.split(u'\n', Qt::SkipEmptyParts);
    std::sort(words.begin(), words.end());
    std::sort(offered.begin(), offered.end());
    QCOMPARE(words, offered);
}

void TestTexts::completionsHaveNoStrayQuotes()
{
    for (const Shell shell : {Shell::Zsh, Shell::Fish}) {
        const QStringList lines = completionScript(shell).split(u'\n', Qt::SkipEmptyParts);
        QVERIFY(!lines.isEmpty());
        for (const QString& line : lines) {
            const auto quotes = QString(line).remove(u"\\'"_s).count(u'\'');
            QVERIFY2(quotes % 2 == 0, qPrintable(line));
        }
    }
    QVERIFY(completionScript(Shell::Zsh).startsWith(u"#compdef vidimus\n"_s)); // or zsh does not load it
    for (const QString& line : completionScript(Shell::Fish).split(u'\n', Qt::SkipEmptyParts))
        QVERIFY2(line.startsWith(u"complete -c vidimus "_s), qPrintable(line));
}

void TestTexts::fishOffersEveryWordAndOption()
{
    const QString script = completionScript(Shell::Fish);
    const auto optionOf = [](const QString& condition, const Option& option) {
        return u"complete -c vidimus%1 -l %2%3 -d '"_s.arg(
            condition, option.name, option.kind == OptionKind::Value ? u" -r"_s : QString());
    };
    for (const Option& option : globalOptions())
        QVERIFY2(script.contains(u'\n' + optionOf({}, option)) || script.startsWith(optionOf({}, option)),
            qPrintable(QString(option.name)));
    for (const Verb& verb : allVerbs()) {
        const QStringList words = QString(verb.name).split(u' ');
        QCOMPARE(script.count(u"-n __fish_use_subcommand -a '%1' "_s.arg(words.first())), 1);
        QString condition = u"__fish_seen_subcommand_from %1"_s.arg(words.first());
        if (words.size() == 2) {
            QVERIFY2(script.contains(u"-n '%1' -a '%2' "_s.arg(condition, words.last())), qPrintable(verb.name));
            condition += u"; and __fish_seen_subcommand_from %1"_s.arg(words.last());
        }
        for (const Option& option : verb.options)
            QVERIFY2(script.contains(optionOf(u" -n '%1'"_s.arg(condition), option)), qPrintable(QString(option.name)));
    }
}

void TestTexts::verbsAreFoundOnlyWhole()
{
    QVERIFY(findVerb(u"rights import"));
    for (const QString& name : {u""_s, u"rights"_s, u"import"_s, u"Rights import"_s, u"rights  import"_s, u"probe "_s})
        QVERIFY2(!findVerb(name), qPrintable(name));
}

void TestTexts::actionsHaveATitleForTheirGroup()
{
    for (const Action& action : allActions()) {
        const char* title = groupTitle(action.group);
        QVERIFY2(title && *title, action.id.data());
        QVERIFY2(QString(action.id).count(u'.') == 1, action.id.data());
        QVERIFY2(QString::fromUtf8(action.text).size() <= 40, action.id.data()); // a row of the palette
    }
}

void TestTexts::keysAreWellFormed()
{
    static const QRegularExpression key(
        u"\\A((Ctrl|Shift|Alt)\\+)*([A-Z0-9]|F[0-9]{1,2}|[A-Z][A-Za-z]+|[-+=,.;:/?!<>{}\\[\\]\\\\'#`*])\\z"_s);
    for (const Action& action : allActions()) {
        const QStringList keys = QString(action.key.sequence).split(u' ', Qt::SkipEmptyParts);
        for (const QString& one : keys) {
            QVERIFY2(key.match(one).hasMatch(), qPrintable(one));
            if (action.key.mode == KeyMode::Any) // a bare letter would be typed into a text field
                QVERIFY2(one.contains(u'+') || one.size() > 1, qPrintable(one));
        }
    }
}

QTEST_GUILESS_MAIN(TestTexts)
#include "tst_texts.moc"
