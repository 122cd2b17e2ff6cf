// player_fixture CLIP FOLDER: generates a clip with sound and transcodes it into FOLDER, for the player test.
#include "core/base/unique_fd.h"
#include "core/media/engine/probe.h"
#include "core/transcode/engine/transcoder.h"
#include "core/transcode/segment_store.h"
#include "support/generated_clip.h"

#include <QFile>
#include <cstdio>
#include <fcntl.h>

using namespace vidimus;
using namespace Qt::StringLiterals;

namespace {

Result<void> makeTranscode(const QString& clipPath, const QString& folder)
{
    test::GeneratedClip clip;
    clip.width = 854;
    clip.height = 480;
    clip.frames = 175;
    clip.audioTracks = 1;
    if (auto written = clip.write(clipPath); !written)
        return written;
    const UniqueFd input(open(QFile::encodeName(clipPath).constData(), O_RDONLY | O_CLOEXEC));
    const auto facts = media::engine::probe(input.get());
    if (!facts)
        return facts.error();
    const auto ladder = transcode::shippedLadder(u"demo"_s);
    if (!ladder)
        return ladder.error();
    transcode::TranscodeRequest request {
        .ladder = *ladder, .source = transcode::sourceFactsOf(*facts), .encoder = u"auto"_s, .finished = {}};
    const auto plan = transcode::makePlan(request.source, *ladder);
    if (!plan)
        return plan.error();
    auto store = transcode::SegmentStore::open(folder, *plan, "fixture", u"libx264"_s);
    if (!store)
        return std::move(store).error();
    request.finished = store->finished();
    const auto result = transcode::engine::runTranscode(input.get(), request, *store, {}, {}, {});
    return result ? Result<void>() : result.error();
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 3)
        return 2;
    const auto made = makeTranscode(QFile::decodeName(argv[1]), QFile::decodeName(argv[2]));
    if (!made)
        std::fprintf(stderr, "%s\n", qPrintable(made.error().detail));
    return made ? 0 : 1;
}
