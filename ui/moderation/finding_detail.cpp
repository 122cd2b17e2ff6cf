#include "ui/moderation/finding_detail.h"

#include "core/checks/check_descriptor.h"
#include "ui/moderation/evidence_chart.h"
#include "ui/moderation/fix_text.h"
#include "ui/moderation/panel.h"
#include "ui/shell/registry_commands.h"
#include "ui/widgets/button.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/section_header.h"

#include <QCoreApplication>
#include <QVBoxLayout>

namespace vidimus::ui::moderation {

using namespace Qt::StringLiterals;
using namespace widgets;

namespace {

QString allowedText(const checks::AllowedNote& note)
{
    if (!note.carried)
        return FindingDetail::tr("Allowed here: %1").arg(note.reason);
    //: %1 the reason, %2 a file's name, %3 how many of 256 bits of the pictures' hashes differ.
    return FindingDetail::tr("Allowed: %1 (carried over from %2, whose pictures are alike: distance %3)")
        .arg(note.reason, note.carried->name)
        .arg(note.carried->distance);
}

} // namespace

FindingDetail::FindingDetail(QWidget* parent)
    : QWidget(parent)
    , m_header(new SectionHeader(tr("Why it fired"), this))
    , m_meaning(new Paragraph({}, TextRole::Body, Ink::Text, this))
    , m_chart(new EvidenceChart(this))
    , m_numbers(new Paragraph({}, TextRole::Body, Ink::Second, this))
    , m_standard(new TextLabel({}, TextRole::LabelPlain, Ink::Second, this))
    , m_allowedNote(new Paragraph({}, TextRole::Body, Ink::Passed, this))
    , m_fixNote(new Paragraph({}, TextRole::Body, Ink::Text, this))
    , m_fix(new Button(tr("Fix…"), Button::Kind::Plain, this))
    , m_allow(new Button(tr("Allow here"), Button::Kind::Plain, this))
    , m_limit(new Button(tr("Thresholds"), Button::Kind::Quiet, this))
{
    setAccessibleName(tr("Why the finding fired"));
    auto* layout = tightColumn(this);
    m_header->setLineAbove(true);
    layout->addWidget(m_header);
    auto* body = new QVBoxLayout;
    body->setContentsMargins(kPanelPadding, kGap, kPanelPadding, kGap);
    body->setSpacing(kGap);
    for (QWidget* part :
        {static_cast<QWidget*>(m_meaning), static_cast<QWidget*>(m_chart), static_cast<QWidget*>(m_numbers),
            static_cast<QWidget*>(m_standard), static_cast<QWidget*>(m_allowedNote), static_cast<QWidget*>(m_fixNote)})
        body->addWidget(part);
    auto* buttons = new FlowLayout(kGap);
    m_allow->setKeyHint(shell::actionKeyText("findings.allow"_L1));
    m_fix->setKeyHint(shell::actionKeyText("findings.fix"_L1));
    for (Button* button : {m_allow, m_fix, m_limit}) {
        button->setFocusPolicy(Qt::TabFocus);
        buttons->addWidget(button);
    }
    body->addLayout(buttons);
    layout->addLayout(body);
    connect(m_allow, &QAbstractButton::clicked, this, [this] {
        if (m_allowance.isEmpty())
            Q_EMIT allowWanted();
        else
            Q_EMIT forgetWanted(m_allowance);
    });
    connect(m_fix, &QAbstractButton::clicked, this, &FindingDetail::fixWanted);
    connect(m_limit, &QAbstractButton::clicked, this, [this] { Q_EMIT limitWanted(m_checkId); });
    clear();
}

void FindingDetail::showFinding(const FindingRow& row, int number, int count)
{
    const checks::CheckDescriptor* check = checks::findDescriptor(row.checkId);
    if (check == nullptr)
        return clear();
    m_id = row.id;
    m_checkId = row.checkId;
    m_from = row.start;
    m_to = row.end;
    //: %1 of %2 findings
    m_header->setCount(tr("%1 of %2").arg(number).arg(count));
    m_meaning->setText(QCoreApplication::translate("checks", check->meaning));
    const QString clause = QString::fromUtf8(check->clause);
    m_standard->setText(
        clause.isEmpty() ? QString::fromUtf8(check->standard) : QString::fromUtf8(check->standard) + u", "_s + clause);
    m_header->setToolTip(m_meaning->text() + u'\n' + m_standard->text());
    m_header->setAccessibleDescription(m_meaning->text());
    setFolded(m_folded);
    m_allowance = row.finding.allowed ? row.finding.allowed->allowance : QString();
    m_allowedNote->setVisible(row.finding.allowed.has_value());
    if (row.finding.allowed)
        m_allowedNote->setText(allowedText(*row.finding.allowed));
    const bool carried = row.finding.allowed && row.finding.allowed->carried;
    m_allow->setDisabledReason(carried ? tr("It was allowed in %1 and is carried over; take it back there.")
                                             .arg(row.finding.allowed->carried->name)
                                       : m_allowReason);
    m_allow->setText(row.finding.allowed ? tr("Count it again") : tr("Allow here"));
    const QString unfixable = unfixableText(row.checkId);
    m_fix->setDisabledReason(!unfixable.isEmpty() ? unfixable
            : row.finding.allowed                 ? tr("It is allowed here; let it count again first.")
                                                  : m_fixReason);
    setFix({}, false);
    m_chart->hide();
    m_numbers->hide();
    show();
}

void FindingDetail::setEvidence(const std::optional<checks::Evidence>& evidence)
{
    const bool draws = evidence && (evidence->lower || evidence->upper)
        && (evidence->value || evidence->points.size() > 1) && evidence->unit != u"switch"_s;
    m_chart->setVisible(draws);
    if (draws)
        m_chart->show(*evidence, m_from, m_to);
    const QString numbers = evidence && evidence->unit != u"switch"_s ? evidenceText(*evidence) : QString();
    m_numbers->setVisible(!numbers.isEmpty());
    m_numbers->setText(numbers);
}

void FindingDetail::setFolded(bool folded)
{
    m_folded = folded;
    m_meaning->setVisible(!folded);
    m_standard->setVisible(!folded && !m_standard->text().isEmpty());
}

void FindingDetail::setFix(const QString& text, bool proposed)
{
    m_fixNote->setText(text);
    m_fixNote->setVisible(!text.isEmpty());
    m_fix->setText(proposed ? tr("Make the copy") : tr("Fix…"));
}

QString FindingDetail::fixText() const
{
    return m_fixNote->isVisibleTo(this) ? m_fixNote->text() : QString();
}

void FindingDetail::clear()
{
    m_id.clear();
    m_allowance.clear();
    hide();
}

void FindingDetail::setDisabledReason(const QString& reason)
{
    m_allowReason = reason;
    m_allow->setDisabledReason(reason);
}

} // namespace vidimus::ui::moderation
