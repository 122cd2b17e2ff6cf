#pragma once

#include <QLatin1StringView>
#include <QString>
#include <span>

namespace vidimus::actions {

/// In which mode of the window a key acts: REVIEW single keys act, LIST keys move and edit rows, TYPE keys type text.
/// Any: a key with a modifier or function key that acts in all three.
enum class KeyMode { Any, Review, List };

/// Where an action belongs: the sections of the "?" sheet and of the palette.
enum class Group { Transport, Marks, Talk, Decide, Queue, Rights, Publish, Jobs, Everywhere };

/// One key of an action. \a sequence is in QKeySequence's portable text ("Ctrl+K", "Shift+Left"); several, separated by
/// a space, are alternatives.
struct Key {
    KeyMode mode = KeyMode::Any;
    QLatin1StringView sequence;
};

/// Something a person can do in the studio. \a text and \a help are marked for translation in the context "Actions".
/// \a verb names the CLI verb that does the same, or is empty.
struct Action {
    QLatin1StringView id; ///< stable, "review.pass"
    Group group = Group::Everywhere;
    const char* text = nullptr;
    const char* help = nullptr;
    QLatin1StringView icon;
    Key key;
    QLatin1StringView verb;
};

/// All actions in the order of the "?" sheet. Static; any thread.
[[nodiscard]] std::span<const Action> allActions();
/// Null when there is none of that id.
[[nodiscard]] const Action* findAction(QLatin1StringView id);
/// Section title of a group, marked for translation in the context "Actions".
[[nodiscard]] const char* groupTitle(Group group);

} // namespace vidimus::actions
