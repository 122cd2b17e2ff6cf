#pragma once

#include "core/base/instant.h"
#include "ui/widgets/error_text.h"
#include "ui/widgets/tokens.h"

#include <QAbstractListModel>
#include <vector>

namespace vidimus::ui::shell {

/// A way out of an entry; its command runs when it is chosen.
struct AttentionStep {
    QString id; ///< given back by AttentionDrawer::stepChosen
    QString text;
};

/// Something that needs a person. Stays until its owner settles it.
struct AttentionEntry {
    QString id;
    QString subject; ///< what it is about, where that has a name: a file, a title
    QString title;
    QString iconName; ///< "cross", "warning", "offline"
    widgets::Ink ink = widgets::Ink::Warning;
    widgets::FivePartText text; ///< text.what may repeat the title and is shown only in copied details
    Instant since {};
    std::vector<AttentionStep> steps; ///< the first is outlined
};

/// Entries, newest first, and those settled today.
class AttentionModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { IdRole = Qt::UserRole + 1, SettledRole, SinceRole };
    struct Settled {
        QString title;
        Instant at {};
    };

    using QAbstractListModel::QAbstractListModel;
    /// Adds, or replaces the entry of the same id.
    void put(const AttentionEntry& entry);
    void settle(const QString& id, Instant at);
    [[nodiscard]] const std::vector<AttentionEntry>& entries() const { return m_entries; }
    [[nodiscard]] const std::vector<Settled>& settled() const { return m_settled; }
    [[nodiscard]] int count() const { return static_cast<int>(m_entries.size()); }
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

Q_SIGNALS:
    void changed();

private:
    std::vector<AttentionEntry> m_entries;
    std::vector<Settled> m_settled;
};

} // namespace vidimus::ui::shell
