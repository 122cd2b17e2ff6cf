#include "ui/quality/bank_models.h"

#include "ui/widgets/table_helpers.h"
#include "ui/widgets/tokens.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QTime>

namespace vidimus::ui::quality {

using namespace Qt::StringLiterals;
using namespace widgets;
using matching::BankSeverity;

namespace {

Ink inkOf(BankSeverity severity)
{
    return severity == BankSeverity::Block ? Ink::Rejected
        : severity == BankSeverity::Review ? Ink::Warning
                                           : Ink::Second;
}

QString timeText(Milliseconds time)
{
    const QTime clock = QTime(0, 0).addMSecs(static_cast<int>(time.count() % 86'400'000));
    return u"%1:%2"_s.arg(time.count() / 3'600'000).arg(clock.toString(u"mm:ss"_s));
}

} // namespace

QString bankSeverityText(BankSeverity severity)
{
    switch (severity) {
    case BankSeverity::Block:
        return QCoreApplication::translate("Quality", "Blocks: before all others");
    case BankSeverity::Review:
        return QCoreApplication::translate("Quality", "Review: a person must look");
    case BankSeverity::Notice:
        return QCoreApplication::translate("Quality", "Notice: shown only");
    }
    return {};
}

void BanksModel::setRows(std::vector<store::BankRow> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

const store::BankRow* BanksModel::row(int row) const
{
    return row >= 0 && row < rowCount() ? &m_rows[std::size_t(row)] : nullptr;
}

int BanksModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int BanksModel::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

QVariant BanksModel::data(const QModelIndex& index, int role) const
{
    const store::BankRow* bank = row(index.row());
    if (!bank)
        return {};
    if (role == CellInkRole && index.column() == Severity)
        return static_cast<int>(inkOf(bank->severity));
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Name:
        return bank->name;
    case Severity:
        return bankSeverityText(bank->severity);
    case Hashes:
        return QLocale().toString(bank->hashes);
    default:
        return QLocale().toString(
            QDateTime::fromMSecsSinceEpoch(bank->changedAt.time_since_epoch().count()), QLocale::ShortFormat);
    }
}

QVariant BanksModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Bank");
    case Severity:
        return tr("A hit");
    case Hashes:
        return tr("Hashes");
    default:
        return tr("Changed");
    }
}

void BankHitsModel::setRows(std::vector<workbench::KeptMatch> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

AssetId BankHitsModel::assetAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_rows[std::size_t(row)].asset : AssetId();
}

int BankHitsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int BankHitsModel::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

QVariant BankHitsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const workbench::KeptMatch& hit = m_rows[std::size_t(index.row())];
    if (role == CellInkRole && index.column() == Bank)
        return static_cast<int>(inkOf(hit.match.severity));
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case File:
        return hit.assetName;
    case Bank:
        return hit.match.name;
    case Entry:
        return hit.match.label;
    case Distance:
        return tr("%1 of 256 bits").arg(hit.match.distance);
    default:
        return hit.match.segments.empty() ? QString() : timeText(hit.match.segments.front().aStart);
    }
}

QVariant BankHitsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case File:
        return tr("File");
    case Bank:
        return tr("Bank");
    case Entry:
        return tr("Entry");
    case Distance:
        return tr("Distance");
    default:
        return tr("At");
    }
}

} // namespace vidimus::ui::quality
