#include "ui/shell/command_table.h"

#include "ui/widgets/painting.h"

namespace vidimus::ui::shell {

namespace {

/// Keys that type a character, alone or with Shift; these can be switched off as a whole.
bool isSingleKey(const QKeySequence& chord)
{
    const QKeyCombination key = chord[0];
    const bool modified = key.keyboardModifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier);
    return !modified && key.key() < Qt::Key_Escape;
}

} // namespace

CommandTable::CommandTable(QObject* parent)
    : QObject(parent)
{
}

void CommandTable::add(std::vector<Command> commands)
{
    for (Command& command : commands) {
        const auto found = std::ranges::find(m_commands, command.id, &Command::id);
        if (found == m_commands.end())
            m_commands.push_back(std::move(command));
        else
            *found = std::move(command);
    }
    Q_EMIT commandsChanged();
}

const Command* CommandTable::find(QStringView id) const
{
    const auto found = std::ranges::find_if(m_commands, [id](const Command& command) { return command.id == id; });
    return found == m_commands.end() ? nullptr : &*found;
}

void CommandTable::handle(const QString& id, QObject* context, Handler handler)
{
    m_answers[id].push_back({context, std::move(handler)});
}

void CommandTable::setDisabled(const QString& id, const QString& reason)
{
    if (reason.isEmpty())
        m_disabled.remove(id);
    else
        m_disabled.insert(id, reason);
    Q_EMIT commandsChanged();
}

QString CommandTable::disabledReason(const QString& id) const
{
    return m_disabled.value(id);
}

void CommandTable::setPage(const QString& pageId)
{
    m_page = pageId;
    Q_EMIT commandsChanged();
}

int CommandTable::keyIndexOf(const Command& command, const QKeySequence& chord)
{
    for (std::size_t i = 0; i < command.keys.size(); ++i) {
        if (command.keys[i].keys == chord)
            return static_cast<int>(i);
    }
    return -1;
}

const Command* CommandTable::findByKey(const QKeySequence& chord, Mode mode) const
{
    if (chord.isEmpty() || (!m_singleKeysEnabled && isSingleKey(chord)))
        return nullptr;
    const Command* everywhere = nullptr;
    for (const Command& command : m_commands) {
        if (!command.page.isEmpty() && command.page != m_page)
            continue;
        const int index = keyIndexOf(command, chord);
        if (index < 0 || !(command.keys[static_cast<std::size_t>(index)].modes & flagOf(mode)))
            continue;
        if (!command.page.isEmpty())
            return &command;
        if (!everywhere)
            everywhere = &command;
    }
    return everywhere;
}

QString CommandTable::keyTextOf(const QString& id) const
{
    const Command* command = find(id);
    return command && !command->keys.empty() ? widgets::keyText(command->keys.front().keys) : QString();
}

bool CommandTable::isAnswered(const QString& id) const
{
    const auto answers = m_answers.constFind(id);
    return answers != m_answers.constEnd()
        && std::ranges::any_of(*answers, [](const Answer& answer) { return !answer.context.isNull(); });
}

bool CommandTable::trigger(const QString& id, int keyIndex)
{
    if (!find(id))
        return false;
    if (const QString reason = m_disabled.value(id); !reason.isEmpty()) {
        Q_EMIT refused(id, reason);
        return false;
    }
    auto& answers = m_answers[id];
    std::erase_if(answers, [](const Answer& answer) { return answer.context.isNull(); });
    if (answers.empty())
        return false;
    const Handler handler = answers.back().handler; // a copy: the handler may change the table
    handler(keyIndex);
    Q_EMIT triggered(id);
    return true;
}

} // namespace vidimus::ui::shell
