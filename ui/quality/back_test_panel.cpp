#include "ui/quality/back_test_panel.h"

#include "ui/quality/check_list_model.h"
#include "ui/shell/mode.h"
#include "ui/widgets/button.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/section_header.h"
#include "ui/widgets/table_helpers.h"

#include <QCoreApplication>
#include <QHeaderView>
#include <QLocale>
#include <QTableView>
#include <QVBoxLayout>

namespace vidimus::ui::quality {

using namespace Qt::StringLiterals;
using namespace widgets;

namespace {

constexpr std::array kOutcomes {"pass", "warn", "fail", "not_evaluated"};

Ink inkOf(const QString& outcome)
{
    return outcome == u"pass"_s ? Ink::Passed
        : outcome == u"warn"_s  ? Ink::Warning
        : outcome == u"fail"_s  ? Ink::Rejected
                                : Ink::Second;
}

} // namespace

QString outcomeText(const QString& outcome)
{
    const char* text = outcome == u"pass"_s ? QT_TRANSLATE_NOOP("Quality", "Pass")
        : outcome == u"warn"_s              ? QT_TRANSLATE_NOOP("Quality", "Warn")
        : outcome == u"fail"_s              ? QT_TRANSLATE_NOOP("Quality", "Fail")
        : outcome == u"not_evaluated"_s     ? QT_TRANSLATE_NOOP("Quality", "Not evaluated")
                                            : QT_TRANSLATE_NOOP("Quality", "Off");
    return QCoreApplication::translate("Quality", text);
}

void ChangedVerdictsModel::setRows(std::vector<workbench::ChangedVerdict> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

AssetId ChangedVerdictsModel::assetAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_rows[std::size_t(row)].asset : AssetId();
}

int ChangedVerdictsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ChangedVerdictsModel::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

QVariant ChangedVerdictsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const workbench::ChangedVerdict& row = m_rows[std::size_t(index.row())];
    if (role == Qt::ToolTipRole) {
        QStringList words;
        for (const workbench::ChangedCheck& check : row.checks)
            words << tr("%1: %2, then %3").arg(titleOf(check.id), outcomeText(check.before), outcomeText(check.after));
        return words.join(u'\n');
    }
    switch (index.column()) {
    case Name:
        return role == Qt::DisplayRole ? QVariant(row.name) : QVariant();
    case Now:
        return role == Qt::DisplayRole ? QVariant(outcomeText(row.before))
            : role == CellInkRole      ? QVariant(static_cast<int>(inkOf(row.before)))
                                       : QVariant();
    default:
        return role == Qt::DisplayRole ? QVariant(outcomeText(row.after))
            : role == CellInkRole      ? QVariant(static_cast<int>(inkOf(row.after)))
                                       : QVariant();
    }
}

QVariant ChangedVerdictsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Name ? tr("File") : section == Now ? tr("Now") : tr("Then");
}

/// Two stacked bars, now and then, with the counts below.
class BackTestPanel::Counts : public QWidget {
public:
    explicit Counts(QWidget* parent)
        : QWidget(parent)
    {
        setFixedHeight(2 * kBarHeight + kGap + 24);
        setAccessibleName(BackTestPanel::tr("Verdicts now and then"));
    }

    void setCounts(std::map<QString, int> now, std::map<QString, int> then)
    {
        m_now = std::move(now);
        m_then = std::move(then);
        QStringList words;
        for (const char* outcome : kOutcomes) {
            const QString id = QString::fromLatin1(outcome);
            if (m_now[id] > 0 || m_then[id] > 0)
                words << BackTestPanel::tr("%1: %2, then %3").arg(outcomeText(id)).arg(m_now[id]).arg(m_then[id]);
        }
        setAccessibleDescription(words.join(u"; "));
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const int label = 44;
        int y = 0;
        for (const auto& [text, counts] :
            {std::pair {BackTestPanel::tr("Now"), &m_now}, std::pair {BackTestPanel::tr("Then"), &m_then}}) {
            place(painter, {0, y, label, kBarHeight}, text);
            bar(painter, QRect(label, y, width() - label, kBarHeight), *counts);
            y += kBarHeight + kGap;
        }
        int x = label;
        for (const char* outcome : kOutcomes) {
            const QString id = QString::fromLatin1(outcome);
            if (m_now[id] == 0 && m_then[id] == 0)
                continue;
            const QString text = m_now[id] == m_then[id]
                ? u"%1 %2"_s.arg(outcomeText(id)).arg(m_then[id])
                : u"%1 %2 → %3"_s.arg(outcomeText(id)).arg(m_now[id]).arg(m_then[id]);
            const int wide = roleMetrics(TextRole::LabelPlain).horizontalAdvance(text) + 16;
            const QRect rect(x, y, wide, 16);
            const QRect shown = QStyle::visualRect(layoutDirection(), this->rect(), rect);
            drawText(painter, shown, text, TextRole::LabelPlain, inkColor(inkOf(id)),
                Qt::AlignLeading | Qt::AlignVCenter, Qt::ElideNone);
            x += wide;
        }
    }

private:
    static constexpr int kBarHeight = 14;

