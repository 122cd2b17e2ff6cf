#pragma once

#include "core/media/player_clock.h"
#include "ui/moderation/decode_thread.h"
#include "ui/moderation/sound_player.h"
#include "ui/moderation/watched_ranges.h"

#include <QElapsedTimer>
#include <QTimer>
#include <optional>

namespace vidimus::ui::moderation {

/// Where the player begins in an item.
struct PlayerStart {
    qint64 frame = 0;
    WatchedRanges watched;
};

/// The transport of the review page: owns the decoding thread, the clock and the sound. Positions are frames in
/// presentation order; an item without picture counts 25 a second. Nothing here blocks. Ui thread.
class Player : public QObject {
    Q_OBJECT

public:
    explicit Player(SoundOutputOpener sound = openChosenSoundOutput, QObject* parent = nullptr);
    ~Player() override;

    void open(SourceOpener opener, PlayerStart start);
    void close();
    [[nodiscard]] bool isOpen() const { return m_clock.has_value(); }
    /// Device pixels that a picture may take; frames are scaled to fit.
    void setBounds(QSize pixels);

    void toggle();
    void shuttle(int direction); ///< J and L
    void slow(int direction); ///< K held with J or L
    void stop();
    void step(qint64 frames); ///< exact; pauses
    void jumpSeconds(double seconds);
    void seek(qint64 frame);
    void setLoop(std::optional<widgets::FrameSpan> range);
    void setMuted(bool muted) { m_sound.setMuted(muted); }
    [[nodiscard]] bool isMuted() const { return m_sound.isMuted(); }

    [[nodiscard]] qint64 frame() const;
    [[nodiscard]] qint64 frameCount() const;
    [[nodiscard]] Rational framesPerSecond() const;
    [[nodiscard]] double rate() const { return m_clock ? m_clock->rate() : 0; }
    [[nodiscard]] double secondsOf(qint64 frame) const;
    [[nodiscard]] qint64 frameAt(double seconds) const;
    [[nodiscard]] const media::FrameIndex& index() const { return m_index; }
    [[nodiscard]] const WatchedRanges& watched() const { return m_watched; }
    /// Of the last frame on the screen; -1 before the first.
    [[nodiscard]] qint64 shownFrame() const { return m_shown; }

Q_SIGNALS:
    void opened();
    void openFailed(const vidimus::Error& error);
    void frameShown(const QImage& image, qint64 number);
    /// A picture to look at until the frame is there; \a number is not the player's.
    void nearFrameShown(const QImage& image, qint64 number);
    /// The worker that decodes crashed and was replaced, for the \a times th time in this item; nothing is lost.
    void decoderRestarted(int times);
    void frameFailed(qint64 number, const vidimus::Error& error);
    void positionChanged(qint64 frame);
    void rateChanged(double rate);
    void watchedChanged();
    void levelsChanged(const std::vector<vidimus::ui::widgets::LevelMeter::Channel>& channels);

private:
    [[nodiscard]] media::PlayerClock::Time now() const { return std::chrono::nanoseconds(m_time.nsecsElapsed()); }
    void changed(); ///< after each command
    void tick();
    void requestDue();
    [[nodiscard]] FrameWish wishFor(qint64 due) const;
    void take(const media::MediaFacts& facts, const media::FrameIndex& index);
    void takeFrame(qint64 number, const QImage& image);

    DecodeThread m_decoder;
    SoundPlayer m_sound;
    QTimer m_timer;
    QTimer m_resized;
    QElapsedTimer m_time;
    QElapsedTimer m_asked; ///< since the last command, for the trace
    std::optional<media::PlayerClock> m_clock;
    media::FrameIndex m_index;
    Rational m_rate {25, 1};
    double m_seconds = 0;
    PlayerStart m_start;
    WatchedRanges m_watched;
    media::PictureSize m_bounds {640, 360};
    quint64 m_generation = 0;
    qint64 m_requested = -1;
    qint64 m_shown = -1;
    qint64 m_announced = -1;
    double m_announcedRate = 0;
    bool m_frameUnderWay = false;
};

} // namespace vidimus::ui::moderation
