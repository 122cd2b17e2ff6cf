#pragma once

#include "core/base/instant.h"
#include "ui/shell/mode.h"

#include <QWidget>
#include <optional>

class QTimer;

namespace vidimus::ui::widgets {
class StatusDot;
class TextLabel;
} // namespace vidimus::ui::widgets

namespace vidimus::ui::shell {

class ModeChip;
class StatusButton;

/// What is stored and sent, for the status bar. Ages are worked out from the instants.
struct StorageState {
    std::optional<Instant> savedAt;
    std::optional<Instant> sentAt;
    int outboxCount = 0;
    bool offline = false; ///< sent age and outbox turn amber
    bool saveFailed = false; ///< the dot turns red
};

/// The 28 px bar at the bottom: mode, ages, outbox; reason line, attention count, keys.
class StatusStrip : public QWidget {
    Q_OBJECT

public:
    /// \a clock outlives the strip.
    explicit StatusStrip(const Clock& clock, QWidget* parent = nullptr);

    void setMode(Mode mode);
    void setStorage(const StorageState& state);
    void setReason(const QString& text);
    void setAttentionCount(int count);
    void setNarrow(bool narrow);
    /// Recomputes ages; called every second while visible.
    void refreshAges();

Q_SIGNALS:
    void attentionWanted();
    void keysWanted();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Clock& m_clock;
    StorageState m_state;
    ModeChip* m_mode;
    widgets::StatusDot* m_dot;
    widgets::TextLabel* m_saved;
    widgets::TextLabel* m_sent;
    widgets::TextLabel* m_outbox;
    widgets::TextLabel* m_reason;
    StatusButton* m_attention;
    StatusButton* m_keys;
    QTimer* m_timer;
};

} // namespace vidimus::ui::shell
