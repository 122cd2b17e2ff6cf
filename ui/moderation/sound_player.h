#pragma once

#include "ui/moderation/sound_blocks.h"
#include "ui/moderation/sound_output.h"
#include "ui/widgets/level_meter.h"

#include <QObject>
#include <memory>
#include <optional>

namespace vidimus::ui::moderation {

/// Plays the sound around the playhead, at rates from −2 to 2 (the pitch follows the rate), and measures it for the
/// level meters. Without an output device, or when the device fails, it only measures and the picture goes on by
/// itself. Ui thread.
class SoundPlayer : public QObject {
    Q_OBJECT

public:
    explicit SoundPlayer(SoundOutputOpener opener = openChosenSoundOutput, QObject* parent = nullptr);
    ~SoundPlayer() override;

    void reset(); ///< another item: nothing is known of its sound yet
    void setMuted(bool muted);
    [[nodiscard]] bool isMuted() const { return m_muted; }
    /// A device plays now.
    [[nodiscard]] bool isHeard() const { return m_output != nullptr; }
    void put(qint64 firstSample, std::vector<float> samples);
    /// The picture plays from \a mediaSeconds at \a rate; called again and again while it does. Asks for what is
    /// missing, feeds the device, and says what is really heard now (none: there is no device, or no sound yet).
    std::optional<double> play(double mediaSeconds, double rate);
    void stop();
    /// The picture was moved by hand: what is in the device is old.
    void moved() { stop(); }

Q_SIGNALS:
    void blockWanted(qint64 firstSample, qint64 count);
    void requestsForgotten();
    void levelsChanged(const std::vector<vidimus::ui::widgets::LevelMeter::Channel>& channels);

private:
    void start(double mediaSeconds, double rate);
    void feed();
    void measure(double mediaSeconds);

    SoundBlocks m_blocks;
    SoundOutputOpener m_opener;
    std::unique_ptr<SoundOutput> m_output; ///< while it plays
    double m_nextSample = 0; ///< media sample that is written next
    double m_rate = 0; ///< 0: stopped
    qint64 m_written = 0; ///< sample pairs since start
    bool m_muted = false;
};

} // namespace vidimus::ui::moderation
