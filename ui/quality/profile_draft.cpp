#include "ui/quality/profile_draft.h"

#include "core/checks/check_descriptor.h"

namespace vidimus::ui::quality {

using namespace Qt::StringLiterals;

ProfileDraft::ProfileDraft(checks::Profile saved, checks::Profile shipped)
    : m_saved(std::move(saved))
    , m_shipped(std::move(shipped))
    , m_now(m_saved)
{
}

void ProfileDraft::setThreshold(const QString& check, const QString& parameter, double value)
{
    m_now.checks.at(check).thresholds[parameter] = value;
}

bool ProfileDraft::isChanged(const QString& check) const
{
    return m_now.checks.at(check) != m_saved.checks.at(check);
}

bool ProfileDraft::differsFromShipped(const QString& check) const
{
    return m_now.checks.at(check) != m_shipped.checks.at(check);
}

QStringList ProfileDraft::changed() const
{
    QStringList changed;
    for (const checks::CheckDescriptor& check : checks::checkDescriptors()) {
        if (isChanged(QString::fromLatin1(check.id)))
            changed.append(QString::fromLatin1(check.id));
    }
    return changed;
}

checks::Profile ProfileDraft::named(const QString& id, const QString& title) const
{
    checks::Profile profile = m_now;
    profile.id = id;
    profile.title = title;
    return profile;
}

QString profileIdFor(const QString& title)
{
    constexpr int kLongest = 64;
    QString id;
    for (const QChar character : title.toLower().normalized(QString::NormalizationForm_KD)) {
        const bool plain = (character >= u'a' && character <= u'z') || (character >= u'0' && character <= u'9');
        if (plain)
            id += character;
        else if (character.isSpace() || character.isPunct())
            id += id.isEmpty() || id.endsWith(u'-') ? QString() : u"-"_s;
    }
    id.truncate(kLongest);
    while (id.endsWith(u'-'))
        id.chop(1);
    return id;
}

} // namespace vidimus::ui::quality
