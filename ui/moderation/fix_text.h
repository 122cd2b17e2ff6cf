#pragma once

#include "core/workbench/fix.h"
#include "core/workbench/fix_job.h"

namespace vidimus::ui::moderation {

/// Whether a program can mend what this check finds, and how the button says that it cannot; empty: it can.
[[nodiscard]] QString unfixableText(const QString& checkId);
/// What a correction would do, or why it does nothing, a sentence each.
[[nodiscard]] QString proposalText(const workbench::FixOutcome& outcome);
/// "Loudness: −29.1 LUFS before, −23.0 LUFS after; …": the end of a correction, with what was checked again.
[[nodiscard]] QString resultText(const workbench::FixJobResult& result);
/// Where a correction stands that is being made.
[[nodiscard]] QString progressText(const jobs::Job& job);

} // namespace vidimus::ui::moderation
