#pragma once

#include <QString>
#include <QStringList>
#include <vector>

namespace vidimus::ui::shell {

/// One page of the manual. \a id is that of the window's page it is about, where there is one ("rights").
struct ManualChapter {
    QString id;
    QString title; ///< the text of the first heading
    QString markdown; ///< without that heading's place taken away
};

/// A place that a search found.
struct ManualHit {
    int chapter = 0;
    QString heading; ///< of the section; that of the chapter for what stands before the first one
    QString snippet; ///< one line of plain text around the first word found
};

/// Reads a chapter out of a Markdown text; the title is its first heading. Pure; any thread.
[[nodiscard]] ManualChapter chapterFrom(const QString& id, const QString& markdown);

/// The manual's texts and their search. A value.
class Manual {
public:
    explicit Manual(std::vector<ManualChapter> chapters);

    [[nodiscard]] const std::vector<ManualChapter>& chapters() const { return m_chapters; }
    [[nodiscard]] int indexOf(const QString& id) const; ///< −1: none
    /// Sections in which every word of \a query occurs, those with a word in their heading first. Nothing for an empty
    /// query.
    [[nodiscard]] std::vector<ManualHit> find(const QString& query) const;

private:
    struct Section {
        int chapter = 0;
        QString heading;
        QString text; ///< plain
    };
    std::vector<ManualChapter> m_chapters;
    std::vector<Section> m_sections;
};

} // namespace vidimus::ui::shell
