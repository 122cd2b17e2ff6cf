#include "app/cli/arguments.h"
#include "app/cli/print_reply.h"
#include "app/cli/terminal.h"
#include "core/base/json.h"
#include "core/base/unique_fd.h"
#include "core/workbench/run_verb.h"
#include "core/workbench/workspace_paths.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QLoggingCategory>
#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

using namespace vidimus;
using namespace Qt::StringLiterals;

namespace {

const CancelSource* interrupted = nullptr;
int signalFd = -1;

void onSignal(int)
{
    const int before = errno;
    interrupted->cancel();
    eventfd_write(signalFd, 1);
    errno = before;
}

/// Operands and options that name a file are made absolute here, because the verb may run inside the studio.
void makePathsAbsolute(workbench::VerbRequest& request)
{
    static const QStringList kAllPaths {u"ingest"_s, u"probe"_s, u"check"_s, u"fix"_s, u"transcode"_s,
        u"rights import"_s, u"rights verify"_s, u"availability delta"_s, u"availability apply"_s,
        u"availability query"_s, u"fingerprint"_s, u"match"_s, u"bank import"_s, u"backup"_s, u"restore"_s,
        u"audit verify"_s, u"checks save"_s};
    const QDir here = QDir::current();
    if (kAllPaths.contains(request.verb)) {
        for (QString& operand : request.operands)
            operand = QDir::cleanPath(here.absoluteFilePath(operand));
    } else if (request.verb == u"availability serve" && !request.operands.first().startsWith(u"http")) {
        request.operands[0] = QDir::cleanPath(here.absoluteFilePath(request.operands.first()));
    } else if (request.verb == u"models" && request.operands.size() == 2
        && (request.operands[1].contains(u'/') || request.operands[1].endsWith(u".json"))) {
        request.operands[1] = QDir::cleanPath(here.absoluteFilePath(request.operands[1]));
    } else if ((request.verb == u"policy" || (request.verb == u"rights draft" && request.operands.value(0) == u"keep"))
        && request.operands.size() == 2) {
        request.operands[1] = QDir::cleanPath(here.absoluteFilePath(request.operands[1]));
    }
    for (const QString& option : {u"ladder"_s, u"checks"_s, u"out"_s, u"file"_s, u"marked-up"_s, u"set"_s, u"bank"_s,
             u"plan"_s, u"after"_s, u"reverse"_s, u"cache"_s, u"token-file"_s}) {
        const bool isName = option == u"ladder" || option == u"checks";
        const auto found = request.options.find(option);
        if (found != request.options.end() && (!isName || found->contains(u'/') || found->endsWith(u".json")))
            *found = QDir::cleanPath(here.absoluteFilePath(*found));
    }
}

/// Becomes the studio on the demo workspace.
int startStudio()
{
    const bool hasDisplay = std::ranges::any_of(std::array {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"},
        [](const char* variable) { return !qEnvironmentVariableIsEmpty(variable); });
    if (!hasDisplay) {
        cli::printError(u"vidimus demo: there is no display here. \"vidimus demo --headless\" needs none.\n"_s);
        return static_cast<int>(workbench::ExitCode::MissingPart);
    }
    const QByteArray program = QFile::encodeName(QCoreApplication::applicationDirPath() + u"/vidimus-studio"_s);
    execl(program.constData(), program.constData(), "--demo", nullptr);
    cli::printError(u"vidimus demo: the studio is not installed here. \"vidimus demo --headless\" needs none.\n"_s);
    return static_cast<int>(workbench::ExitCode::MissingPart);
}

/// Becomes the reader process.
int startReader(const workbench::VerbRequest& request)
{
    QByteArrayList words {QFile::encodeName(QCoreApplication::applicationDirPath() + u"/vidimus-catalogd"_s), "follow",
        QFile::encodeName(request.operands.first())};
    const std::initializer_list<std::pair<QString, QByteArray>> options {{u"listen"_s, "--listen"},
        {u"cache"_s, "--data"}, {u"token-file"_s, "--token-file"}, {u"public-key"_s, "--public-key"}};
    for (const auto& [name, flag] : options) {
        if (request.has(name))
            words << flag << QFile::encodeName(request.options.value(name));
    }
    std::vector<char*> arguments;
    for (QByteArray& word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    execv(arguments.front(), arguments.data());
    cli::printError(u"vidimus availability serve: vidimus-catalogd is not installed here.\n"_s);
    return static_cast<int>(workbench::ExitCode::MissingPart);
}

/// "schema" stands first, so that a reader knows from the first bytes what comes.
QString jsonText(const QJsonObject& json)
{
    QJsonObject rest = json;
    const QJsonObject schema {{u"schema"_s, rest.take(u"schema"_s)}};
    const QByteArray first = toJson(schema);
    if (rest.isEmpty())
        return QString::fromUtf8(first) + u'\n';
    return QString::fromUtf8(first.chopped(1) + ',' + toJson(rest).mid(1)) + u'\n';
}

/// Serves until a signal comes. It may come at any moment and to any thread, so it is told through a descriptor.
void waitForSignal()
{
    pollfd waiting {signalFd, POLLIN, 0};
    while (poll(&waiting, 1, -1) < 0 && errno == EINTR) { }
}

int printReply(const cli::Arguments& arguments, const workbench::VerbReply& reply)
{
    // The log is for "audit verify FILE", however it is asked for.
    const bool isData = arguments.request.verb == u"audit export" && !reply.json.contains(u"error"_s);
    if (arguments.json || isData)
        cli::printOut(jsonText(reply.json));
    else if (reply.json.contains(u"error"_s))
        cli::printError(u"vidimus %1: "_s.arg(arguments.request.verb) + cli::textOf(arguments.request.verb, reply));
    else
        cli::printOut(cli::textOf(arguments.request.verb, reply));
    return static_cast<int>(reply.exitCode);
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    // People read answers here; what a store says of itself at its start is in `doctor`. QT_LOGGING_RULES overrules.
    QLoggingCategory::setFilterRules(u"vidimus.*.info=false"_s);
    QCoreApplication::setApplicationName(u"vidimus"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(VIDIMUS_VERSION));

    const QStringList words = QCoreApplication::arguments().mid(1);
    auto parsed = cli::parseArguments(words, QCoreApplication::applicationVersion());
    if (!parsed) {
        if (words.contains(u"--json"_s)) // one object whatever happens, so that a script has one thing to read
            cli::printOut(jsonText(workbench::failedReply(u"usage"_s, parsed.error()).json));
        cli::printError(u"vidimus: %1\n"_s.arg(cli::safeText(parsed.error().detail)));
        return static_cast<int>(workbench::ExitCode::Usage);
    }
    if (const auto* wanted = std::get_if<cli::TextWanted>(&*parsed)) {
        cli::printOut(wanted->text);
        return 0;
    }
    auto arguments = std::get<cli::Arguments>(std::move(*parsed));
    makePathsAbsolute(arguments.request);

    const CancelSource cancel;
    interrupted = &cancel;
    const UniqueFd wake(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    signalFd = wake.get();
    std::signal(SIGINT, onSignal);
    std::signal(SIGTERM, onSignal);
    std::signal(SIGPIPE, SIG_IGN);

    cli::Terminal terminal(arguments.quiet);
    const QString folder = arguments.workspace.isEmpty() ? workbench::defaultWorkspaceFolder() : arguments.workspace;
    const workbench::CommandOptions options {
        QDir::cleanPath(QDir::current().absoluteFilePath(folder)), arguments.profile, arguments.tokenFile};
    if (arguments.request.verb == u"demo" && !arguments.request.has(u"headless"_s)) {
        if (!arguments.request.has(u"exit"_s))
            return startStudio();
        const Error error {ErrorCode::Invalid, u"--exit goes with --headless"_s, "usage"};
        return printReply(arguments, workbench::failedReply(arguments.request.verb, error));
    }
    if (arguments.request.verb == u"availability serve")
        return startReader(arguments.request);
    const auto reply = workbench::runCommand(options, arguments.request, cancel.token(),
        [&terminal](double share, const QString& line) { terminal.note(share, line); });
    terminal.clear();
    const int code = printReply(arguments, reply);
    if (reply.hold)
        waitForSignal();
    return code;
}
