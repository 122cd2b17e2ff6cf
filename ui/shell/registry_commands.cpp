#include "ui/shell/registry_commands.h"

#include "core/actions/action.h"
#include "ui/widgets/painting.h"

#include <QCoreApplication>

namespace vidimus::ui::shell {

using namespace Qt::StringLiterals;

namespace {

QString translated(const char* text)
{
    return text ? QCoreApplication::translate("Actions", text) : QString();
}

QString pageOf(actions::Group group)
{
    switch (group) {
    case actions::Group::Transport:
    case actions::Group::Marks:
    case actions::Group::Talk:
    case actions::Group::Decide:
    case actions::Group::Queue:
        return u"moderation"_s;
    case actions::Group::Rights:
        return u"rights"_s;
    case actions::Group::Publish:
        return u"publishing"_s;
    case actions::Group::Jobs:
        return u"jobs"_s;
    case actions::Group::Everywhere:
        return {};
    }
    return {};
}

Modes modesOf(const actions::Action& action)
{
    switch (action.key.mode) {
    case actions::KeyMode::Any:
        return InAnyMode;
    case actions::KeyMode::Review:
        // What acts everywhere must act in lists too, only never while typing.
        return action.group == actions::Group::Everywhere ? Modes(InReview | InList) : Modes(InReview);
    case actions::KeyMode::List:
        return InList;
    }
    return InAnyMode;
}

} // namespace

std::vector<Command> registryCommands()
{
    std::vector<Command> commands;
    for (const actions::Action& action : actions::allActions()) {
        Command command {.id = action.id,
            .text = translated(action.text),
            .group = translated(actions::groupTitle(action.group)),
            .detail = translated(actions::groupTitle(action.group)),
            .help = translated(action.help),
            .iconName = action.icon,
            .keys = {},
            .page = action.key.mode == actions::KeyMode::Any ? QString() : pageOf(action.group),
            .repeats = action.group == actions::Group::Transport || action.group == actions::Group::Queue};
        for (const QString& keys : QString(action.key.sequence).split(u' ', Qt::SkipEmptyParts)) {
            // The keypad's Enter arrives as Return (chordOf), so one binding is enough.
            KeyBinding binding {QKeySequence::fromString(keys, QKeySequence::PortableText), modesOf(action)};
            if (binding.keys == QKeySequence(Qt::Key_Enter))
                binding.keys = QKeySequence(Qt::Key_Return);
            if (std::ranges::find(command.keys, binding) == command.keys.end())
                command.keys.push_back(binding);
        }
        commands.push_back(std::move(command));
    }
    return commands;
}

QString actionKeyText(QLatin1StringView id)
{
    const actions::Action* action = actions::findAction(id);
    Q_ASSERT(action);
    const QString first = QString(action->key.sequence).section(u' ', 0, 0);
    return widgets::keyText(QKeySequence::fromString(first, QKeySequence::PortableText));
}

} // namespace vidimus::ui::shell
