#include "ui/publishing/outbox_model.h"

#include "ui/publishing/job_text.h"
#include "ui/publishing/words.h"
#include "ui/widgets/error_text.h"
#include "ui/widgets/table_helpers.h"
#include "ui/widgets/time_label.h"

namespace vidimus::ui::publishing {

using namespace widgets;
using namespace Qt::StringLiterals;

void OutboxModel::setOperations(
    std::vector<catalog::Operation> operations, const QHash<TitleId, QString>& names, Instant now)
{
    const bool same
        = std::ranges::equal(operations, m_operations, {}, &catalog::Operation::id, &catalog::Operation::id);
    if (!same)
        beginResetModel();
    m_operations = std::move(operations);
    m_names = names;
    m_now = now;
    if (!same)
        endResetModel();
    else if (!m_operations.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

const catalog::Operation* OutboxModel::operation(const QModelIndex& index) const
{
    return checkIndex(index, CheckIndexOption::IndexIsValid) ? &m_operations[static_cast<std::size_t>(index.row())]
                                                             : nullptr;
}

int OutboxModel::rowOf(const OperationId& id) const
{
    const auto found = std::ranges::find(m_operations, id, &catalog::Operation::id);
    return found == m_operations.end() ? -1 : static_cast<int>(found - m_operations.begin());
}

QString OutboxModel::nameOf(const TitleId& title) const
{
    return m_names.value(title, title.toString());
}

int OutboxModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_operations.size());
}

int OutboxModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString OutboxModel::textOf(const catalog::Operation& operation, int column) const
{
    switch (column) {
    case Title:
        return nameOf(operation.title);
    case What:
        return operationKindText(operation.kind);
    case State:
        return operationStateText(operation, m_now).word;
    case Age:
        return spanText(m_now - operation.createdAt);
    case Attempts:
        return countText(operation.attempts);
    case NextTry:
        if (needsPerson(operation))
            return tr("when you say");
        return operation.notBefore > m_now ? tr("in %1").arg(spanText(operation.notBefore - m_now)) : tr("now");
    case LastError:
        return operation.attempts > 0 || needsPerson(operation) ? errorText(operation.lastError).what : QString();
    default:
        return {};
    }
}

QVariant OutboxModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const catalog::Operation& shown = m_operations[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        return textOf(shown, index.column());
    case Qt::TextAlignmentRole:
        return index.column() == Age || index.column() == Attempts ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                                                                   : QVariant();
    case CellIconRole:
        return index.column() == State ? QVariant(operationStateText(shown, m_now).icon) : QVariant();
    case CellInkRole:
        if (index.column() == State)
            return static_cast<int>(operationStateText(shown, m_now).ink);
        return index.column() >= Age ? QVariant(static_cast<int>(Ink::Second)) : QVariant();
    default:
        return {};
    }
}

QVariant OutboxModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && (section == Age || section == Attempts))
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Title:
        return tr("Title");
    case What:
        return tr("What");
    case State:
        return tr("State");
    case Age:
        return tr("Age");
    case Attempts:
        return tr("Attempts");
    case NextTry:
        return tr("Next try");
    case LastError:
        return tr("Last answer");
    default:
        return {};
    }
}

bool needsPerson(const catalog::Operation& operation)
{
    return operation.state == catalog::OperationState::Conflict
        || operation.state == catalog::OperationState::NeedsPerson;
}

} // namespace vidimus::ui::publishing
