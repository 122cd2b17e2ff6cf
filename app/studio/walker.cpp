#include "app/studio/walker.h"

#include "core/jobs/job.h"
#include "core/workbench/outbox_desk.h"
#include "core/workbench/task_runner.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QElapsedTimer>
#include <QKeyEvent>
#include <QScrollBar>
#include <QSet>
#include <cstdio>
#include <thread>

namespace vidimus::studio {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int kOpenPatience = 60'000; // milliseconds, on a machine that is busy with other things
constexpr int kJobsPatience = 300'000;
constexpr int kSettlePatience = 6'000;
constexpr int kStill = 350; // a picture that did not change for this long is finished
constexpr int kPause = 20;

bool isPainted(const QImage& picture)
{
    const QRgb first = picture.pixel(0, 0);
    for (int y = 0; y < picture.height(); y += 7) {
        for (int x = 0; x < picture.width(); x += 7) {
            if (picture.pixel(x, y) != first)
                return true;
        }
    }
    return false;
}

} // namespace

QStringList namelessWidgets(const QWidget& window)
{
    QStringList nameless;
    for (QWidget* widget : window.findChildren<QWidget*>()) {
        const bool inner = qobject_cast<QScrollBar*>(widget) || widget->objectName().startsWith(u"qt_");
        if (inner || !widget->isVisible() || widget->focusPolicy() == Qt::NoFocus || widget->focusProxy())
            continue;
        QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(widget);
        if (!interface || interface->text(QAccessible::Name).trimmed().isEmpty())
            nameless << u"%1 (%2)"_s.arg(QLatin1StringView(widget->metaObject()->className()), widget->objectName());
    }
    return nameless;
}

QStringList tabFaults(QWidget& window)
{
    constexpr int kMostStops = 400;
    const auto describe = [](const QWidget* widget) {
        return u"%1 (%2)"_s.arg(QLatin1StringView(widget->metaObject()->className()), widget->accessibleName());
    };
    QWidget* const first = QApplication::focusWidget();
    if (!first || !window.isAncestorOf(first))
        return {u"nothing has the focus"_s};
    QStringList faults;
    QSet<QWidget*> visited;
    const QWidget* second = nullptr;
    for (QWidget* at = first; visited.size() < kMostStops;) {
        visited.insert(at);
        QKeyEvent press(QEvent::KeyPress, Qt::Key_Tab, Qt::NoModifier);
        QCoreApplication::sendEvent(at, &press);
        at = QApplication::focusWidget();
        if (!at)
            return {u"Tab leaves the window"_s};
        if (at == first)
            break;
        if (visited.contains(at)) {
            // Where the page rests need not be a stop of Tab itself; then the round begins at the stop after it.
            if (at != second)
                faults << u"Tab comes to %1 twice"_s.arg(describe(at));
            break;
        }
        if (!second)
            second = at;
    }
    for (QWidget* widget : window.findChildren<QWidget*>()) {
        const bool stops = widget->isVisible() && widget->isEnabled() && !widget->focusProxy()
            && (widget->focusPolicy() & Qt::TabFocus) && !widget->objectName().startsWith(u"qt_")
            && !qobject_cast<QScrollBar*>(widget);
        if (stops && !visited.contains(widget))
            faults << u"Tab passes by %1"_s.arg(describe(widget));
    }
    first->setFocus(Qt::OtherFocusReason);
    return faults;
}

bool Walker::waitFor(const std::function<bool()>& condition, int milliseconds)
{
    QElapsedTimer timer;
    timer.start();
    while (!condition()) {
        if (timer.elapsed() > milliseconds)
            return false;
        QCoreApplication::processEvents(QEventLoop::AllEvents, kPause);
        std::this_thread::sleep_for(5ms);
    }
    return true;
}

void Walker::fail(const QString& what)
{
    m_faults << what;
    say(u"FAULT %1"_s.arg(what));
}

void Walker::say(const QString& line)
{
    const QByteArray bytes = line.toUtf8() + '\n';
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stdout);
    std::fflush(stdout);
}

