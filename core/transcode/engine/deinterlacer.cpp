#include "core/transcode/engine/deinterlacer_p.h"

extern "C" {
#include <libavfilter/avfilter.h>
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
}

namespace vidimus::transcode::engine {

using namespace Qt::StringLiterals;

void AvFilterGraphDeleter::operator()(AVFilterGraph* graph) const
{
    avfilter_graph_free(&graph);
}

Deinterlacer::Deinterlacer(std::unique_ptr<AVFilterGraph, AvFilterGraphDeleter> graph, AVFilterContext* source,
    AVFilterContext* sink, AvFramePtr out, int timescale)
    : m_graph(std::move(graph))
    , m_source(source)
    , m_sink(sink)
    , m_out(std::move(out))
    , m_timescale(timescale)
{
}

Result<Deinterlacer> Deinterlacer::create(const AVFrame& first, int timescale)
{
    std::unique_ptr<AVFilterGraph, AvFilterGraphDeleter> graph(avfilter_graph_alloc());
    AvFramePtr out(av_frame_alloc());
    if (!graph || !out)
        return avError("avfilter_graph_alloc", AVERROR(ENOMEM));
    graph->nb_threads = 1;
    const QByteArray shape = u"video_size=%1x%2:pix_fmt=%3:time_base=1/%4:pixel_aspect=1/1"_s.arg(first.width)
                                 .arg(first.height)
                                 .arg(first.format)
                                 .arg(timescale)
                                 .toLatin1();
    AVFilterContext* source = nullptr;
    AVFilterContext* filter = nullptr;
    AVFilterContext* sink = nullptr;
    const auto add = [&graph](AVFilterContext** context, const char* name, const char* arguments) {
        const AVFilter* found = avfilter_get_by_name(name);
        return found == nullptr ? AVERROR_FILTER_NOT_FOUND
                                : avfilter_graph_create_filter(context, found, name, arguments, nullptr, graph.get());
    };
    int code = add(&source, "buffer", shape.constData());
    if (code >= 0)
        code = add(&filter, "bwdif", "mode=send_frame:deint=interlaced");
    if (code >= 0)
        code = add(&sink, "buffersink", nullptr);
    if (code >= 0)
        code = avfilter_link(source, 0, filter, 0);
    if (code >= 0)
        code = avfilter_link(filter, 0, sink, 0);
    if (code >= 0)
        code = avfilter_graph_config(graph.get(), nullptr);
    if (code < 0)
        return avError("bwdif", code, code == AVERROR_FILTER_NOT_FOUND ? ErrorCode::Missing : ErrorCode::Unsupported);
    Deinterlacer deinterlacer(std::move(graph), source, sink, std::move(out), timescale);
    deinterlacer.m_format = first.format;
    deinterlacer.m_width = first.width;
    deinterlacer.m_height = first.height;
    return deinterlacer;
}

bool Deinterlacer::fits(const AVFrame& picture) const
{
    return picture.format == m_format && picture.width == m_width && picture.height == m_height;
}

Result<void> Deinterlacer::push(const AVFrame* picture, std::int64_t ticks, const Receive& receive)
{
    AvFramePtr timed;
    if (picture != nullptr) {
        auto shared = shareFrame(*picture);
        if (!shared)
            return std::move(shared).error();
        timed = *std::move(shared);
        timed->pts = ticks;
        timed->sample_aspect_ratio = {1, 1};
    }
    if (const int code = av_buffersrc_add_frame(m_source, timed.get()); code < 0)
        return avError("bwdif send", code);
    for (;;) {
        const int code = av_buffersink_get_frame(m_sink, m_out.get());
        if (code == AVERROR(EAGAIN) || code == AVERROR_EOF)
            return {};
        if (code < 0)
            return avError("bwdif receive", code);
        const std::int64_t at
            = av_rescale_q(m_out->pts, av_buffersink_get_time_base(m_sink), AVRational {1, m_timescale});
        auto received = receive(*m_out, at);
        av_frame_unref(m_out.get());
        if (!received)
            return received;
    }
}

} // namespace vidimus::transcode::engine
