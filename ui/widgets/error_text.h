#pragma once

#include "core/base/result.h"

#include <QString>

namespace vidimus::ui::widgets {

/// The five parts of every error that a person reads: what happened, its effect, what is safe, what to do, and details
/// to copy. Translated whole sentences, except the details.
struct FivePartText {
    QString what;
    QString effect;
    QString safe;
    QString action;
    QString details; ///< code, reason and detail for support

    /// All five with their names, one a line, for the clipboard.
    [[nodiscard]] QString toClipboardText() const;
};

/// Words for an error; a known Error::reason gives a closer sentence than the code alone. Ui thread.
[[nodiscard]] FivePartText errorText(const Error& error);

} // namespace vidimus::ui::widgets