    void place(QPainter& painter, const QRect& rect, const QString& text) const
    {
        drawText(painter, QStyle::visualRect(layoutDirection(), this->rect(), rect), text, TextRole::LabelPlain,
            currentTokens().second, Qt::AlignLeading | Qt::AlignVCenter, Qt::ElideNone);
    }

    void bar(QPainter& painter, const QRect& rect, std::map<QString, int>& counts) const
    {
        int total = 0;
        for (const auto& [outcome, count] : counts)
            total += count;
        if (total == 0)
            return;
        double x = rect.left();
        for (const char* outcome : kOutcomes) {
            const QString id = QString::fromLatin1(outcome);
            const double wide = double(rect.width()) * counts[id] / total;
            const QRectF part(x, rect.top(), std::max(0.0, wide - 1), rect.height());
            const QRect shown = QStyle::visualRect(layoutDirection(), this->rect(), part.toRect());
            if (counts[id] > 0) {
                // Not by colour alone: warnings are hatched, failures solid, passes outlined.
                const SeverityPattern pattern = id == u"fail"_s ? SeverityPattern::Solid
                    : id == u"warn"_s                           ? SeverityPattern::Hatched
                                                                : SeverityPattern::Outline;
                drawSeverity(painter, shown, inkColor(inkOf(id)), pattern);
            }
            x += wide;
        }
    }

    std::map<QString, int> m_now;
    std::map<QString, int> m_then;
};

BackTestPanel::BackTestPanel(QWidget* parent)
    : QWidget(parent)
    , m_header(new SectionHeader(tr("On this library"), this))
    , m_sentence(new Paragraph({}, TextRole::Body, Ink::Text, this))
    , m_apply(new Button(tr("Store these verdicts"), Button::Kind::Plain, this))
    , m_counts(new Counts(this))
    , m_table(new QTableView(this))
    , m_model(new ChangedVerdictsModel(this))
{
    setMinimumWidth(300);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    auto* body = new QVBoxLayout;
    body->setContentsMargins(kPanelPadding, kPanelPadding, kPanelPadding, kGap);
    body->setSpacing(kPanelPadding);
    body->addWidget(m_sentence);
    body->addWidget(m_counts);
    m_apply->setFocusPolicy(Qt::TabFocus);
    body->addWidget(m_apply, 0, Qt::AlignLeading);
    layout->addLayout(body);
    setUpTable(m_table);
    shell::setModeOf(m_table, shell::Mode::List);
    m_table->setAccessibleName(tr("Files whose verdict would change"));
    m_table->setModel(m_model);
    m_table->horizontalHeader()->setSectionResizeMode(ChangedVerdictsModel::Name, QHeaderView::Stretch);
    m_table->setColumnWidth(ChangedVerdictsModel::Now, 96);
    m_table->setColumnWidth(ChangedVerdictsModel::Then, 96);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    layout->addWidget(m_table, 1);
    layout->addStretch(0);
    connect(m_apply, &QAbstractButton::clicked, this, &BackTestPanel::applyWanted);
    connect(m_table, &QTableView::activated, this,
        [this](const QModelIndex& index) { Q_EMIT assetWanted(m_model->assetAt(index.row())); });
    showJudging();
}

void BackTestPanel::showJudging()
{
    m_header->setCount({});
    m_sentence->setText(tr("Judging what was measured…"));
    m_changes = 0;
    refreshApply();
}

void BackTestPanel::showJudgement(const workbench::LibraryJudgement& judgement)
{
    const int changed = static_cast<int>(judgement.changed.size());
    m_header->setCount(QLocale().toString(judgement.judged));
    QString sentence;
    if (judgement.judged == 0)
        sentence = tr("No file has been checked yet.");
    else if (changed == 0)
        sentence = tr("No verdict would change.");
    else
        sentence = changed == 1
            ? tr("One verdict would change. Nothing is decoded again.")
            : tr("%1 verdicts would change. Nothing is decoded again.").arg(QLocale().toString(changed));
    if (const int missing = judgement.unmeasured + judgement.unchecked; missing > 0)
        sentence += u' ' + tr("Not measured yet: %1.").arg(QLocale().toString(missing));
    m_sentence->setText(sentence);
    std::map<QString, int> now = judgement.verdicts;
    for (const workbench::ChangedVerdict& each : judgement.changed) {
        ++now[each.before];
        --now[each.after];
    }
    m_counts->setCounts(std::move(now), judgement.verdicts);
    m_model->setRows(judgement.changed);
    m_table->setVisible(changed > 0);
    m_changes = changed;
    refreshApply();
}

void BackTestPanel::setApplyReason(const QString& reason)
{
    m_applyReason = reason;
    refreshApply();
}

void BackTestPanel::refreshApply()
{
    m_apply->setDisabledReason(m_changes == 0 ? tr("No verdict would change.") : m_applyReason);
}

void BackTestPanel::showError(const QString& sentence)
{
    m_sentence->setText(sentence);
    m_model->setRows({});
}

} // namespace vidimus::ui::quality
