#include "app/studio/arguments.h"
#include "app/studio/frame_memory.h"
#include "app/studio/language.h"
#include "app/studio/quit_signals.h"
#include "app/studio/services.h"
#include "app/studio/trace.h"
#include "app/studio/walk.h"
#include "core/workbench/verb.h"

#include <QApplication>
#include <QDir>
#include <QIcon>
#include <cstdio>

using namespace vidimus;
using namespace Qt::StringLiterals;

namespace {

void print(std::FILE* to, const QString& text)
{
    const QByteArray bytes = text.toLocal8Bit();
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), to);
}

QStringList wordsOf(int argc, char** argv)
{
    QStringList words;
    for (int i = 1; i < argc; ++i)
        words << QString::fromLocal8Bit(argv[i]);
    return words;
}

} // namespace

int main(int argc, char** argv)
{
    studio::trace("main");
    QCoreApplication::setApplicationName(u"vidimus"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(VIDIMUS_VERSION));
    QGuiApplication::setDesktopFileName(u"vidimus-studio"_s);
    QGuiApplication::setHighDpiScaleFactorRoundingPolicy(Qt::HighDpiScaleFactorRoundingPolicy::PassThrough);
    auto arguments = studio::parseArguments(wordsOf(argc, argv), QDir::currentPath());
    if (!arguments) {
        print(stderr, u"vidimus-studio: %1\n"_s.arg(arguments.error().detail));
        return static_cast<int>(workbench::ExitCode::Usage);
    }
    if (arguments->task == studio::Arguments::Task::Help) {
        print(stdout, studio::helpText());
        return 0;
    }
    if (arguments->task == studio::Arguments::Task::Version) {
        print(stdout, u"vidimus-studio %1\n"_s.arg(QCoreApplication::applicationVersion()));
        return 0;
    }
    const bool isWalk = arguments->task != studio::Arguments::Task::Run;
    if (isWalk && !qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");

    if (isWalk && arguments->scalePercent != 100)
        qputenv("QT_SCALE_FACTOR", QByteArray::number(arguments->scalePercent / 100.0));
    QApplication application(argc, argv);
    QApplication::setWindowIcon(QIcon(u":/vidimus/desktop/vidimus.svg"_s));
    const auto memory = studio::FrameMemory::read(studio::workspaceFolderOf(*arguments));
    studio::useLanguage(application, isWalk ? arguments->language : memory.language);
    studio::trace("application");
    if (isWalk)
        return studio::walk(application, *std::move(arguments));

    studio::Services services(application, *std::move(arguments));
    const studio::QuitSignals quitSignals([&services] { services.window().close(); });
    services.start();
    return QApplication::exec();
}
