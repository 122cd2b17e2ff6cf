#include "ui/shell/palette_model.h"

#include "ui/shell/command_table.h"
#include "ui/widgets/painting.h"

namespace vidimus::ui::shell {

PaletteModel::PaletteModel(const CommandTable& commands, QObject* parent)
    : QAbstractListModel(parent)
    , m_commands(commands)
{
    connect(&commands, &CommandTable::commandsChanged, this, &PaletteModel::rebuild);
    rebuild();
}

void PaletteModel::setQuery(const QString& query)
{
    m_query = query;
    rebuild();
}

void PaletteModel::setRecent(const QStringList& ids)
{
    m_recent = ids;
    rebuild();
}

int PaletteModel::commandCount() const
{
    return static_cast<int>(m_commands.commands().size());
}

void PaletteModel::rebuild()
{
    beginResetModel();
    m_rows.clear();
    const auto& commands = m_commands.commands();
    std::vector<Row> recent;
    std::vector<Row> others;
    for (std::size_t i = 0; i < commands.size(); ++i) {
        auto match = fuzzyMatch(m_query, commands[i].text);
        if (!match) {
            // The group may be meant ("jobs pause"); such a hit comes after those in the text itself.
            match = fuzzyMatch(m_query, QString(commands[i].detail + u' ' + commands[i].text));
            if (!match)
                continue;
            match->positions.clear();
            match->score -= 20;
        }
        if (!m_commands.page().isEmpty() && commands[i].page == m_commands.page())
            match->score += 2;
        auto& list = m_recent.contains(commands[i].id) ? recent : others;
        list.push_back({{}, static_cast<int>(i), std::move(*match)});
    }
    std::ranges::stable_sort(recent, {}, [this, &commands](const Row& row) {
        return m_recent.indexOf(commands[static_cast<std::size_t>(row.command)].id);
    });
    std::ranges::stable_sort(others, std::ranges::greater {}, [](const Row& row) { return row.match.score; });
    m_matchCount = static_cast<int>(recent.size() + others.size());
    const auto append = [this](const QString& section, const std::vector<Row>& rows) {
        if (rows.empty())
            return;
        m_rows.push_back({section, -1, {}});
        for (const Row& row : rows) {
            if (m_rows.size() < static_cast<std::size_t>(kMaxRows))
                m_rows.push_back(row);
        }
    };
    append(tr("Recent"), recent);
    append(tr("Commands"), others);
    endResetModel();
}

int PaletteModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant PaletteModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == IsSectionRole)
        return row.command < 0;
    if (row.command < 0)
        return role == Qt::DisplayRole ? QVariant(row.section) : QVariant();
    const Command& command = m_commands.commands()[static_cast<std::size_t>(row.command)];
    switch (role) {
    case Qt::DisplayRole:
        return command.text;
    case Qt::ToolTipRole:
        return command.help;
    case Qt::AccessibleTextRole:
        return command.keys.empty() ? command.text
                                    : tr("%1, key %2").arg(command.text, widgets::keyText(command.keys.front().keys));
    case IdRole:
        return command.id;
    case DetailRole: {
        const QString reason = m_commands.disabledReason(command.id);
        return reason.isEmpty() ? command.detail : reason;
    }
    case IconNameRole:
        return command.iconName;
    case KeyRole:
        return command.keys.empty() ? QString() : widgets::keyText(command.keys.front().keys);
    case PositionsRole:
        return QVariant::fromValue(QList<int>(row.match.positions.begin(), row.match.positions.end()));
    case DisabledReasonRole:
        return m_commands.disabledReason(command.id);
    default:
        return {};
    }
}

Qt::ItemFlags PaletteModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    if (index.data(IsSectionRole).toBool())
        return Qt::ItemIsEnabled;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

} // namespace vidimus::ui::shell
