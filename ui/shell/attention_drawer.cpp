#include "ui/shell/attention_drawer.h"

#include "ui/widgets/button.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/error_card.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/section_header.h"
#include "ui/widgets/time_label.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLocale>
#include <QScrollArea>

namespace vidimus::ui::shell {

using namespace widgets;
using namespace Qt::StringLiterals;

namespace {

constexpr int kIndent = 36;

QString clipboardText(const AttentionEntry& entry)
{
    return entry.title + u'\n' + toRfc3339(entry.since) + u'\n' + entry.text.toClipboardText();
}

/// Paints the icon of an entry and the line below it.
class EntryWidget : public QWidget {
public:
    EntryWidget(const AttentionEntry& entry, QWidget* parent)
        : QWidget(parent)
        , m_iconName(entry.iconName)
        , m_ink(entry.ink)
    {
        setAccessibleName(entry.title);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        const QRect at(kPanelPadding, 14, 16, 16);
        drawIcon(painter, m_iconName, QStyle::visualRect(layoutDirection(), rect(), at), inkColor(m_ink));
        painter.fillRect(QRect(0, height() - 1, width(), 1), currentTokens().line);
    }

private:
    QString m_iconName;
    Ink m_ink;
};

} // namespace

AttentionDrawer::AttentionDrawer(AttentionModel& model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_zone(QTimeZone::utc())
    , m_header(new SectionHeader(tr("Needs attention"), this))
    , m_layout(new QVBoxLayout(this))
{
    setAccessibleName(tr("Needs attention"));
    m_layout->setContentsMargins(1, 0, 0, 0);
    m_layout->setSpacing(0);
    auto* close = new IconButton(u"cross"_s, tr("Close"), this);
    m_header->addTrailing(new KeyCap(u"F8"_s, this));
    m_header->addTrailing(close);
    m_layout->addWidget(m_header);
    auto* foot = new QWidget(this);
    auto* footLayout = new QHBoxLayout(foot);
    footLayout->setContentsMargins(kPanelPadding, 0, kPanelPadding, 0);
    footLayout->addWidget(
        new TextLabel(tr("Nothing here goes away by itself"), TextRole::LabelPlain, Ink::Second, foot));
    footLayout->addStretch(1);
    auto* copy = new Button(tr("Copy all details"), Button::Kind::Link, foot);
    footLayout->addWidget(copy);
    foot->setFixedHeight(36);
    m_layout->addWidget(foot);
    connect(close, &IconButton::clicked, this, &AttentionDrawer::closeWanted);
    connect(copy, &Button::clicked, this, &AttentionDrawer::copyAll);
    connect(&m_model, &AttentionModel::changed, this, &AttentionDrawer::rebuild);
    rebuild();
    hide();
}

void AttentionDrawer::setZone(const QTimeZone& zone)
{
    m_zone = zone;
    rebuild();
}

void AttentionDrawer::copyAll()
{
    QStringList all;
    for (const AttentionEntry& entry : m_model.entries())
        all << clipboardText(entry);
    QGuiApplication::clipboard()->setText(all.join(u'\n'));
}

QWidget* AttentionDrawer::makeEntry(const AttentionEntry& entry)
{
    auto* widget = new EntryWidget(entry, this);
    auto* layout = new QVBoxLayout(widget);
    layout->setContentsMargins(kIndent, 13, kPanelPadding, 13);
    layout->setSpacing(4);
    auto* top = new QHBoxLayout;
    auto* title
        = new TextLabel(entry.subject.isEmpty() ? entry.title : entry.subject, TextRole::BodyMedium, Ink::Text, widget);
    title->setElide(entry.subject.isEmpty() ? Qt::ElideRight : Qt::ElideMiddle);
    top->addWidget(title, 1);
    auto* time = new TimeLabel(widget);
    time->setInstant(entry.since, m_zone);
    time->setKeepsWidth(true);
    top->addWidget(time);
    layout->addLayout(top);
    auto* facts = new FactRows(56, widget);
    static_cast<QGridLayout*>(facts->layout())->setVerticalSpacing(2);
    if (!entry.subject.isEmpty())
        facts->addRow(tr("What"), entry.text.what);
    facts->addRow(tr("Effect"), entry.text.effect);
    facts->addRow(tr("Safe"), entry.text.safe);
    facts->addRow(tr("Do"), entry.text.action);
    layout->addWidget(facts);
    layout->addSpacing(4);
    auto* row = new QHBoxLayout;
    row->setSpacing(kGap);
    auto* steps = new FlowLayout(kGap);
    bool first = true;
    for (const AttentionStep& step : entry.steps) {
        auto* button = new Button(step.text, first ? Button::Kind::Suggested : Button::Kind::Plain, widget);
        first = false;
        connect(button, &Button::clicked, this,
            [this, entryId = entry.id, stepId = step.id] { Q_EMIT stepChosen(entryId, stepId); });
        steps->addWidget(button);
    }
    row->addLayout(steps, 1);
    auto* copy = new IconButton(u"copy"_s, tr("Copy details"), widget);
    connect(copy, &IconButton::clicked, this, [entry] { QGuiApplication::clipboard()->setText(clipboardText(entry)); });
    row->addWidget(copy, 0, Qt::AlignTop);
    layout->addLayout(row);
    return widget;
}

void AttentionDrawer::rebuild()
{
    m_header->setCount(m_model.count() > 0 ? QLocale().toString(m_model.count()) : QString());
    auto* area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* list = new QWidget(area);
    auto* layout = new QVBoxLayout(list);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    for (const AttentionEntry& entry : m_model.entries())
        layout->addWidget(makeEntry(entry));
    if (m_model.count() == 0 && m_model.settled().empty())
        layout->addWidget(new EmptyState(u"check"_s, tr("Nothing needs you."), {}, list), 1);
    if (!m_model.settled().empty()) {
        auto* settled = new QWidget(list);
        auto* grid = new QGridLayout(settled);
        grid->setContentsMargins(kPanelPadding, kPanelPadding, kPanelPadding, kPanelPadding);
        grid->setVerticalSpacing(kGap);
        grid->setColumnStretch(1, 1);
        grid->addWidget(new TextLabel(tr("Settled today"), TextRole::Label, Ink::Second, settled), 0, 0, 1, 3);
        int row = 1;
        for (const AttentionModel::Settled& done : m_model.settled()) {
            auto* mark = new Chip({}, Ink::Passed, Chip::Look::Bare, settled);
            mark->setIconName(u"check"_s);
            auto* time = new TimeLabel(settled);
            time->setInstant(done.at, m_zone);
            grid->addWidget(mark, row, 0);
            grid->addWidget(new TextLabel(done.title, TextRole::Body, Ink::Second, settled), row, 1);
            grid->addWidget(time, row++, 2);
        }
        layout->addWidget(settled);
    }
    layout->addStretch(1);
    area->setWidget(list);
    area->viewport()->setAutoFillBackground(false);
    list->setAutoFillBackground(false);
    if (m_body) {
        m_layout->replaceWidget(m_body, area);
        m_body->hide();
        m_body->deleteLater();
    } else {
        m_layout->insertWidget(1, area, 1);
    }
    m_body = area;
}

void AttentionDrawer::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Tokens& tokens = currentTokens();
    painter.fillRect(rect(), tokens.surface);
    painter.fillRect(QStyle::visualRect(layoutDirection(), rect(), {0, 0, 1, height()}), tokens.line);
    painter.fillRect(QRect(0, height() - 36, width(), 1), tokens.line);
}

} // namespace vidimus::ui::shell
