#pragma once

#include "core/transcode/engine/av_owners_p.h"

#include <functional>

struct AVFilterContext;
struct AVFilterGraph;

namespace vidimus::transcode::engine {

struct AvFilterGraphDeleter {
    void operator()(AVFilterGraph* graph) const;
};

/// Makes whole pictures of fields (libavfilter's bwdif, one picture a picture; progressive pictures pass untouched).
/// Gives each picture one push later. One thread.
class Deinterlacer {
public:
    using Receive = std::function<Result<void>(const AVFrame& picture, std::int64_t ticks)>;

    /// Errors: Missing, Unsupported.
    [[nodiscard]] static Result<Deinterlacer> create(const AVFrame& first, int timescale);
    /// Whether \a picture has the kind and size this was made for.
    [[nodiscard]] bool fits(const AVFrame& picture) const;
    /// nullptr for the end.
    [[nodiscard]] Result<void> push(const AVFrame* picture, std::int64_t ticks, const Receive& receive);

private:
    Deinterlacer(std::unique_ptr<AVFilterGraph, AvFilterGraphDeleter> graph, AVFilterContext* source,
        AVFilterContext* sink, AvFramePtr out, int timescale);

    std::unique_ptr<AVFilterGraph, AvFilterGraphDeleter> m_graph;
    AVFilterContext* m_source; // of the graph
    AVFilterContext* m_sink; // of the graph
    AvFramePtr m_out;
    int m_timescale;
    int m_format = 0;
    int m_width = 0;
    int m_height = 0;
};

} // namespace vidimus::transcode::engine
