#include "ui/moderation/decided_list.h"

#include "ui/widgets/table_helpers.h"

namespace vidimus::ui::moderation {

using namespace Qt::StringLiterals;
using namespace widgets;
using State = vidimus::moderation::DecisionState;

DecidedModel::DecidedModel(const Clock& clock, QObject* parent)
    : QAbstractListModel(parent)
    , m_clock(clock)
{
}

void DecidedModel::add(const Decided& decided)
{
    remove(decided.decision.id);
    beginInsertRows({}, 0, 0);
    m_decided.insert(m_decided.begin(), decided);
    endInsertRows();
}

const Decided* DecidedModel::lastUndoable() const
{
    const auto found = std::ranges::find_if(
        m_decided, [](const Decided& decided) { return vidimus::moderation::stands(decided.decision); });
    return found == m_decided.end() ? nullptr : &*found;
}

void DecidedModel::remove(const DecisionId& id)
{
    const auto found
        = std::ranges::find_if(m_decided, [&id](const Decided& decided) { return decided.decision.id == id; });
    if (found == m_decided.end())
        return;
    const int row = static_cast<int>(found - m_decided.begin());
    beginRemoveRows({}, row, row);
    m_decided.erase(found);
    endRemoveRows();
}

void DecidedModel::released(const DecisionId& id)
{
    for (Decided& decided : m_decided) {
        if (decided.decision.id == id)
            decided.leavesAt = m_clock.now();
    }
    tick();
}

void DecidedModel::update(const std::vector<vidimus::moderation::Decision>& decisions)
{
    for (const auto& decision : decisions) {
        const auto known = std::ranges::find_if(
            m_decided, [&decision](const Decided& decided) { return decided.decision.id == decision.id; });
        if (known != m_decided.end())
            known->decision = decision;
    }
    tick();
}

void DecidedModel::tick()
{
    if (!m_decided.empty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

int DecidedModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_decided.size());
}

QString DecidedModel::stateText(const Decided& decided) const
{
    switch (decided.decision.state) {
    case State::Committed: {
        const auto left
            = std::chrono::duration_cast<std::chrono::seconds>(decided.leavesAt - m_clock.now() + Milliseconds(999));
        return left.count() > 0 ? tr("waits %1 s").arg(left.count()) : tr("stored");
    }
    case State::Sent:
        return tr("sent");
    case State::Draft:
        return tr("draft: another stands");
    case State::Superseded:
        return tr("replaced");
    case State::Undone:
        return tr("undone");
    case State::Staged:
        break;
    }
    return {};
}

QVariant DecidedModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Decided& decided = m_decided[std::size_t(index.row())];
    const VerdictLook look = verdictLook(decided.decision.verdict);
    const bool isDraft = decided.decision.state == State::Draft;
    switch (role) {
    case TitleRole:
        return u'#' + decided.shortId;
    case Qt::DisplayRole:
        return look.done;
    case Qt::AccessibleTextRole:
        return tr("%1, %2, %3").arg(decided.shortId, look.done, stateText(decided));
    case StateTextRole:
        return stateText(decided);
    case IconRole:
        return isDraft ? u"edit"_s : look.iconName;
    case InkRole:
        return static_cast<int>(isDraft ? Ink::Warning : look.ink);
    default:
        return {};
    }
}

} // namespace vidimus::ui::moderation
