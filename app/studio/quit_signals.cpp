#include "app/studio/quit_signals.h"

#include <QSocketNotifier>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace vidimus::studio {

namespace {

int writeEnd = -1;

/// Async-signal-safe: one byte into a pipe that never blocks.
void onSignal(int)
{
    const char byte = 1;
    [[maybe_unused]] const ssize_t written = write(writeEnd, &byte, 1);
}

} // namespace

QuitSignals::QuitSignals(std::function<void()> quit)
{
    int ends[2] = {-1, -1};
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    m_read = UniqueFd(ends[0]);
    m_write = UniqueFd(ends[1]);
    writeEnd = m_write.get();
    m_notifier = std::make_unique<QSocketNotifier>(m_read.get(), QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(), [this, quit = std::move(quit)] {
        char byte = 0;
        while (read(m_read.get(), &byte, 1) > 0) { }
        quit();
    });
    for (const int signal : {SIGTERM, SIGINT, SIGHUP})
        std::signal(signal, onSignal);
}

QuitSignals::~QuitSignals()
{
    for (const int signal : {SIGTERM, SIGINT, SIGHUP})
        std::signal(signal, SIG_DFL);
}

} // namespace vidimus::studio
