#include "ui/publishing/title_panel.h"

#include "ui/publishing/gate_list.h"
#include "ui/publishing/gate_text.h"
#include "ui/publishing/title_facts_text.h"
#include "ui/publishing/truth_text.h"
#include "ui/publishing/words.h"
#include "ui/shell/registry_commands.h"
#include "ui/widgets/button.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/section_header.h"
#include "ui/widgets/step_truth.h"

#include <QHBoxLayout>
#include <QScrollArea>

namespace vidimus::ui::publishing {

using namespace widgets;
using namespace Qt::StringLiterals;
using vidimus::publishing::Gate;
using vidimus::publishing::PublicationState;
using GateAnswer = vidimus::publishing::GateState;

namespace {

struct StateWords {
    QString icon;
    Ink ink;
    QString text;
};

StateWords stateWords(const workbench::TitleOnBoard& title)
{
    if (!title.state)
        return {u"minus"_s, Ink::Second, TitlePanel::tr("Never published")};
    switch (*title.state) {
    case PublicationState::Planned:
    case PublicationState::Building:
        return {u"clock"_s, Ink::Info, TitlePanel::tr("On its way")};
    case PublicationState::Announced:
        return {u"clock"_s, Ink::Info, TitlePanel::tr("Accepted, not seen live")};
    case PublicationState::Live:
        return {u"check"_s, Ink::Passed, TitlePanel::tr("Live")};
    case PublicationState::Failed:
        return {u"cross"_s, Ink::Rejected, TitlePanel::tr("Refused by the site")};
    case PublicationState::Withdrawn:
        return {u"minus"_s, Ink::Warning, TitlePanel::tr("Taken down")};
    }
    return {};
}

} // namespace

TitlePanel::TitlePanel(QWidget* parent)
    : Sheet(Start, parent)
    , m_gatesHead(new SectionHeader(tr("Gates"), this))
    , m_blocks(new Chip({}, Ink::Rejected, Chip::Look::Bare, this))
    , m_warns(new Chip({}, Ink::Warning, Chip::Look::Bare, this))
{
    setAccessibleName(tr("Selected title"));
    m_blocks->setIconName(u"cross"_s);
    m_warns->setIconName(u"warning"_s);
    m_gatesHead->setLineAbove(true);
    m_gatesHead->addTrailing(m_blocks);
    m_gatesHead->addTrailing(m_warns);
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    auto* content = new QWidget(scroll);
    auto* rows = new QVBoxLayout(content);
    rows->setContentsMargins(0, 0, 0, 0);
    m_gates = new GateList(content);
    rows->addWidget(m_gates);
    rows->addStretch(1);
    scroll->setWidget(content);
    content->setAutoFillBackground(false); // setWidget() turns it on

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHead());
    layout->addWidget(m_gatesHead);
    layout->addWidget(scroll, 1);
    layout->addWidget(makeTruth());
    layout->addWidget(makeActions());
}

QWidget* TitlePanel::makeHead()
{
    auto* head = new QWidget(this);
    auto* layout = new QHBoxLayout(head);
    layout->setContentsMargins(kPanelPadding, kPanelPadding, kPanelPadding, kPanelPadding);
    layout->setSpacing(kPanelPadding);
    m_picture = new PictureBox({264, 148}, head);
    layout->addWidget(m_picture, 0, Qt::AlignTop);
    auto* words = new QVBoxLayout;
    words->setSpacing(4);
    m_name = new TextLabel({}, TextRole::Section, Ink::Text, head);
    m_version = new TextLabel({}, TextRole::Body, Ink::Second, head);
    m_media = new TextLabel({}, TextRole::Body, Ink::Second, head);
    m_file = new TextLabel({}, TextRole::Body, Ink::Second, head);
    m_file->setElide(Qt::ElideMiddle);
    m_state = new Chip({}, Ink::Second, Chip::Look::Outline, head);
    words->addWidget(m_name);
    words->addWidget(m_version);
    words->addWidget(m_media);
    words->addWidget(m_file);
    words->addSpacing(4);
    words->addWidget(m_state, 0, Qt::AlignLeft);
    words->addStretch(1);
    layout->addLayout(words, 1);
    return head;
}

