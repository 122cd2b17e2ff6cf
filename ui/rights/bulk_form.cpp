#include "ui/rights/bulk_form.h"

#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSpinBox>

namespace vidimus::ui::rights {

using namespace widgets;

namespace {

constexpr int kMostSteps = 9999;

/// Puts fields and words on one line.
void layOut(BulkForm* form, const std::vector<QWidget*>& widgets)
{
    auto* line = new QHBoxLayout(form);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(kGap);
    for (QWidget* widget : widgets)
        line->addWidget(widget);
    line->addStretch(1);
}

QWidget* word(const QString& text, QWidget* parent)
{
    auto* label = new TextLabel(text, TextRole::Body, Ink::Second, parent);
    label->setKeepsWidth(true);
    return label;
}

QComboBox* stepBox(BulkForm* form, NudgeStep chosen)
{
    auto* box = new QComboBox(form);
    box->setAccessibleName(BulkForm::tr("Unit"));
    box->addItem(BulkForm::tr("hours"), static_cast<int>(NudgeStep::Hour));
    box->addItem(BulkForm::tr("days"), static_cast<int>(NudgeStep::Day));
    box->addItem(BulkForm::tr("months"), static_cast<int>(NudgeStep::Month));
    box->setCurrentIndex(box->findData(static_cast<int>(chosen)));
    QObject::connect(box, &QComboBox::currentIndexChanged, form, &BulkForm::changed);
    return box;
}

QComboBox* edgeBox(BulkForm* form)
{
    auto* box = new QComboBox(form);
    box->setAccessibleName(BulkForm::tr("Edges"));
    box->addItem(BulkForm::tr("start and end"), static_cast<int>(EdgeChoice::Both));
    box->addItem(BulkForm::tr("start"), static_cast<int>(EdgeChoice::Start));
    box->addItem(BulkForm::tr("end"), static_cast<int>(EdgeChoice::End));
    QObject::connect(box, &QComboBox::currentIndexChanged, form, &BulkForm::changed);
    return box;
}

QSpinBox* countBox(BulkForm* form, int value)
{
    auto* box = new QSpinBox(form);
    box->setRange(-kMostSteps, kMostSteps);
    box->setValue(value);
    box->setAccessibleName(BulkForm::tr("How many"));
    QObject::connect(box, &QSpinBox::valueChanged, form, &BulkForm::changed);
    return box;
}

QLineEdit* dateField(BulkForm* form, const QString& name)
{
    auto* field = new QLineEdit(form);
    field->setFixedWidth(176);
    field->setAccessibleName(name);
    field->setPlaceholderText(BulkForm::tr("2026-12-01, UTC"));
    QObject::connect(field, &QLineEdit::textChanged, form, &BulkForm::changed);
    QObject::connect(field, &QLineEdit::returnPressed, form, &BulkForm::accepted);
    return field;
}

NudgeStep stepIn(const QComboBox* box)
{
    return static_cast<NudgeStep>(box->currentData().toInt());
}

EdgeChoice edgesIn(const QComboBox* box)
{
    return static_cast<EdgeChoice>(box->currentData().toInt());
}

} // namespace

void BulkForm::prepare(const std::vector<engine::Rule>&, const engine::RuleSet&) { }

ShiftForm::ShiftForm(QWidget* parent)
    : BulkForm(parent)
    , m_edges(edgeBox(this))
    , m_count(countBox(this, 7))
    , m_step(stepBox(this, NudgeStep::Day))
{
    layOut(this, {word(tr("Move"), this), m_edges, word(tr("by"), this), m_count, m_step});
}

Result<BulkEdit> ShiftForm::edit(const std::vector<engine::Rule>& selected, const engine::RuleSet&) const
{
    BulkEdit edit {shiftWindows(selected, edgesIn(m_edges), stepIn(m_step), m_count->value()), {}};
    edit.summary = tr("%n window(s) move", nullptr, static_cast<int>(edit.put.size()));
    return edit;
}

QWidget* ShiftForm::firstField() const
{
    return m_count;
}

ReplaceForm::ReplaceForm(QWidget* parent)
    : BulkForm(parent)
    , m_edges(edgeBox(this))
    , m_find(dateField(this, tr("Find the date")))
    , m_put(dateField(this, tr("Put the date")))
{
    layOut(this, {word(tr("In"), this), m_edges, word(tr("find"), this), m_find, word(tr("and put"), this), m_put});
}

void ReplaceForm::prepare(const std::vector<engine::Rule>& selected, const engine::RuleSet&)
{
    if (!m_find->text().isEmpty() || selected.empty())
        return;
    const engine::Window& window = selected.front().window;
    if (const auto& edge = window.end ? window.end : window.start)
        m_find->setText(toRfc3339(*edge).left(10));
}

Result<BulkEdit> ReplaceForm::edit(const std::vector<engine::Rule>& selected, const engine::RuleSet&) const
{
    if (m_find->text().isEmpty() || m_put->text().isEmpty())
        return BulkEdit {{}, tr("Type both dates")};
    const auto find = parseDateText(m_find->text());
    const auto put = parseDateText(m_put->text());
    if (!find || !put)
        return find ? put.error() : find.error();
    BulkEdit edit {replaceDates(selected, edgesIn(m_edges), *find, *put), {}};
    edit.summary = tr("%n window(s) have that date", nullptr, static_cast<int>(edit.put.size()));
    return edit;
}

QWidget* ReplaceForm::firstField() const
{
    return m_find->text().isEmpty() ? m_find : m_put;
}

CopyForm::CopyForm(QWidget* parent)
    : BulkForm(parent)
    , m_from(new QComboBox(this))
    , m_to(new QComboBox(this))
    , m_count(countBox(this, 12))
    , m_step(stepBox(this, NudgeStep::Month))
{
    m_from->setAccessibleName(tr("Copy the rights of"));
    m_to->setAccessibleName(tr("Copy them to"));
    for (QComboBox* box : {m_from, m_to}) {
        box->setMinimumContentsLength(16);
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        connect(box, &QComboBox::currentIndexChanged, this, &BulkForm::changed);
    }
    layOut(this,
        {word(tr("Copy the rights of"), this), m_from, word(tr("to"), this), m_to, m_count, m_step,
            word(tr("later"), this)});
}

void CopyForm::prepare(const std::vector<engine::Rule>& selected, const engine::RuleSet& rules)
{
    const QSignalBlocker fromBlocker(m_from);
    const QSignalBlocker toBlocker(m_to);
    m_from->clear();
    m_to->clear();
    for (const engine::Title& title : rules.titles) {
        const QString name = title.name.isEmpty() ? title.id.toString() : title.name;
        m_from->addItem(name, title.id.toString());
        m_to->addItem(name, title.id.toString());
    }
    if (selected.empty())
        return;
    const auto title = std::ranges::find(rules.titles, selected.front().scope, &engine::Title::id);
    if (title == rules.titles.end())
        return;
    // The rights of a part are most often those of its season.
    const bool part = title->kind == engine::TitleKind::Episode && !title->parent.isEmpty();
    const TitleId from = part && !nextSeasonOf(title->id, rules.titles) ? title->parent : title->id;
    m_from->setCurrentIndex(m_from->findData(from.toString()));
    if (const auto next = nextSeasonOf(from, rules.titles))
        m_to->setCurrentIndex(m_to->findData(next->toString()));
}

Result<BulkEdit> CopyForm::edit(const std::vector<engine::Rule>&, const engine::RuleSet& rules) const
{
    const TitleId from(m_from->currentData().toString());
    const TitleId to(m_to->currentData().toString());
    if (from == to || from.isEmpty())
        return BulkEdit {{}, tr("Choose another title to copy to")};
    const CopiedRights copied = copyRights(rules, from, to, stepIn(m_step), m_count->value());
    BulkEdit edit {copied.rules, tr("%n new window(s)", nullptr, static_cast<int>(copied.rules.size()))};
    if (copied.withoutTarget > 0)
        edit.summary = tr("%1, %2 of parts without a counterpart left out").arg(edit.summary).arg(copied.withoutTarget);
    return edit;
}

QWidget* CopyForm::firstField() const
{
    return m_to;
}

} // namespace vidimus::ui::rights
