#include "ui/moderation/player.h"

#include <QLoggingCategory>
#include <cmath>

namespace vidimus::ui::moderation {

namespace {

Q_LOGGING_CATEGORY(lcPlayer, "vidimus.player", QtInfoMsg)

constexpr int kTickMs = 5;
constexpr int kResizeMs = 60;
constexpr qint64 kStepFrames = 10; // farther is a jump
constexpr Rational kSoundOnlyRate {25, 1};

} // namespace

Player::Player(SoundOutputOpener sound, QObject* parent)
    : QObject(parent)
    , m_sound(std::move(sound))
{
    m_time.start();
    m_asked.start();
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(kTickMs);
    m_resized.setSingleShot(true);
    m_resized.setInterval(kResizeMs);
    connect(&m_timer, &QTimer::timeout, this, &Player::tick);
    connect(&m_resized, &QTimer::timeout, this, [this] {
        m_requested = -1;
        requestDue();
    });
    connect(&m_decoder, &DecodeThread::opened, this,
        [this](quint64 generation, const media::MediaFacts& facts, const media::FrameIndex& index) {
            if (generation == m_generation)
                take(facts, index);
        });
    connect(&m_decoder, &DecodeThread::openFailed, this, [this](quint64 generation, const Error& error) {
        if (generation == m_generation)
            Q_EMIT openFailed(error);
    });
    connect(
        &m_decoder, &DecodeThread::frameReady, this, [this](quint64 generation, qint64 number, const QImage& image) {
            if (generation == m_generation)
                takeFrame(number, image);
        });
    connect(
        &m_decoder, &DecodeThread::frameFailed, this, [this](quint64 generation, qint64 number, const Error& error) {
            if (generation != m_generation)
                return;
            m_frameUnderWay = false;
            if (m_clock)
                m_clock->pause(now());
            changed();
            Q_EMIT frameFailed(number, error);
        });
    connect(&m_decoder, &DecodeThread::nearFrameReady, this,
        [this](quint64 generation, qint64 wanted, qint64 number, const QImage& image) {
            if (generation == m_generation && wanted == m_requested && m_frameUnderWay)
                Q_EMIT nearFrameShown(image, number);
        });
    connect(&m_decoder, &DecodeThread::decoderRestarted, this, [this](quint64 generation, int times) {
        if (generation == m_generation)
            Q_EMIT decoderRestarted(times);
    });
    connect(&m_decoder, &DecodeThread::audioReady, this,
        [this](quint64 generation, qint64 firstSample, const std::vector<float>& samples) {
            if (generation == m_generation)
                m_sound.put(firstSample, samples);
        });
    connect(&m_sound, &SoundPlayer::blockWanted, &m_decoder, &DecodeThread::requestAudio);
    connect(&m_sound, &SoundPlayer::requestsForgotten, &m_decoder, &DecodeThread::forgetAudio);
    connect(&m_sound, &SoundPlayer::levelsChanged, this, &Player::levelsChanged);
}

Player::~Player() = default;

void Player::open(SourceOpener opener, PlayerStart start)
{
    close();
    m_start = std::move(start);
    m_decoder.open(m_generation, std::move(opener));
}

void Player::close()
{
    m_timer.stop();
    m_sound.reset();
    m_clock.reset();
    m_index = {};
    m_watched.clear();
    m_requested = m_shown = m_announced = -1;
    m_frameUnderWay = false;
    ++m_generation;
    m_decoder.close();
}

void Player::take(const media::MediaFacts& facts, const media::FrameIndex& index)
{
    m_index = index;
    m_seconds = facts.durationSeconds;
    const media::VideoStream* video = facts.programmeVideo();
    m_rate = kSoundOnlyRate;
    if (video && !index.isEmpty()) {
        for (const Rational rate : {video->averageRate, video->realRate}) {
            if (rate.num > 0 && rate.den > 0) {
                m_rate = rate;
                break;
            }
        }
    }
    m_clock.emplace(m_index, m_seconds);
    m_watched = std::move(m_start.watched);
    Q_EMIT opened();
    seek(m_start.frame);
}

void Player::setBounds(QSize pixels)
{
    const media::PictureSize bounds {std::max(16, pixels.width()), std::max(16, pixels.height())};
    if (bounds == m_bounds)
        return;
    m_bounds = bounds;
    m_resized.start();
}

qint64 Player::frame() const
{
    if (!m_clock)
        return 0;
    return m_index.isEmpty() ? frameAt(m_clock->seconds()) : std::max<qint64>(0, m_clock->frame());
}

qint64 Player::frameCount() const
{
    return m_index.isEmpty() ? static_cast<qint64>(m_seconds * m_rate.toDouble()) : m_index.count();
}

Rational Player::framesPerSecond() const
{
    return m_rate;
}

double Player::secondsOf(qint64 frame) const
{
    if (m_index.isEmpty())
        return double(frame) / m_rate.toDouble();
    if (frame >= m_index.count())
        return m_index.endTime().toDouble();
    return m_index.timeOf(std::max<qint64>(0, frame)).toDouble();
}

qint64 Player::frameAt(double seconds) const
{
    return m_index.isEmpty() ? static_cast<qint64>(std::floor(seconds * m_rate.toDouble() + 1e-6))
                             : std::max<qint64>(0, m_index.frameAt(seconds));
}

void Player::toggle()
{
    if (m_clock)
        m_clock->toggle(now());
    changed();
}

void Player::shuttle(int direction)
{
    if (m_clock)
        direction < 0 ? m_clock->shuttleBackward(now()) : m_clock->shuttleForward(now());
    changed();
}

void Player::slow(int direction)
{
    if (m_clock)
        m_clock->slow(now(), direction);
    changed();
}

void Player::stop()
{
    if (m_clock)
        m_clock->shuttleStop(now());
    changed();
}

void Player::step(qint64 frames)
{
    if (!m_clock)
        return;
    if (m_index.isEmpty()) {
        m_clock->pause(now());
        m_clock->seekToTime(now(), secondsOf(std::max<qint64>(0, frame() + frames)));
    } else {
        m_clock->step(now(), frames);
    }
    changed();
}

void Player::jumpSeconds(double seconds)
{
    if (!m_clock)
        return;
    m_clock->seekToTime(now(), m_clock->seconds() + seconds);
    m_sound.moved();
    changed();
}

void Player::seek(qint64 frame)
{
    if (!m_clock)
        return;
    if (m_index.isEmpty())
        m_clock->seekToTime(now(), secondsOf(frame));
    else
        m_clock->seekToFrame(now(), frame);
    m_sound.moved();
    changed();
}

void Player::setLoop(std::optional<widgets::FrameSpan> range)
{
    if (m_clock && !m_index.isEmpty())
        m_clock->setLoop(range ? std::optional(media::FrameRange {range->first, range->end}) : std::nullopt);
}

void Player::changed()
{
    m_asked.restart();
    if (rate() != 0 && !m_timer.isActive())
        m_timer.start();
    if (rate() == 0) {
        m_timer.stop();
        m_sound.stop();
    }
    tick();
}

void Player::tick()
{
    if (!m_clock)
        return;
    m_clock->advance(now());
    if (const auto heard = m_sound.play(m_clock->seconds(), m_clock->isAudible() ? rate() : 0))
        m_clock->syncToAudio(now(), *heard);
    if (rate() == 0)
        m_timer.stop();
    requestDue();
    if (const qint64 at = frame(); at != std::exchange(m_announced, at))
        Q_EMIT positionChanged(at);
    if (const double speed = rate(); speed != std::exchange(m_announcedRate, speed))
        Q_EMIT rateChanged(speed);
}

void Player::requestDue()
{
    if (!m_clock || m_index.isEmpty())
        return;
    const qint64 due = frame();
    // While playing one request is under way at a time, so that a slow decoder still shows pictures.
    if (due == m_requested || (m_frameUnderWay && rate() != 0))
        return;
    m_requested = due;
    m_frameUnderWay = true;
    m_decoder.requestFrame(due, m_bounds, wishFor(due));
}

// While a step key is held each frame is to be seen; after a jump something is to be seen at once.
FrameWish Player::wishFor(qint64 due) const
{
    const bool jump = m_shown < 0 || std::abs(due - m_shown) > kStepFrames;
    return rate() == 0 && jump ? FrameWish::NearFirst : FrameWish::Exact;
}

void Player::takeFrame(qint64 number, const QImage& image)
{
    m_frameUnderWay = false;
    const double speed = rate();
    const double longest = m_rate.toDouble() * std::max(0.5, std::abs(speed) * 0.5);
    widgets::FrameSpan seen {number, number + 1};
    if (speed != 0 && m_shown >= 0 && std::abs(double(number - m_shown)) <= longest)
        seen = {std::min(number, m_shown), std::max(number, m_shown) + 1};
    m_watched.add(seen, speed == 0 ? 1 : speed);
    m_shown = number;
    Q_EMIT frameShown(image, number);
    Q_EMIT watchedChanged();
    qCDebug(lcPlayer) << "frame" << number << "after" << double(m_asked.nsecsElapsed()) / 1e6 << "ms";
    if (rate() != 0)
        requestDue();
}

} // namespace vidimus::ui::moderation
