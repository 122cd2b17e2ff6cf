#include "ui/rights/bulk_panel.h"

#include "ui/rights/bulk_form.h"
#include "ui/rights/problem_text.h"
#include "ui/widgets/button.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/segmented_control.h"

#include <QHBoxLayout>
#include <QKeySequence>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;
using namespace widgets;

BulkPanel::BulkPanel(RightsSession& session, QWidget* parent)
    : Panel(Qt::BottomEdge, parent)
    , m_session(session)
    , m_task(new SegmentedControl(this))
    , m_forms(new QStackedWidget(this))
    , m_summary(new TextLabel({}, TextRole::Body, Ink::Second, this))
    , m_stage(new Button(tr("Stage"), Button::Kind::Suggested, this))
    , m_close(new IconButton(u"cross"_s, tr("Close"), this))
{
    setAccessibleName(tr("Edit many windows"));
    m_task->setSegments({{u"shift"_s, tr("Move")}, {u"replace"_s, tr("Find and replace")}, {u"copy"_s, tr("Copy")}});
    m_task->setAccessibleName(tr("What to do with many windows"));
    for (BulkForm* form :
        std::initializer_list<BulkForm*> {new ShiftForm(this), new ReplaceForm(this), new CopyForm(this)}) {
        m_forms->addWidget(form);
        connect(form, &BulkForm::changed, this, &BulkPanel::refresh);
        connect(form, &BulkForm::accepted, this, &BulkPanel::stage);
    }
    m_forms->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_stage->setKeyHint(keyText(QKeySequence(Qt::Key_Return)));
    m_summary->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto* line = new QHBoxLayout;
    line->setContentsMargins(kPanelPadding, 6, kPanelPadding, 6);
    line->setSpacing(kPanelPadding);
    line->addWidget(m_task);
    line->addWidget(m_forms);
    line->addWidget(m_summary, 1);
    line->addWidget(m_stage);
    line->addWidget(m_close);
    column()->addLayout(line);
    connect(m_task, &SegmentedControl::chosen, this, [this](const QString& id) {
        open(id == u"shift" ? BulkTask::Shift : id == u"replace" ? BulkTask::Replace : BulkTask::Copy, m_selected);
    });
    connect(m_stage, &QAbstractButton::clicked, this, &BulkPanel::stage);
    connect(m_close, &QAbstractButton::clicked, this, &BulkPanel::shut);
    connect(&session, &RightsSession::planChanged, this, [this] {
        if (isVisible())
            refresh();
    });
    hide();
}

BulkForm& BulkPanel::form() const
{
    return *static_cast<BulkForm*>(m_forms->currentWidget());
}

QString BulkPanel::summaryText() const
{
    return m_summary->text();
}

std::vector<engine::Rule> BulkPanel::selectedRules() const
{
    return m_session.rulesOf(m_selected);
}

void BulkPanel::open(BulkTask task, const std::vector<WindowId>& selected)
{
    m_selected = selected;
    m_forms->setCurrentIndex(static_cast<int>(task));
    m_task->setCurrent(task == BulkTask::Shift ? u"shift"_s : task == BulkTask::Replace ? u"replace"_s : u"copy"_s);
    form().prepare(selectedRules(), m_session.plan().planned());
    show();
    refresh();
    form().firstField()->setFocus(Qt::OtherFocusReason);
}

void BulkPanel::setSelected(const std::vector<WindowId>& selected)
{
    if (selected == m_selected)
        return;
    m_selected = selected;
    if (isVisible())
        refresh();
}

void BulkPanel::shut()
{
    if (isHidden())
        return;
    hide();
    Q_EMIT closed();
}

void BulkPanel::refresh()
{
    const auto edit = form().edit(selectedRules(), m_session.plan().planned());
    m_summary->setInk(edit ? Ink::Second : Ink::Rejected);
    m_summary->setText(edit ? edit->summary : problemSentence(edit.error()));
    m_stage->setDisabledReason(edit && !edit->put.empty() ? QString() : m_summary->text());
}

void BulkPanel::stage()
{
    const auto edit = form().edit(selectedRules(), m_session.plan().planned());
    if (!edit || edit->put.empty()) {
        refresh();
        return;
    }
    const int count = static_cast<int>(edit->put.size());
    m_session.stage(edit->put);
    shut();
    Q_EMIT staged(count);
}

} // namespace vidimus::ui::rights
