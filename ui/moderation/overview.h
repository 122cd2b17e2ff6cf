#pragma once

#include "ui/moderation/decode_thread.h"

#include <vector>

namespace vidimus::ui::moderation {

/// What the timeline shows of a whole item: pictures at equal distances and the peaks of the sound. A value.
struct OverviewData {
    std::vector<QImage> film; ///< null where not read yet
    std::vector<float> waveform; ///< peak per equal slice, 0..1
};

/// Reads film strip and waveform in the background, from a worker of its own, so that the player never waits. Data
/// grows; each step is announced. Ui thread; signals come from the reading thread.
class OverviewReader : public QObject {
    Q_OBJECT

public:
    static constexpr int kPictures = 28;
    static constexpr int kSlices = 1200;

    explicit OverviewReader(QObject* parent = nullptr);
    ~OverviewReader() override;
    /// Stops what was being read. \a generation comes back with the data.
    void read(quint64 generation, SourceOpener opener);
    void stop();

Q_SIGNALS:
    void grown(quint64 generation, const vidimus::ui::moderation::OverviewData& data, bool complete);

private:
    void work(quint64 generation, const SourceOpener& opener, const CancelToken& cancel);

    CancelSource m_cancel;
    std::jthread m_thread;
};

} // namespace vidimus::ui::moderation
