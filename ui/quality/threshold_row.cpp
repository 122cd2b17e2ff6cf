#include "ui/quality/threshold_row.h"

#include "ui/shell/mode.h"
#include "ui/widgets/button.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/toggle_switch.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSlider>

namespace vidimus::ui::quality {

using namespace Qt::StringLiterals;
using namespace widgets;

namespace {

constexpr int kFieldWidth = 84;
constexpr int kUnitWidth = 56;
constexpr int kPage = 50; // slider steps

bool isSwitch(const checks::CheckParameter& parameter)
{
    return QLatin1StringView(parameter.unit) == "switch"_L1;
}

QString choiceText(const checks::CheckParameter& parameter, std::size_t index)
{
    if (index < parameter.choiceNames.size())
        return QString::fromLatin1(parameter.choiceNames[index]);
    return fieldText(parameter, parameter.choices[index]) + u' ' + unitText(parameter);
}

} // namespace

ThresholdRow::ThresholdRow(const checks::CheckParameter& parameter, double value, double shipped, QWidget* parent)
    : QWidget(parent)
    , m_parameter(parameter)
    , m_scale(parameter)
    , m_value(value)
    , m_shipped(shipped)
    , m_note(new TextLabel({}, TextRole::LabelPlain, Ink::Second, this))
    , m_back(new Button({}, Button::Kind::Link, this))
{
    const QString title = QCoreApplication::translate("checks", parameter.title);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 4, 0, 4);
    column->setSpacing(2);
    auto* head = new QHBoxLayout;
    head->addWidget(new TextLabel(title, TextRole::Body, Ink::Text, this), 1);
    head->addWidget(m_note);
    head->addWidget(m_back);
    column->addLayout(head);
    auto* row = new QHBoxLayout;
    row->setSpacing(kGap);
    if (isSwitch(parameter)) {
        m_switch = new ToggleSwitch({}, this);
        m_switch->setCheckable(true);
        m_switch->setAccessibleName(title);
        head->addWidget(m_switch);
        connect(m_switch, &QAbstractButton::clicked, this, [this](bool on) { take(on ? 1 : 0, true); });
    } else if (!parameter.choices.empty()) {
        m_choice = new QComboBox(this);
        m_choice->setAccessibleName(title);
        m_choice->setFocusPolicy(Qt::TabFocus);
        for (std::size_t i = 0; i < parameter.choices.size(); ++i)
            m_choice->addItem(choiceText(parameter, i), parameter.choices[i]);
        row->addWidget(m_choice);
        row->addStretch(1);
        connect(m_choice, &QComboBox::activated, this, [this] { take(m_choice->currentData().toDouble(), true); });
    } else {
        buildNumber(*row);
        m_slider->setAccessibleName(title);
        m_field->setAccessibleName(title);
    }
    column->addLayout(row);
    m_back->setText(tr("Undo"));
    m_back->setFocusPolicy(Qt::TabFocus);
    m_back->setAccessibleName(tr("Back to the shipped value of %1").arg(title));
    connect(m_back, &QAbstractButton::clicked, this, [this] { take(m_shipped, true); });
    take(value, false);
}

void ThresholdRow::buildNumber(QHBoxLayout& row)
{
    m_slider = new QSlider(Qt::Horizontal, this);
    m_slider->setRange(0, ThresholdScale::kSteps);
    m_slider->setPageStep(kPage);
    m_slider->setFocusPolicy(Qt::StrongFocus);
    m_field = new QLineEdit(this);
    m_field->setFixedWidth(kFieldWidth);
    m_field->setAlignment(Qt::AlignRight);
    auto* unit = new TextLabel(unitText(m_parameter), TextRole::Body, Ink::Second, this);
    unit->setMinimumWidth(kUnitWidth);
    row.addWidget(m_slider, 1);
    row.addWidget(m_field);
    row.addWidget(unit);
    connect(m_slider, &QSlider::actionTriggered, this, [this](int action) {
        if (action == QAbstractSlider::SliderSingleStepAdd || action == QAbstractSlider::SliderSingleStepSub) {
            const int direction = action == QAbstractSlider::SliderSingleStepAdd ? 1 : -1;
            m_slider->setSliderPosition(m_scale.positionOf(m_scale.next(m_value, direction)));
        }
        take(m_scale.valueAt(m_slider->sliderPosition()), true);
    });
    connect(m_field, &QLineEdit::editingFinished, this, &ThresholdRow::fieldEdited);
}

void ThresholdRow::fieldEdited()
{
    const auto value = fieldValue(m_parameter, m_field->text());
    if (value)
        return take(*value, true);
    m_note->setInk(Ink::Rejected);
    m_note->setText(tr("from %1 to %2")
            .arg(fieldText(m_parameter, m_parameter.minimum), fieldText(m_parameter, m_parameter.maximum)));
}

void ThresholdRow::take(double value, bool tell)
{
    const bool isNew = value != m_value;
    m_value = value;
    if (m_slider) {
        const QSignalBlocker quiet(m_slider);
        m_slider->setValue(m_scale.positionOf(value));
        m_field->setText(fieldText(m_parameter, value));
        m_slider->setAccessibleDescription(m_field->text() + u' ' + unitText(m_parameter));
    }
    if (m_choice)
        m_choice->setCurrentIndex(m_choice->findData(value));
    if (m_switch)
        m_switch->setChecked(value != 0);
    const bool own = value != m_shipped;
    m_note->setInk(Ink::Second);
    QString shipped;
    if (m_choice) {
        const int index = m_choice->findData(m_shipped);
        shipped = index >= 0 ? m_choice->itemText(index) : QString();
    } else if (m_switch) {
        shipped = m_shipped != 0 ? tr("on") : tr("off");
    } else {
        shipped = (fieldText(m_parameter, m_shipped) + u' ' + unitText(m_parameter)).trimmed();
    }
    m_note->setText(own ? tr("was %1").arg(shipped) : QString());
    m_back->setVisible(own);
    if (tell && isNew)
        Q_EMIT changed(value);
}

} // namespace vidimus::ui::quality
