#include "app/studio/attention_feed.h"

#include "app/studio/page_ids.h"
#include "core/catalog/operation.h"
#include "core/jobs/job.h"
#include "core/workbench/events.h"
#include "core/workbench/original_check.h"
#include "core/workbench/outbox_desk.h"
#include "core/workbench/task_runner.h"
#include "core/workbench/workspace.h"
#include "ui/publishing/job_text.h"

#include <QCoreApplication>

namespace vidimus::studio {

using namespace Qt::StringLiterals;
using namespace ui::shell;
using namespace std::chrono_literals;

namespace {

constexpr auto kSoon = 300ms; // several events of one action make one look
constexpr auto kRegularly = 30s; // the disk fills without an event

struct StepWords {
    QLatin1StringView code;
    const char* text;
};
constexpr std::array kSteps {
    StepWords {"retry_job"_L1, QT_TRANSLATE_NOOP("AttentionFeed", "Try again")},
    StepWords {"cancel_job"_L1, QT_TRANSLATE_NOOP("AttentionFeed", "Leave it")},
    StepWords {"open_asset"_L1, QT_TRANSLATE_NOOP("AttentionFeed", "Open item")},
    StepWords {"check_original"_L1, QT_TRANSLATE_NOOP("AttentionFeed", "Check it again")},
    StepWords {"retry_operation"_L1, QT_TRANSLATE_NOOP("AttentionFeed", "Send again")},
    StepWords {"drop_operation"_L1, QT_TRANSLATE_NOOP("AttentionFeed", "Do not send")},
    StepWords {"show_disk"_L1, QT_TRANSLATE_NOOP("AttentionFeed", "Show the disk")},
};

QString stepText(const QString& step)
{
    const QString code = step.section(u':', 0, 0);
    const auto found = std::ranges::find(kSteps, code, &StepWords::code);
    return found == kSteps.end() ? QString() : QCoreApplication::translate("AttentionFeed", found->text);
}

} // namespace

AttentionEntry attentionEntryOf(const workbench::AttentionItem& item)
{
    AttentionEntry entry {.id = item.id, .text = ui::widgets::errorText(item.error), .since = item.since, .steps = {}};
    const auto kind = catalog::operationKindFromName(item.subject.toLatin1());
    const bool isOperation = item.id.startsWith(u"operation:") && kind;
    entry.subject = isOperation ? ui::publishing::operationKindText(*kind) : item.subject;
    //: %1 is a file or title, %2 a sentence that says what is wrong with it
    entry.title = entry.subject.isEmpty()
        ? entry.text.what
        : QCoreApplication::translate("AttentionFeed", "%1: %2").arg(entry.subject, entry.text.what);
    const bool passing = item.error.code == ErrorCode::DiskFull || item.error.code == ErrorCode::Unavailable
        || item.error.code == ErrorCode::TimedOut || item.error.code == ErrorCode::Conflict;
    entry.iconName = item.error.code == ErrorCode::Unavailable ? u"offline"_s : passing ? u"warning"_s : u"cross"_s;
    entry.ink = passing ? ui::widgets::Ink::Warning : ui::widgets::Ink::Rejected;
    for (const QString& step : item.steps) {
        if (const QString text = stepText(step); !text.isEmpty())
            entry.steps.push_back({step, text});
    }
    return entry;
}

AttentionFeed::AttentionFeed(MainWindow& window, workbench::Workspace& workspace, QObject* parent)
    : QObject(parent)
    , m_window(window)
    , m_workspace(workspace)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(kSoon);
    connect(&m_soon, &QTimer::timeout, this, &AttentionFeed::refresh);
    m_regularly.setInterval(kRegularly);
    connect(&m_regularly, &QTimer::timeout, this, &AttentionFeed::refresh);
    m_regularly.start();
    const auto again = [this] {
        if (!m_soon.isActive())
            m_soon.start();
    };
    const auto& events = workspace.events();
    connect(&events, &workbench::WorkspaceEvents::attentionChanged, this, again);
    connect(&events, &workbench::WorkspaceEvents::jobChanged, this, again);
    connect(&events, &workbench::WorkspaceEvents::outboxChanged, this, again);
    connect(
        &window, &MainWindow::attentionStepChosen, this, [this](const QString&, const QString& step) { take(step); });
    m_soon.start();
}

void AttentionFeed::refresh()
{
    m_workspace.tasks().run(
        this, [&workspace = m_workspace] { return workbench::attentionItems(workspace); },
        [this](const Result<std::vector<workbench::AttentionItem>>& items) {
            if (items)
                show(*items);
            else
                m_window.announce(ui::widgets::errorText(items.error()).what);
        });
}

void AttentionFeed::show(const std::vector<workbench::AttentionItem>& items)
{
    AttentionModel& model = m_window.attention();
    QStringList gone;
    for (const AttentionEntry& entry : model.entries()) {
        if (std::ranges::find(items, entry.id, &workbench::AttentionItem::id) == items.end())
            gone << entry.id;
    }
    for (const QString& id : gone)
        model.settle(id, m_workspace.clock().now());
    for (const workbench::AttentionItem& item : items) {
        AttentionEntry entry = attentionEntryOf(item);
        const auto& shown = model.entries();
        const auto known = std::ranges::find(shown, entry.id, &AttentionEntry::id);
        // An unchanged entry keeps its widgets, and with them the focus of whoever reads it.
        if (known == shown.end() || known->title != entry.title || known->steps.size() != entry.steps.size())
            model.put(entry);
    }
}

void AttentionFeed::take(const QString& step)
{
    const QString code = step.section(u':', 0, 0);
    const QString id = step.section(u':', 1);
    if (code == u"open_asset") {
        Q_EMIT assetWanted(AssetId(id));
        return;
    }
    if (code == u"show_disk") {
        m_window.showPage(kDoctorPage);
        return;
    }
    m_workspace.tasks().run(
        this,
        [&workspace = m_workspace, code, id]() -> Result<void> {
            if (code == u"check_original")
                return workbench::verifyOriginal(workspace, id.toLatin1());
            if (code == u"retry_operation")
                return workbench::retryOperation(workspace, OperationId(id));
            if (code == u"drop_operation")
                return workbench::dropOperation(workspace, OperationId(id));
            const auto changed = workbench::changeJob(
                workspace, JobId(id), code == u"retry_job" ? jobs::JobEvent::Retry : jobs::JobEvent::Cancel);
            return changed ? Result<void>() : Result<void>(changed.error());
        },
        [this](const Result<void>& done) {
            if (!done)
                m_window.announce(ui::widgets::errorText(done.error()).what);
            refresh();
        });
}

} // namespace vidimus::studio
