#include "core/rights/image_pages_p.h"

#include "core/rights/byte_output_p.h"

#include <algorithm>

namespace vidimus::rights {

namespace {

constexpr std::size_t kBlock = 64;

quint64 wordOf(const ImageWindow& window, const ImageLayout& layout)
{
    quint64 word = window.start;
    int at = layout.date;
    const auto add = [&word, &at](quint64 value, int bits) {
        word |= value << at;
        at += bits;
    };
    add(window.end, layout.date);
    add(window.offers, layout.offers);
    add(window.sites, layout.sites);
    add(window.territory, layout.territory);
    if (layout.termBytes == 0 && !window.deny)
        add(window.term, layout.term);
    return word | static_cast<quint64>(window.deny) << 63;
}

struct Page {
    quint64 containers = 0, gone = 0;
    std::vector<quint32> starts {0};
    QByteArray words, terms;

    void add(const ImageTitle& title, std::size_t place, const ImageLayout& layout)
    {
        containers |= static_cast<quint64>(title.container) << place;
        gone |= static_cast<quint64>(title.gone) << place;
        for (const ImageWindow& window : title.windows) {
            put<quint64>(words, wordOf(window, layout));
            QByteArray term;
            put<quint32>(term, window.deny ? 0 : window.term);
            terms += term.first(layout.termBytes);
        }
        for (const std::uint32_t member : title.members) {
            put<quint64>(words, member);
            terms.append(layout.termBytes, 0);
        }
        starts.push_back(static_cast<quint32>(words.size() / 8));
    }

    void writeTo(QByteArray& out) const
    {
        const bool wide = starts.back() > 0xFFFF;
        put<quint64>(out, containers);
        put<quint64>(out, gone);
        put<quint32>(out, starts.back());
        put<quint32>(out, wide ? 1 : 0);
        for (std::size_t i = 0; i <= kBlock; ++i) {
            const quint32 start = i < starts.size() ? starts[i] : starts.back();
            if (wide)
                put<quint32>(out, start);
            else
                put<quint16>(out, static_cast<quint16>(start));
        }
        out.append((8 - out.size() % 8) % 8, 0);
        out += words;
        out += terms;
        out.append((8 - out.size() % 8) % 8, 0);
    }
};

} // namespace

PagesBytes encodePages(const AvailabilityImage& image)
{
    PagesBytes bytes;
    const std::vector<ImageTitle>& titles = image.titles();
    for (std::size_t first = 0; first < titles.size(); first += kBlock) {
        Page page;
        for (std::size_t i = first; i < std::min(first + kBlock, titles.size()); ++i)
            page.add(titles[i], i - first, image.layout());
        put<quint32>(bytes.offsets, static_cast<quint32>(bytes.pages.size() / 8));
        bytes.words += page.starts.back();
        page.writeTo(bytes.pages);
    }
    put<quint32>(bytes.offsets, static_cast<quint32>(bytes.pages.size() / 8));
    return bytes;
}

} // namespace vidimus::rights
