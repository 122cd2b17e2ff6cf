#pragma once

#include "ui/rights/live_at.h"
#include "ui/rights/panel.h"

#include <QTimeZone>

class QHBoxLayout;
class QLineEdit;
class QSlider;

namespace vidimus::ui::widgets {
class IconButton;
class TextLabel;
} // namespace vidimus::ui::widgets

namespace vidimus::ui::rights {

class IconText;

/// "What is live at": the instant, typed or slid or stepped from change to change, and what the resolver answers there.
/// 76 high.
class LiveAtPanel : public Panel {
    Q_OBJECT

public:
    explicit LiveAtPanel(QWidget* parent = nullptr);

    void setAt(Instant at);
    void setLive(const LiveAt& live, Instant now);
    /// The instants that the arrows step to; the slider spans them.
    void setChanges(const std::vector<Instant>& changes, Instant now);
    void setZone(const QTimeZone& zone);
    [[nodiscard]] QLineEdit* field() const { return m_field; }
    [[nodiscard]] QString liveText() const;

Q_SIGNALS:
    void atWanted(vidimus::Instant at);

private:
    void step(int direction);
    void showZone();
    void takeField();

    QLineEdit* m_field;
    widgets::TextLabel* m_local;
    QSlider* m_slider;
    widgets::IconButton* m_back;
    widgets::IconButton* m_forward;
    widgets::TextLabel* m_live;
    IconText* m_darkHead;
    widgets::TextLabel* m_dark;
    IconText* m_startsHead;
    widgets::TextLabel* m_starts;
    std::vector<Instant> m_changes;
    QTimeZone m_zone;
    Instant m_at {};
    Instant m_first {};
    Instant m_last {};
};

} // namespace vidimus::ui::rights
