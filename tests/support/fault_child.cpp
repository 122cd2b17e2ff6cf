#include "support/fault_child.h"

#include <QCoreApplication>
#include <QProcess>
#include <cerrno>
#include <cstdio>
#include <dlfcn.h>

namespace vidimus::test {

using namespace Qt::StringLiterals;

namespace {
constexpr int kNotRun = 70;
constexpr int kPatienceMilliseconds = 60'000;
} // namespace

FaultOutcome actInFaultChild(const QString& scenario, const QString& folder, int at, const QString& fault)
{
    QProcess child;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"LD_PRELOAD"_s, QCoreApplication::applicationDirPath() + u"/libvidimus_fault_shim.so"_s);
    environment.insert(u"VIDIMUS_FAULT_ROOT"_s, folder);
    environment.insert(u"VIDIMUS_FAULT_AT"_s, QString::number(at));
    const int number = fault == u"full"_s ? ENOSPC : fault == u"interrupted"_s ? EINTR : EIO;
    environment.insert(u"VIDIMUS_FAULT_ERRNO"_s, QString::number(number));
    if (fault == u"short"_s)
        environment.insert(u"VIDIMUS_FAULT_SHORT"_s, u"1"_s);
    child.setProcessEnvironment(environment);
    child.start(QCoreApplication::applicationFilePath(), {u"--scenario"_s, scenario, folder});
    if (!child.waitForFinished(kPatienceMilliseconds) || child.exitStatus() != QProcess::NormalExit
        || child.exitCode() == kNotRun)
        qFatal("the child of %s died at call %d", qPrintable(scenario), at);
    const QString line = QString::fromUtf8(child.readAllStandardOutput()).trimmed();
    return {child.exitCode() == 0, line.section(u' ', 0, 0).toInt(), line.section(u' ', 1)};
}

int actAsFaultChild(const std::function<Result<void>(const QString& folder)>& act, const QString& folder)
{
    const auto arm = reinterpret_cast<void (*)()>(dlsym(RTLD_DEFAULT, "vidimus_fault_arm"));
    const auto count = reinterpret_cast<long (*)()>(dlsym(RTLD_DEFAULT, "vidimus_fault_count"));
    if (!arm || !count || !act)
        return kNotRun;
    arm();
    const auto done = act(folder);
    const long calls = count();
    std::printf("%ld %s\n", calls, done ? "done" : qPrintable(done.error().detail));
    return done ? 0 : 1;
}

} // namespace vidimus::test
