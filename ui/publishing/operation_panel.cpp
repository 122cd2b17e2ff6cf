#include "ui/publishing/operation_panel.h"

#include "ui/publishing/job_text.h"
#include "ui/publishing/outbox_model.h"
#include "ui/publishing/words.h"
#include "ui/shell/registry_commands.h"
#include "ui/widgets/button.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/error_card.h"
#include "ui/widgets/error_text.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/preferences.h"
#include "ui/widgets/time_label.h"

#include <QHBoxLayout>

namespace vidimus::ui::publishing {

using namespace widgets;
using namespace Qt::StringLiterals;

OperationPanel::OperationPanel(QWidget* parent)
    : Sheet(Start, parent)
    , m_title(new TextLabel({}, TextRole::Section, Ink::Text, this))
    , m_what(new TextLabel({}, TextRole::Body, Ink::Second, this))
    , m_state(new Chip({}, Ink::Second, Chip::Look::Outline, this))
    , m_facts(new FactRows(88, this))
    , m_error(new FactRows(88, this))
    , m_retry(new Button(tr("Try again"), Button::Kind::Primary, this))
    , m_drop(new Button(tr("Drop it"), Button::Kind::Danger, this))
    , m_send(new Button(tr("Send now"), Button::Kind::Plain, this))
{
    setAccessibleName(tr("Selected operation"));
    m_retry->setKeyHint(shell::actionKeyText("jobs.retry"_L1));
    m_drop->setKeyHint(shell::actionKeyText("jobs.cancel"_L1));
    m_send->setKeyHint(shell::actionKeyText("outbox.sendNow"_L1));
    connect(m_retry, &Button::clicked, this, &OperationPanel::retryWanted);
    connect(m_drop, &Button::clicked, this, &OperationPanel::dropWanted);
    connect(m_send, &Button::clicked, this, &OperationPanel::sendWanted);
    auto* actions = new QHBoxLayout;
    actions->setSpacing(kGap);
    actions->addWidget(m_retry);
    actions->addWidget(m_send);
    actions->addWidget(m_drop);
    actions->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kPanelPadding + 1, kPanelPadding, kPanelPadding, kPanelPadding);
    layout->setSpacing(kGap);
    layout->addWidget(m_title);
    layout->addWidget(m_what);
    layout->addWidget(m_state, 0, Qt::AlignLeft);
    layout->addSpacing(kGap);
    layout->addWidget(m_error);
    layout->addLayout(actions);
    layout->addSpacing(kGap);
    layout->addWidget(m_facts);
    layout->addStretch(1);
}

void OperationPanel::setOperation(const catalog::Operation& operation, const QString& titleName, Instant now)
{
    const StateText state = operationStateText(operation, now);
    m_title->setText(titleName);
    m_what->setText(operationKindText(operation.kind));
    m_state->setText(state.word);
    m_state->setIconName(state.icon);
    m_state->setInk(state.ink);
    const bool person = needsPerson(operation);
    m_retry->setVisible(person);
    m_send->setVisible(!person);
    const FivePartText text = errorText(operation.lastError);
    const bool failed = person || operation.attempts > 0;
    const QString shown = operation.id.toString() + QString::number(operation.attempts) + state.word
        + (failed ? text.toClipboardText() : QString());
    if (shown == m_shown)
        return;
    m_shown = shown;
    m_error->clear();
    if (failed) {
        m_error->addRow(tr("What"), text.what);
        m_error->addRow(tr("Effect"), text.effect);
        m_error->addRow(tr("Safe"), text.safe);
        m_error->addRow(tr("Do"), text.action);
        m_error->addRow(tr("Details"), text.details);
    }
    m_facts->clear();
    m_facts->addRow(tr("Stored"), zonedTimeText(operation.createdAt, preferences().zone, true));
    m_facts->addRow(tr("Attempts"), countText(operation.attempts));
    if (!person && operation.notBefore > now)
        m_facts->addRow(tr("Next try"), zonedTimeText(operation.notBefore, preferences().zone, true));
    m_facts->addRow(tr("Key"), operation.id.toString());
    m_facts->addRow(tr("Again"), tr("Sending again is safe: the site knows the key and acts once."));
}

} // namespace vidimus::ui::publishing
