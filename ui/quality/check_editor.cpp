#include "ui/quality/check_editor.h"

#include "core/checks/check_descriptor.h"
#include "ui/quality/check_list_model.h"
#include "ui/quality/threshold_row.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/segmented_control.h"

#include <QCoreApplication>
#include <QVBoxLayout>

namespace vidimus::ui::quality {

using namespace Qt::StringLiterals;
using namespace widgets;

CheckEditor::CheckEditor(QWidget* parent)
    : QWidget(parent)
    , m_title(new TextLabel({}, TextRole::Section, Ink::Text, this))
    , m_meaning(new Paragraph({}, TextRole::Body, Ink::Second, this))
    , m_standard(new TextLabel({}, TextRole::LabelPlain, Ink::Second, this))
    , m_verdict(new SegmentedControl(this))
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(16, 12, 16, 12);
    m_layout->setSpacing(kGap);
    m_layout->addWidget(m_title);
    m_layout->addWidget(m_meaning);
    m_layout->addWidget(m_standard);
    m_verdict->setAccessibleName(tr("What a finding does"));
    m_verdict->setSegments({{u"fail"_s, tr("Fails")}, {u"warn"_s, tr("Warns")}, {u"off"_s, tr("Off")}});
    m_layout->addWidget(m_verdict, 0, Qt::AlignLeading);
    m_layout->addStretch(1);
    connect(m_verdict, &SegmentedControl::chosen, this, [this](const QString& id) {
        m_setting.enabled = id != u"off"_s;
        if (m_setting.enabled)
            m_setting.severity = id == u"warn"_s ? checks::Severity::Warn : checks::Severity::Fail;
        Q_EMIT changed(m_check, m_setting);
    });
}

void CheckEditor::showCheck(const QString& id, const ProfileDraft& draft)
{
    const checks::CheckDescriptor* descriptor = checks::findDescriptor(id);
    if (descriptor == nullptr)
        return;
    m_check = id;
    m_setting = draft.setting(id);
    m_title->setText(titleOf(id));
    m_meaning->setText(QCoreApplication::translate("checks", descriptor->meaning));
    const QString clause = QString::fromUtf8(descriptor->clause);
    m_standard->setText(QString::fromUtf8(descriptor->standard) + (clause.isEmpty() ? clause : u", "_s + clause));
    m_verdict->setCurrent(!m_setting.enabled               ? u"off"_s
            : m_setting.severity == checks::Severity::Fail ? u"fail"_s
                                                           : u"warn"_s);
    delete std::exchange(m_rowsPart, nullptr);
    m_rows.clear();
    m_rowsPart = new QWidget(this);
    auto* rows = new QVBoxLayout(m_rowsPart);
    rows->setContentsMargins(0, kGap, 0, 0);
    rows->setSpacing(kGap);
    const checks::CheckSetting& shipped = draft.shipped().checks.at(id);
    for (const checks::CheckParameter& parameter : descriptor->parameters) {
        const QString name = QString::fromLatin1(parameter.id);
        auto* row = new ThresholdRow(parameter, m_setting.thresholds.at(name), shipped.thresholds.at(name), m_rowsPart);
        connect(row, &ThresholdRow::changed, this, [this, name](double value) {
            m_setting.thresholds[name] = value;
            Q_EMIT changed(m_check, m_setting);
        });
        rows->addWidget(row);
        m_rows.push_back(row);
    }
    m_layout->insertWidget(m_layout->count() - 1, m_rowsPart);
    m_rowsPart->show();
}

} // namespace vidimus::ui::quality
