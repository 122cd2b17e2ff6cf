#include "ui/publishing/gate_list.h"

#include "ui/publishing/gate_text.h"
#include "ui/publishing/sheet.h"
#include "ui/widgets/button.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"

#include <QHBoxLayout>

namespace vidimus::ui::publishing {

using namespace widgets;
using namespace Qt::StringLiterals;
using vidimus::publishing::Gate;
using GateAnswer = vidimus::publishing::GateState;

namespace {

constexpr int kRowWithFix = 52;
constexpr int kRow = 44;

struct Mark {
    QString icon;
    Ink ink;
    QString word;
};

Mark markOf(GateAnswer state)
{
    switch (state) {
    case GateAnswer::Passed:
        return {u"check"_s, Ink::Passed, GateList::tr("Passed")};
    case GateAnswer::Warns:
        return {u"warning"_s, Ink::Warning, GateList::tr("Warns")};
    case GateAnswer::Blocks:
        return {u"cross"_s, Ink::Rejected, GateList::tr("Blocks")};
    case GateAnswer::NotEvaluated:
        return {u"help"_s, Ink::Warning, GateList::tr("No answer")};
    }
    return {};
}

class GateRow : public QWidget {
public:
    GateRow(Mark mark, QWidget* parent)
        : QWidget(parent)
        , m_mark(std::move(mark))
    {
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        const Tokens& tokens = currentTokens();
        const QRect icon(kPanelPadding, (height() - 16) / 2, 16, 16);
        drawIcon(painter, m_mark.icon, QStyle::visualRect(layoutDirection(), rect(), icon), inkColor(m_mark.ink));
        painter.fillRect(0, height() - 1, width(), 1, blended(tokens.line, tokens.surface, 0.5));
    }

private:
    Mark m_mark;
};

} // namespace

GateList::GateList(QWidget* parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
}

void GateList::setGates(const std::vector<Gate>& gates)
{
    std::vector<Gate> ordered = orderedGates(gates);
    if (ordered == m_gates && m_layout->count() > 0)
        return;
    m_gates = std::move(ordered);
    m_firstFix = nullptr;
    while (QLayoutItem* item = m_layout->takeAt(0)) {
        // A press on one of its own buttons may have led here.
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (const Gate& gate : m_gates)
        m_layout->addWidget(makeRow(gate));
}

QWidget* GateList::makeRow(const Gate& gate)
{
    const GateText text = gateText(gate);
    const Mark mark = markOf(gate.state);
    auto* row = new GateRow(mark, this);
    row->setFixedHeight(text.fix.isEmpty() ? kRow : kRowWithFix);
    row->setAccessibleName(mark.word + u": "_s + text.title);
    row->setAccessibleDescription(text.sentence);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(kPanelPadding, 0, kPanelPadding, 0);
    layout->setSpacing(kGap);
    layout->addSpacing(16 + kPanelPadding); // the mark's place, also where texts run from right to left
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addStretch(1);
    words->addWidget(new TextLabel(text.title, TextRole::Body, Ink::Text, row));
    words->addWidget(new TextLabel(text.sentence, TextRole::LabelPlain, Ink::Second, row));
    words->addStretch(1);
    layout->addLayout(words, 1);
    if (text.fix.isEmpty())
        return row;
    auto* fix = new Button(text.fix, m_firstFix ? Button::Kind::Plain : Button::Kind::Suggested, row);
    if (!m_firstFix) {
        m_firstFix = fix;
        fix->setAccessibleDescription(tr("Enter on the board does the same."));
    }
    fix->setOpensMenu(gate.fix == "transcode");
    connect(fix, &Button::clicked, this, [this, code = gate.fix, fix] { Q_EMIT fixChosen(code, fix); });
    layout->addWidget(fix);
    return row;
}

bool GateList::takeFirstFix()
{
    if (!m_firstFix || !m_firstFix->isEnabled())
        return false;
    m_firstFix->click();
    return true;
}

} // namespace vidimus::ui::publishing
