#pragma once

#include "core/checks/profile.h"

#include <QStringList>

namespace vidimus::ui::quality {

/// A profile while it is edited: what it was, what it would be, and the shipped one it comes from. A value.
class ProfileDraft {
public:
    ProfileDraft() = default;
    /// \a shipped is what it inherits; the same as \a saved when that is shipped itself.
    ProfileDraft(checks::Profile saved, checks::Profile shipped);

    [[nodiscard]] const checks::Profile& profile() const { return m_now; }
    [[nodiscard]] const checks::Profile& shipped() const { return m_shipped; }
    /// It comes with the program: changes are kept under another name.
    [[nodiscard]] bool isShipped() const { return m_saved.id == m_shipped.id; }
    [[nodiscard]] const checks::CheckSetting& setting(const QString& check) const { return m_now.checks.at(check); }
    void set(const QString& check, const checks::CheckSetting& setting) { m_now.checks[check] = setting; }
    void setThreshold(const QString& check, const QString& parameter, double value);
    void revert(const QString& check) { m_now.checks[check] = m_saved.checks.at(check); }
    void revertAll() { m_now = m_saved; }

    /// Checks that are no longer as saved, in the order of reports.
    [[nodiscard]] QStringList changed() const;
    [[nodiscard]] bool isChanged(const QString& check) const;
    /// Otherwise than shipped.
    [[nodiscard]] bool differsFromShipped(const QString& check) const;
    /// The profile under another name.
    [[nodiscard]] checks::Profile named(const QString& id, const QString& title) const;

private:
    checks::Profile m_saved;
    checks::Profile m_shipped;
    checks::Profile m_now;
};

/// "Broadcast, strict" as an id: "broadcast-strict"; empty when nothing of it can be kept.
[[nodiscard]] QString profileIdFor(const QString& title);

} // namespace vidimus::ui::quality
