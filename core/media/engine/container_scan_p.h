#pragma once

#include "core/media/container_facts.h"
#include "core/media/engine/input.h"

#include <map>
#include <optional>

struct AVPacket;
struct AVStream;

namespace vidimus::media::engine {

struct PacketScan;

/// Watches every packet of a scan for what checks of the container want to know. Times are counted on the file's own
/// clock until finish().
class ContainerScan {
public:
    explicit ContainerScan(const Input& input);
    void add(const AVStream* stream, const AVPacket& packet);
    /// After the last packet, before rewinding; \a originSeconds is media time 0.
    [[nodiscard]] ContainerFacts finish(const PacketScan& scan, double originSeconds);

private:
    struct StreamState {
        std::optional<double> lastDts;
        std::optional<double> end; ///< of sound
        bool knowsLengths = true;
    };
    void addProgramme(const AVStream* stream, const AVPacket& packet, bool picture);
    void addCaption(const AVStream* stream, const AVPacket& packet);
    void addEvent(TimeEvent::Kind kind, int stream, double at, double seconds);

    const Input& m_input;
    ContainerFacts m_facts;
    StreamState m_picture;
    StreamState m_sound;
    std::optional<double> m_firstPicture; ///< dts
    std::vector<double> m_bitsOfSecond; ///< of the picture
    std::map<int, CaptionTrack> m_captions;
};

} // namespace vidimus::media::engine