std::unique_ptr<Services> Walker::start(const Arguments& arguments, const QSize& size)
{
    auto services = std::make_unique<Services>(m_application, arguments);
    bool ended = false;
    bool prepared = !arguments.demo;
    QObject::connect(services.get(), &Services::ready, services.get(), [&ended] { ended = true; });
    QObject::connect(services.get(), &Services::refused, services.get(), [&ended, &prepared] {
        ended = true;
        prepared = true;
    });
    QObject::connect(services.get(), &Services::demoPrepared, services.get(), [&prepared] { prepared = true; });
    services->start();
    services->window().setWindowState(Qt::WindowNoState);
    services->window().resize(size);
    const bool inTime = waitFor([&] { return ended && prepared; }, kOpenPatience);
    services->disconnect(services.get());
    if (inTime) {
        services->window().resize(size);
        return services;
    }
    fail(u"the workspace was not ready in time"_s);
    return nullptr;
}

void Walker::waitUntil(const std::function<bool()>& condition, const QString& fault)
{
    if (!waitFor(condition, kJobsPatience))
        fail(fault);
}

void Walker::waitForJobs(Services& services)
{
    bool asking = false;
    bool idle = false;
    QElapsedTimer sinceAsked;
    sinceAsked.start();
    const auto ask = [&] {
        if (!asking && sinceAsked.elapsed() > 300) {
            asking = true;
            services.workspace()->tasks().run(
                &services, [workspace = services.workspace()] { return workbench::listJobs(*workspace, 200); },
                [&](const Result<std::vector<jobs::Job>>& list) {
                    asking = false;
                    sinceAsked.restart();
                    idle = list && std::ranges::none_of(*list, [](const jobs::Job& job) {
                        return job.state == jobs::JobState::Queued || job.state == jobs::JobState::Running;
                    });
                });
        }
        return idle;
    };
    if (!waitFor(ask, kJobsPatience))
        fail(u"the jobs did not end in time"_s);
    waitFor([&] { return !asking; }, kOpenPatience);
}

void Walker::runBeside(const QString& name, const std::function<Result<void>()>& work)
{
    std::atomic<bool> done = false;
    Result<void> result;
    std::jthread thread([&] {
        result = work();
        done = true;
    });
    waitFor([&done] { return done.load(); }, kJobsPatience);
    thread.join();
    if (!result)
        fail(u"%1: %2"_s.arg(name, result.error().detail));
}

void Walker::show(Services& services, const QString& pageId)
{
    services.window().showPage(pageId);
    if (services.window().currentPageId() != pageId)
        fail(u"page %1 is not shown"_s.arg(pageId));
    settle(services.window());
}

void Walker::settle(QWidget& window)
{
    QElapsedTimer patience;
    patience.start();
    QElapsedTimer still;
    still.start();
    QImage before;
    while (patience.elapsed() < kSettlePatience && still.elapsed() < kStill) {
        waitFor([] { return false; }, kPause * 3);
        const QImage now = window.grab().toImage();
        if (now != before)
            still.restart();
        before = now;
    }
}

void Walker::inspect(QWidget& window, const QString& what)
{
    if (!isPainted(window.grab().toImage()))
        fail(u"%1 has painted nothing"_s.arg(what));
    const QStringList nameless = namelessWidgets(window);
    for (const QString& widget : nameless)
        fail(u"%1: %2 has no accessible name"_s.arg(what, widget));
    const auto* frame = qobject_cast<ui::shell::MainWindow*>(&window);
    if (frame && !frame->overlay()) { // an overlay keeps the focus to itself
        for (const QString& fault : tabFaults(window))
            fail(u"%1: %2"_s.arg(what, fault));
    }
    say(u"walked %1"_s.arg(what));
}

void Walker::save(QWidget& window, const QString& path)
{
    if (window.grab().save(path, "PNG"))
        say(path);
    else
        fail(u"%1 cannot be written"_s.arg(path));
}

} // namespace vidimus::studio
