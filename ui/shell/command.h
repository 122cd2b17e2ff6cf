#pragma once

#include "ui/shell/mode.h"

#include <QKeySequence>
#include <QString>
#include <vector>

namespace vidimus::ui::shell {

struct KeyBinding {
    QKeySequence keys; ///< one chord
    Modes modes = InAnyMode;
    friend bool operator==(const KeyBinding&, const KeyBinding&) = default;
};

/// A verb of the studio as palette, `?` sheet and key dispatcher need it. Filled from the action registry.
struct Command {
    QString id; ///< "moderation.reject"
    QString text; ///< "Reject", translated
    QString group; ///< "Decide", translated
    QString detail; ///< second text in the palette: "Moderation"
    QString help; ///< one sentence
    QString iconName;
    std::vector<KeyBinding> keys;
    QString page; ///< id of the page it belongs to; empty: everywhere
    bool repeats = false; ///< acts again while the key is held
};

} // namespace vidimus::ui::shell
