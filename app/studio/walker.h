#pragma once

#include "app/studio/services.h"

namespace vidimus::studio {

/// Drives a studio from within: shows pages, waits, takes pictures, and keeps what was wrong. Ui thread; runs the event
/// loop while it waits, so it is for --self-test and --screenshots only.
class Walker {
public:
    explicit Walker(QApplication& application)
        : m_application(application)
    {
    }

    /// A studio on \a arguments' workspace, ready or refused; null and a fault when it is neither in time.
    [[nodiscard]] std::unique_ptr<Services> start(const Arguments& arguments, const QSize& size);
    /// Waits as long as jobs may take; what did not come true is a fault.
    void waitUntil(const std::function<bool()>& condition, const QString& fault);
    /// Waits until no job is queued or running.
    void waitForJobs(Services& services);
    /// Runs \a work beside the window and waits for it.
    void runBeside(const QString& name, const std::function<Result<void>()>& work);
    /// Shows a page and lets it read what it shows.
    void show(Services& services, const QString& pageId);
    /// Waits until the window's picture is the same twice.
    void settle(QWidget& window);
    /// Looks at the window as it is: it must have painted something, and everything that takes the focus needs a name.
    void inspect(QWidget& window, const QString& what);
    void save(QWidget& window, const QString& path);
    bool waitFor(const std::function<bool()>& condition, int milliseconds);

    void fail(const QString& what);
    void say(const QString& line);
    [[nodiscard]] int faultCount() const { return static_cast<int>(m_faults.size()); }
    [[nodiscard]] const QStringList& faults() const { return m_faults; }

private:
    QApplication& m_application;
    QStringList m_faults;
};

/// Focusable widgets of \a window that a screen reader could not name, as "class (object name)".
[[nodiscard]] QStringList namelessWidgets(const QWidget& window);

/// What is wrong when Tab is pressed until it comes round: a control that is passed by, or one that is visited twice.
[[nodiscard]] QStringList tabFaults(QWidget& window);

} // namespace vidimus::studio
