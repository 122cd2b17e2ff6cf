#pragma once

#include "core/base/unique_fd.h"

#include <functional>
#include <memory>

class QSocketNotifier;

namespace vidimus::studio {

/// Calls \a quit on the ui thread when the system asks the program to end (SIGTERM, SIGINT, SIGHUP). One per program.
class QuitSignals {
public:
    explicit QuitSignals(std::function<void()> quit);
    ~QuitSignals();
    QuitSignals(const QuitSignals&) = delete;
    QuitSignals& operator=(const QuitSignals&) = delete;

private:
    UniqueFd m_read;
    UniqueFd m_write;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace vidimus::studio