QWidget* TitlePanel::makeTruth()
{
    auto* box = new QWidget(this);
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_truthHead = new SectionHeader(tr("What is true now"), box);
    m_truthHead->setLineAbove(true);
    m_truthHead->addTrailing(new TextLabel(tr("times UTC"), TextRole::LabelPlain, Ink::Second, m_truthHead));
    layout->addWidget(m_truthHead);
    auto* inner = new QVBoxLayout;
    inner->setContentsMargins(kPanelPadding, kPanelPadding, kPanelPadding, kPanelPadding);
    inner->setSpacing(kGap);
    m_steps = new StepTruth(box);
    inner->addWidget(m_steps);
    m_sentence = new Paragraph({}, TextRole::LabelPlain, Ink::Second, box);
    inner->addWidget(m_sentence);
    m_address = new QWidget(box);
    auto* address = new QHBoxLayout(m_address);
    address->setContentsMargins(0, 0, 0, 0);
    address->setSpacing(kGap);
    m_url = new TextLabel({}, TextRole::Body, Ink::Text, m_address);
    m_url->setElide(Qt::ElideMiddle);
    auto* copy = new IconButton(u"copy"_s, tr("Copy the address"), m_address);
    auto* visit = new Button(tr("As visitor"), Button::Kind::Plain, m_address);
    visit->setIconName(u"globe"_s);
    visit->setToolTip(tr("Opens the address in the browser."));
    connect(copy, &IconButton::clicked, this, [this] { Q_EMIT copyWanted(m_url->text()); });
    connect(visit, &Button::clicked, this, [this] { Q_EMIT visitWanted(m_url->text()); });
    address->addWidget(m_url, 1);
    address->addWidget(copy);
    address->addWidget(visit);
    inner->addWidget(m_address);
    layout->addLayout(inner);
    return box;
}

QWidget* TitlePanel::makeActions()
{
    auto* bar = new Sheet(Top, this);
    bar->setFixedHeight(52);
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(kPanelPadding, 0, kPanelPadding, 0);
    layout->setSpacing(kGap);
    m_withdraw = new Button(tr("Take down"), Button::Kind::Danger, bar);
    m_withdraw->setKeyHint(shell::actionKeyText("publish.withdraw"_L1));
    m_reason = new TextLabel({}, TextRole::Label, Ink::Rejected, bar);
    m_reason->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_publish = new Button(tr("Publish"), Button::Kind::Primary, bar);
    m_publish->setKeyHint(shell::actionKeyText("publish.publish"_L1));
    connect(m_withdraw, &Button::clicked, this, &TitlePanel::withdrawWanted);
    connect(m_publish, &Button::clicked, this, &TitlePanel::publishWanted);
    layout->addWidget(m_withdraw);
    layout->addWidget(m_reason, 1);
    layout->addWidget(m_publish);
    return bar;
}

void TitlePanel::setTitle(const workbench::TitleOnBoard& title, const std::vector<catalog::Operation>& operations)
{
    m_name->setText(title.name);
    const StateWords words = stateWords(title);
    m_state->setIconName(words.icon);
    m_state->setInk(words.ink);
    m_state->setText(words.text);
    const auto count = [&](GateAnswer state) { return std::ranges::count(title.gates, state, &Gate::state); };
    const auto blocks = static_cast<int>(count(GateAnswer::Blocks));
    const auto warns = static_cast<int>(count(GateAnswer::Warns) + count(GateAnswer::NotEvaluated));
    m_blocks->setText(tr("%n block(s)", nullptr, blocks));
    m_blocks->setVisible(blocks > 0);
    m_warns->setText(tr("%n warn(s)", nullptr, warns));
    m_warns->setVisible(warns > 0);
    m_gates->setGates(title.gates);
    const TruthText truth = truthText(title, operations);
    m_steps->setSteps(truth.steps);
    m_sentence->setText(truth.sentence);
    m_url->setText(title.pageUrl);
    m_address->setVisible(!title.pageUrl.isEmpty());
    showActions(title);
}

void TitlePanel::showActions(const workbench::TitleOnBoard& title)
{
    const bool out = isOut(title);
    m_withdrawReason = out ? QString() : tr("Nothing of this title is out.");
    m_publishReason = blockText(title.gates);
    const bool repeats = out && title.state != PublicationState::Failed;
    if (m_publishReason.isEmpty() && repeats)
        m_publishReason = title.state == PublicationState::Live ? tr("It is live already") : tr("It is on its way");
    m_withdraw->setDisabledReason(m_withdrawReason);
    m_withdraw->setEnabled(out);
    m_publish->setDisabledReason(m_publishReason);
    m_publish->setEnabled(m_publishReason.isEmpty());
    const bool blocked = !repeats || !blockText(title.gates).isEmpty();
    m_reason->setInk(blocked ? Ink::Rejected : Ink::Second);
    m_reason->setText(m_publishReason);
}

void TitlePanel::setRefusal(const QString& sentence)
{
    if (sentence.isEmpty())
        return;
    m_reason->setInk(Ink::Rejected);
    m_reason->setText(sentence);
}

void TitlePanel::setFacts(const TitleFactsText& facts)
{
    m_version->setText(facts.version);
    m_media->setText(facts.media);
    m_file->setText(facts.file);
}

void TitlePanel::setPicture(const QPixmap& picture)
{
    m_picture->setPicture(picture);
}

void TitlePanel::setCheckedAt(Instant at)
{
    m_gatesHead->setCount(tr("read %1").arg(preciseTimeText(at).left(8) + u'Z'));
}

void TitlePanel::setNarrow(bool narrow)
{
    m_picture->setFixedSize(narrow ? QSize(144, 81) : QSize(264, 148));
    m_file->setVisible(!narrow);
}

} // namespace vidimus::ui::publishing
