#include "ui/widgets/decision_bar.h"

#include "ui/widgets/button.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/decision_keys.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/toggle_switch.h"

#include <QGridLayout>
#include <QHBoxLayout>

namespace vidimus::ui::widgets {

namespace {

constexpr int kStagedHeight = 44;
constexpr int kKeysHeight = 44;
constexpr int kNarrowKeysHeight = 36;
constexpr int kKeysInset = 5; // so that the first cap stands under the word "Staged"

/// A 1 px upright line between facts.
class Divider : public QWidget {
public:
    explicit Divider(QWidget* parent)
        : QWidget(parent)
    {
        setFixedSize(1, 16);
    }

protected:
    void paintEvent(QPaintEvent*) override { QPainter(this).fillRect(rect(), currentTokens().line); }
};

} // namespace

DecisionBar::DecisionBar(QWidget* parent)
    : QWidget(parent)
    , m_stagedRow(new QWidget(this))
    , m_stagedAction(new Chip({}, Ink::Text, Chip::Look::Tall, m_stagedRow))
    , m_stagedTitle(new TextLabel(tr("Staged"), TextRole::Body, Ink::Second, m_stagedRow))
    , m_factsLayout(new QHBoxLayout)
    , m_notice(new TextLabel({}, TextRole::Body, Ink::Second, m_stagedRow))
    , m_drop(new Button(tr("Drop"), Button::Kind::Quiet, m_stagedRow))
    , m_commit(new Button(tr("Commit"), Button::Kind::Primary, m_stagedRow))
    , m_actionKeys(new DecisionKeys(this))
    , m_reasonKeys(new DecisionKeys(this))
    , m_autoAdvance(new ToggleSwitch(tr("Auto-advance"), this))
{
    auto* row = new QHBoxLayout(m_stagedRow);
    row->setContentsMargins(kPanelPadding, 0, kPanelPadding, 0);
    row->setSpacing(kPanelPadding);
    m_stagedTitle->setKeepsWidth(true);
    row->addWidget(m_stagedTitle);
    row->addSpacing(kPanelPadding);
    row->addWidget(m_stagedAction);
    m_factsLayout->setSpacing(kGap);
    row->addLayout(m_factsLayout, 1);
    m_notice->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    row->addWidget(m_notice, 0);
    m_drop->setKeyHint(QStringLiteral("U"));
    m_commit->setKeyHint(keyText(QKeySequence(Qt::Key_Return)));
    row->addWidget(m_drop);
    row->addWidget(m_commit);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(0);
    connect(m_drop, &Button::clicked, this, &DecisionBar::dropWanted);
    connect(m_commit, &Button::clicked, this, &DecisionBar::commitWanted);
    connect(m_actionKeys, &DecisionKeys::chosen, this, &DecisionBar::keyChosen);
    connect(m_reasonKeys, &DecisionKeys::chosen, this, &DecisionBar::keyChosen);
    setStaged({});
    arrange();
}

void DecisionBar::setActions(std::vector<DecisionKey> actions)
{
    m_actionKeys->setKeys(std::move(actions));
    if (needsTwoRows() != m_twoRows)
        arrange();
}

void DecisionBar::setReasons(std::vector<DecisionKey> reasons)
{
    m_reasonKeys->setKeys(std::move(reasons));
    if (needsTwoRows() != m_twoRows)
        arrange();
}

void DecisionBar::setStaged(const StagedDecision& staged)
{
    m_staged = staged;
    while (QLayoutItem* item = m_factsLayout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const bool any = !staged.actionId.isEmpty();
    m_stagedAction->setVisible(any);
    m_drop->setVisible(any);
    if (any) {
        m_stagedAction->setText(staged.actionText);
        m_stagedAction->setIconName(staged.iconName);
        m_stagedAction->setInk(staged.ink);
        if (!staged.reasonText.isEmpty()) {
            if (!staged.reasonKey.isEmpty())
                m_factsLayout->addWidget(new KeyCap(staged.reasonKey, m_stagedRow));
            m_factsLayout->addWidget(new TextLabel(staged.reasonText, TextRole::BodyStrong, Ink::Text, m_stagedRow));
        }
        for (const QString& fact : staged.facts) {
            m_factsLayout->addWidget(new Divider(m_stagedRow));
            m_factsLayout->addWidget(new TextLabel(fact, TextRole::Body, Ink::Text, m_stagedRow));
        }
    } else {
        m_factsLayout->addWidget(new TextLabel(
            tr("Nothing yet. Press a decision key, then a reason."), TextRole::Body, Ink::Second, m_stagedRow));
    }
    m_factsLayout->addStretch(1);
    m_actionKeys->setChosen(staged.actionId, staged.ink == Ink::Text ? Ink::Accent : staged.ink);
    m_reasonKeys->setChosen(staged.reasonId, Ink::Accent);
    update();
}

void DecisionBar::setNotice(const QString& text)
{
    m_notice->setText(text);
    m_notice->setVisible(!text.isEmpty() && !m_narrow);
}

void DecisionBar::setCommit(const QString& text, bool enabled, const QString& disabledReason)
{
    m_commit->setText(text);
    m_commit->setDisabledReason(enabled ? QString()
            : disabledReason.isEmpty()  ? tr("Nothing is staged.")
                                        : disabledReason);
    m_commit->updateGeometry();
}

void DecisionBar::setNarrow(bool narrow)
{
    if (narrow == m_narrow)
        return;
    m_narrow = narrow;
    m_notice->setVisible(!m_notice->text().isEmpty() && !narrow);
    arrange();
}

void DecisionBar::arrange()
{
    m_twoRows = needsTwoRows();
    auto* grid = static_cast<QGridLayout*>(layout());
    while (QLayoutItem* item = grid->takeAt(0))
        delete item;
    grid->addWidget(m_stagedRow, 0, 0, 1, 5);
    grid->setRowMinimumHeight(0, kStagedHeight);
    m_stagedRow->setFixedHeight(kStagedHeight);
    const int keysHeight = m_twoRows ? kNarrowKeysHeight : kKeysHeight;
    grid->setRowMinimumHeight(1, keysHeight);
    grid->setRowMinimumHeight(2, m_twoRows ? keysHeight : 0);
    const auto middle = Qt::AlignLeft | Qt::AlignVCenter;
    m_actionKeys->setContentsMargins(kKeysInset, 0, 0, 0);
    m_reasonKeys->setContentsMargins(m_twoRows ? kKeysInset : 0, 0, 0, 0);
    grid->addWidget(m_actionKeys, 1, 0, middle);
    grid->addWidget(m_reasonKeys, m_twoRows ? 2 : 1, m_twoRows ? 0 : 1, 1, m_twoRows ? 4 : 1, middle);
    grid->setHorizontalSpacing(m_twoRows ? 0 : 20);
    grid->setColumnStretch(2, 1);
    grid->addWidget(m_autoAdvance, 1, 3, Qt::AlignRight | Qt::AlignVCenter);
    grid->setColumnMinimumWidth(4, kPanelPadding - (m_twoRows ? 0 : 8));
    setFixedHeight(kStagedHeight + (m_twoRows ? 2 : 1) * keysHeight);
}

bool DecisionBar::needsTwoRows() const
{
    constexpr int kBetween = 2 * kKeysInset + 60; // lines, gaps and the end
    return m_narrow
        || m_actionKeys->sizeHint().width() + m_reasonKeys->sizeHint().width() + m_autoAdvance->sizeHint().width()
            + kBetween
        > width();
}

void DecisionBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (needsTwoRows() != m_twoRows)
        arrange();
}

void DecisionBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Tokens& tokens = currentTokens();
    painter.fillRect(rect(), tokens.raised);
    painter.fillRect(QRect(0, 0, width(), 1), tokens.line);
    painter.fillRect(QRect(0, kStagedHeight, width(), 1), tokens.line);
    if (m_staged.isReject) {
        const QRect bar(0, 0, 3, kStagedHeight);
        painter.fillRect(QStyle::visualRect(layoutDirection(), rect(), bar), tokens.rejected);
    }
    if (!m_twoRows && m_reasonKeys->keyCount() > 0) {
        const int x = (m_actionKeys->geometry().right() + m_reasonKeys->geometry().left()) / 2;
        painter.fillRect(QRect(x, kStagedHeight + 14, 1, 16), tokens.line);
    }
}

} // namespace vidimus::ui::widgets
