#pragma once

#include <QString>

namespace vidimus::ui::moderation {

/// What a finding's token says in the language of the window; a token without a sentence of its own in plain words.
[[nodiscard]] QString findingDetail(const QString& token);

} // namespace vidimus::ui::moderation
