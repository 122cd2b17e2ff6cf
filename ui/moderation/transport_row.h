#pragma once

#include "core/base/rational.h"
#include "ui/moderation/panel.h"

namespace vidimus::ui::widgets {
class Button;
class IconButton;
class KeyCap;
class TextLabel;
} // namespace vidimus::ui::widgets

namespace vidimus::ui::moderation {

/// The 40 px line under the picture: step, play, timecode, frame, J K L, rate; loop, sound, size, full screen. Shows
/// values and gives the ids of commands back.
class TransportRow : public Panel {
    Q_OBJECT

public:
    explicit TransportRow(QWidget* parent = nullptr);

    void setLength(qint64 frameCount, Rational framesPerSecond);
    void setFrame(qint64 frame);
    void setRate(double rate);
    void setMuted(bool muted);
    void setLooping(bool looping);
    void setZoom(int percent);
    void setNarrow(bool narrow);
    [[nodiscard]] QString timecode() const;

Q_SIGNALS:
    void wanted(const QString& commandId);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit(); ///< leaves out what there is no room for; never the timecode
    widgets::IconButton* addButton(const QString& iconName, const QString& name, const QString& commandId);

    widgets::IconButton* m_play;
    widgets::IconButton* m_loop;
    widgets::IconButton* m_mute;
    widgets::TextLabel* m_timecode;
    widgets::TextLabel* m_length;
    widgets::TextLabel* m_frame;
    widgets::KeyCap* m_back;
    widgets::KeyCap* m_stop;
    widgets::KeyCap* m_forward;
    widgets::TextLabel* m_rateLabel;
    widgets::TextLabel* m_zoom;
    Rational m_framesPerSecond {25, 1};
    int m_zoomPercent = 100;
    bool m_narrow = false;
};

} // namespace vidimus::ui::moderation
