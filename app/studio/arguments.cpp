#include "app/studio/arguments.h"

#include "app/studio/language.h"
#include "core/workbench/workspace_paths.h"
#include "ui/widgets/theme.h"

#include <QDir>

namespace vidimus::studio {

using namespace Qt::StringLiterals;

Result<Arguments> parseArguments(const QStringList& words, const QString& currentFolder)
{
    Arguments arguments;
    const auto absolute
        = [&currentFolder](const QString& path) { return QDir::cleanPath(QDir(currentFolder).absoluteFilePath(path)); };
    for (qsizetype i = 0; i < words.size(); ++i) {
        const qsizetype equals = words[i].startsWith(u"--") ? words[i].indexOf(u'=') : -1;
        const QString name = equals < 0 ? words[i] : words[i].left(equals);
        const bool takesValue = name == u"--workspace" || name == u"--profile" || name == u"--screenshots"
            || name == u"--language" || name == u"--scale" || name == u"--theme";
        QString value = equals < 0 ? QString() : words[i].mid(equals + 1);
        if (takesValue && equals < 0 && i + 1 < words.size())
            value = words[++i];
        if (takesValue && value.isEmpty())
            return Error {ErrorCode::Invalid, u"%1 needs a value"_s.arg(name), "usage"};
        if (!takesValue && equals >= 0)
            return Error {ErrorCode::Invalid, u"%1 takes no value"_s.arg(name), "usage"};
        if (name == u"--workspace")
            arguments.workspace = absolute(value);
        else if (name == u"--profile")
            arguments.profile = value;
        else if (name == u"--language") {
            if (!isLanguage(value))
                return Error {ErrorCode::Invalid, u"unknown language \"%1\""_s.arg(value), "usage"};
            arguments.language = value;
        } else if (name == u"--scale") {
            if (value != u"100" && value != u"150" && value != u"200")
                return Error {ErrorCode::Invalid, u"the scale is 100, 150 or 200, not \"%1\""_s.arg(value), "usage"};
            arguments.scalePercent = value.toInt();
        } else if (name == u"--theme") {
            if (ui::widgets::schemeChoiceFromName(value) == ui::widgets::SchemeChoice::System)
                return Error {
                    ErrorCode::Invalid, u"the theme is dark, light or high-contrast, not \"%1\""_s.arg(value), "usage"};
            arguments.theme = value;
        } else if (name == u"--demo")
            arguments.demo = true;
        else if (name == u"--help" || name == u"-h")
            arguments.task = Arguments::Task::Help;
        else if (name == u"--version")
            arguments.task = Arguments::Task::Version;
        else if (name == u"--self-test")
            arguments.task = Arguments::Task::SelfTest;
        else if (name == u"--screenshots") {
            arguments.task = Arguments::Task::Screenshots;
            arguments.screenshotFolder = absolute(value);
        } else
            return Error {ErrorCode::Invalid, u"unknown argument \"%1\""_s.arg(name), "usage"};
    }
    return arguments;
}

QString helpText()
{
    return QStringLiteral(
        "Usage: vidimus-studio [OPTION]…\n"
        "Review, clear and publish video.\n\n"
        "  --workspace DIR     work in this folder (default: %1)\n"
        "  --profile NAME      who works, on which catalog (default: the one used last)\n"
        "  --demo              work in the demo's folder, filled with a few clips\n"
        "  --self-test         walk every page offscreen, print what was walked, and end\n"
        "  --screenshots DIR   write a PNG of each page of the demo, and end\n"
        "  --language NAME     of --screenshots and --self-test: en, pseudo (longer texts) or rtl (mirrored)\n"
        "  --scale PERCENT     of --screenshots: 100, 150 or 200\n"
        "  --theme NAME        of --screenshots: dark, light or high-contrast (default: dark and light)\n"
        "  --help, --version\n\n"
        "VIDIMUS_TRACE=1 prints when the start's steps were done.\n")
        .arg(workbench::defaultWorkspaceFolder());
}

QString workspaceFolderOf(const Arguments& arguments)
{
    if (!arguments.workspace.isEmpty())
        return arguments.workspace;
    return QDir::cleanPath(workbench::defaultWorkspaceFolder()) + (arguments.demo ? u"-demo"_s : QString());
}

} // namespace vidimus::studio
