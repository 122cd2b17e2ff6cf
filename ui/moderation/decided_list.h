#pragma once

#include "ui/moderation/decision_desk.h"

#include <QAbstractListModel>

namespace vidimus::ui::moderation {

/// One decision of this session.
struct Decided {
    vidimus::moderation::Decision decision;
    QString shortId;
    Instant leavesAt {};
    int row = 0; ///< where it stood in the queue
    qint64 frame = 0; ///< where the playhead stood
};

/// What was decided in this session, newest first, with where each is: waits, sent, draft. Ui thread.
class DecidedModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { StateTextRole = Qt::UserRole + 1, IconRole, InkRole, TitleRole };

    explicit DecidedModel(const Clock& clock, QObject* parent = nullptr);

    void add(const Decided& decided);
    /// The last one that can be undone; null: none.
    [[nodiscard]] const Decided* lastUndoable() const;
    void remove(const DecisionId& id);
    /// It waits no longer.
    void released(const DecisionId& id);
    /// New states from the store.
    void update(const std::vector<vidimus::moderation::Decision>& decisions);
    /// Ages and countdowns move on.
    void tick();
    [[nodiscard]] const std::vector<Decided>& all() const { return m_decided; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    [[nodiscard]] QString stateText(const Decided& decided) const;

    const Clock& m_clock;
    std::vector<Decided> m_decided; ///< newest first
};

} // namespace vidimus::ui::moderation
