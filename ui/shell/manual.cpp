#include "ui/shell/manual.h"

#include <algorithm>

namespace vidimus::ui::shell {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kSnippet = 96; // characters

/// Without the signs that Markdown means something by.
QString plain(QString line)
{
    line = line.trimmed();
    if (line.startsWith(u'|'))
        line = line.mid(1).replace(u'|', u' ');
    else if (line.startsWith(u"- "))
        line = line.mid(2);
    return line.remove(u'*').remove(u'`').remove(u'\\').simplified();
}

QString headingOf(const QString& line)
{
    const qsizetype signs = std::ranges::find_if(line, [](QChar sign) { return sign != u'#'; }) - line.begin();
    return signs > 0 && signs <= 3 && line.mid(signs).startsWith(u' ') ? line.mid(signs).trimmed() : QString();
}

QString snippetAround(const QString& text, const QString& word)
{
    const qsizetype at = std::max<qsizetype>(0, text.indexOf(word, 0, Qt::CaseInsensitive));
    qsizetype from = at < kSnippet / 2 ? 0 : text.lastIndexOf(u' ', at - kSnippet / 3) + 1;
    from = std::max<qsizetype>(0, from);
    const QString piece = text.mid(from, kSnippet);
    return (from > 0 ? u"…"_s : QString()) + piece + (from + kSnippet < text.size() ? u"…"_s : QString());
}

} // namespace

ManualChapter chapterFrom(const QString& id, const QString& markdown)
{
    for (const QString& line : markdown.split(u'\n')) {
        if (const QString heading = headingOf(line); !heading.isEmpty())
            return {id, heading, markdown};
    }
    return {id, id, markdown};
}

Manual::Manual(std::vector<ManualChapter> chapters)
    : m_chapters(std::move(chapters))
{
    for (std::size_t i = 0; i < m_chapters.size(); ++i) {
        Section section {static_cast<int>(i), m_chapters[i].title, {}};
        for (const QString& line : m_chapters[i].markdown.split(u'\n')) {
            const QString heading = headingOf(line);
            if (heading.isEmpty()) {
                if (const QString text = plain(line); !text.isEmpty() && !text.startsWith(u"---"))
                    section.text += section.text.isEmpty() ? text : u' ' + text;
            } else if (heading != section.heading) {
                m_sections.push_back(std::exchange(section, {static_cast<int>(i), heading, {}}));
            }
        }
        m_sections.push_back(std::move(section));
    }
}

int Manual::indexOf(const QString& id) const
{
    const auto found = std::ranges::find(m_chapters, id, &ManualChapter::id);
    return found == m_chapters.end() ? -1 : static_cast<int>(found - m_chapters.begin());
}

std::vector<ManualHit> Manual::find(const QString& query) const
{
    const QStringList words = query.split(u' ', Qt::SkipEmptyParts);
    std::vector<ManualHit> inHeading;
    std::vector<ManualHit> inText;
    for (const Section& section : words.isEmpty() ? std::vector<Section>() : m_sections) {
        const auto has = [&section](const QString& word) {
            return section.heading.contains(word, Qt::CaseInsensitive)
                || section.text.contains(word, Qt::CaseInsensitive);
        };
        if (!std::ranges::all_of(words, has))
            continue;
        const bool named = std::ranges::any_of(
            words, [&section](const QString& word) { return section.heading.contains(word, Qt::CaseInsensitive); });
        (named ? inHeading : inText)
            .push_back({section.chapter, section.heading, snippetAround(section.text, words.front())});
    }
    inHeading.insert(inHeading.end(), inText.begin(), inText.end());
    return inHeading;
}

} // namespace vidimus::ui::shell
