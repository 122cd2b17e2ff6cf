#include "ui/rights/holds_panel.h"

#include "core/moderation/role.h"
#include "core/workbench/availability_feed.h"
#include "core/workbench/events.h"
#include "core/workbench/task_runner.h"
#include "core/workbench/workspace.h"
#include "ui/rights/cell_table_model.h"
#include "ui/rights/problem_text.h"
#include "ui/rights/rights_texts.h"
#include "ui/widgets/button.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/section_header.h"
#include "ui/widgets/table_helpers.h"

#include <QHeaderView>
#include <QJsonArray>
#include <QKeyEvent>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;
using namespace widgets;

namespace {

constexpr int kLookAgainMs = 60'000; // others make holds at their own machines

} // namespace

std::vector<HeldChange> heldChanges(const QJsonObject& reply)
{
    std::vector<HeldChange> held;
    for (const QJsonValue& value : reply.value("items"_L1).toArray()) {
        const QJsonObject one = value.toObject();
        const auto at = parseRfc3339(one.value("at"_L1).toString());
        const QString id = one.value("id"_L1).toString();
        if (id.isEmpty() || !at)
            continue;
        QStringList dark;
        for (const QJsonValue& site : one.value("sites"_L1).toArray())
            //: A site, how many of its cells (title, country and offer) go dark, and how many are live.
            dark.append(HoldsPanel::tr("%1: %2 of %3 cells")
                    .arg(site["site"_L1].toString())
                    .arg(site["lost"_L1].toInteger())
                    .arg(site["live"_L1].toInteger()));
        held.push_back({id, one.value("by"_L1).toString(), one.value("what"_L1).toString(), *at, dark.join(u"; "_s)});
    }
    return held;
}

HoldsPanel::HoldsPanel(workbench::Workspace& workspace, QWidget* parent)
    : Panel(Qt::TopEdge, parent)
    , m_workspace(workspace)
    , m_header(new SectionHeader(tr("Held by the catalog"), this))
    , m_confirm(new Button(tr("Confirm"), Button::Kind::Suggested, this))
    , m_model(new CellTableModel({tr("Asked"), tr("By"), tr("Change"), tr("Goes dark")}, this))
    , m_table(new QTableView(this))
{
    setAccessibleName(tr("Changes that would darken much of a site"));
    m_confirm->setKeyHint(keyText(QKeySequence(Qt::Key_Return)));
    m_header->addTrailing(m_confirm);
    setUpTable(m_table);
    m_table->setModel(m_model);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setAccessibleName(tr("Changes that would darken much of a site"));
    m_table->horizontalHeader()->setSectionResizeMode(3, QHeaderView::Stretch);
    m_table->setColumnWidth(0, 150);
    m_table->setColumnWidth(1, 110);
    m_table->setColumnWidth(2, 180);
    m_table->setMinimumHeight(84);
    column()->addWidget(m_header);
    column()->addWidget(m_table, 1);
    connect(m_confirm, &QAbstractButton::clicked, this, &HoldsPanel::confirmCurrent);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &HoldsPanel::refreshButton);
    const auto lookAgain = [this] {
        if (parentWidget()->isVisible())
            reload();
    };
    for (const auto signal : {&workbench::WorkspaceEvents::sent, &workbench::WorkspaceEvents::attentionChanged})
        connect(&workspace.events(), signal, this, lookAgain);
    auto* again = new QTimer(this);
    again->setInterval(kLookAgainMs);
    connect(again, &QTimer::timeout, this, lookAgain);
    again->start();
    hide();
}

void HoldsPanel::reload()
{
    m_workspace.tasks().run(
        this, [&workspace = m_workspace] { return workbench::availabilityHolds(workspace); },
        [this](const Result<QJsonObject>& reply) {
            if (reply)
                take(heldChanges(*reply));
        });
}

void HoldsPanel::take(const std::vector<HeldChange>& held)
{
    m_held = held;
    std::vector<TableRow> rows;
    for (const HeldChange& one : held)
        rows.push_back(
            {{{instantText(one.at), std::nullopt, {}, {}, false, false, {}},
                 {one.by, Ink::Second, {}, {}, false, false, {}}, {one.what, std::nullopt, {}, {}, false, false, {}},
                 {one.dark, Ink::Rejected, {}, {}, false, false, {}}},
                one.id});
    m_model->setRows(std::move(rows));
    m_header->setCount(QString::number(held.size()));
    setVisible(!held.empty());
    if (!held.empty())
        m_table->selectRow(0);
    refreshButton();
}

void HoldsPanel::refreshButton()
{
    const bool may = moderation::may(m_workspace.me().roles, moderation::Action::EditAvailability);
    m_confirm->setDisabledReason(!may           ? tr("Your role may not change what visitors get.")
            : m_table->currentIndex().isValid() ? QString()
                                                : tr("Choose a change first."));
}

void HoldsPanel::confirmCurrent()
{
    const QString id = m_model->idAt(m_table->currentIndex().row());
    if (id.isEmpty() || !m_confirm->isEnabled())
        return;
    m_workspace.tasks().run(
        this, [&workspace = m_workspace, id] { return workbench::confirmAvailabilityHold(workspace, id); },
        [this](const Result<QJsonObject>& done) {
            // The catalog knows who asked; it refuses the same person.
            Q_EMIT announced(done ? tr("Confirmed. Whoever asked sends it again, within the hour.")
                    : done.error().reason == "same_person" ? tr("You asked for it; another person has to confirm it.")
                                                           : problemSentence(done.error()));
            reload();
        });
}

void HoldsPanel::keyPressEvent(QKeyEvent* event)
{
    const bool plain = event->modifiers() == Qt::NoModifier && m_table->hasFocus();
    if (plain && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter))
        return confirmCurrent();
    Panel::keyPressEvent(event);
}

} // namespace vidimus::ui::rights
