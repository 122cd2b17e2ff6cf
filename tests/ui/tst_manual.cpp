#include "ui/shell/command_table.h"
#include "ui/shell/manual_page.h"
#include "ui/shell/registry_commands.h"
#include "ui/widgets/filter_field.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QListView>
#include <QScrollBar>
#include <QTest>
#include <QTextBrowser>

using namespace vidimus;
using namespace vidimus::ui::shell;
using namespace Qt::StringLiterals;

namespace {

std::vector<ManualChapter> twoChapters()
{
    return {chapterFrom(u"rights"_s, u"# Rights\n\nIntro.\n\n## Plan\n\nNothing is **saved** before *apply*.\n"_s),
        chapterFrom(u"jobs"_s, u"# Jobs\n\nA plan of work.\n\n## Outbox\n\nSent again does no harm.\n"_s)};
}

/// The texts that ship.
std::vector<ManualChapter> shipped()
{
    std::vector<ManualChapter> chapters;
    const QDir folder(QStringLiteral(VIDIMUS_SOURCE_DIR) + u"/resources/manual"_s);
    for (const QString& name : folder.entryList({u"*.md"_s}, QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (file.open(QIODevice::ReadOnly))
            chapters.push_back(
                chapterFrom(name.section(u'-', 1).section(u'.', 0, 0), QString::fromUtf8(file.readAll())));
    }
    return chapters;
}

} // namespace

class TestManual : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void headingsComeBeforeTexts()
    {
        const Manual manual(twoChapters());
        const auto hits = manual.find(u"PLAN"_s);
        QCOMPARE(hits.size(), std::size_t(2));
        QCOMPARE(hits[0].heading, u"Plan"_s); // named so
        QCOMPARE(hits[0].chapter, 0);
        QCOMPARE(hits[1].heading, u"Jobs"_s); // says so
        QVERIFY(hits[0].snippet.contains(u"saved before apply"_s)); // no signs of Markdown
    }

    void everyWordMustOccur()
    {
        const Manual manual(twoChapters());
        QCOMPARE(manual.find(u"sent harm"_s).size(), std::size_t(1));
        QVERIFY(manual.find(u"sent elephant"_s).empty());
        QVERIFY(manual.find(u"  "_s).empty());
        QCOMPARE(manual.indexOf(u"jobs"_s), 1);
        QCOMPARE(manual.indexOf(u"none"_s), -1);
    }

    void keysAreThoseOfTheRegistry()
    {
        CommandTable commands;
        commands.add(registryCommands());
        const QString text = keysAsMarkdown(commands);
        for (const Command& command : commands.commands()) {
            if (!command.keys.empty())
                QVERIFY2(text.contains(command.text), qPrintable(command.id));
        }
    }

    void aSearchShowsThePlace()
    {
        CommandTable commands;
        ManualPage page(twoChapters(), commands);
        page.resize(900, 240);
        page.show();
        QVERIFY(QTest::qWaitForWindowExposed(&page));
        QCOMPARE(page.currentChapter(), u"rights"_s);
        page.openSubject(u"jobs"_s);
        QCOMPARE(page.currentChapter(), u"jobs"_s);
        QTest::keyClicks(page.filterInput(), u"apply"_s);
        QCOMPARE(page.list()->model()->rowCount(), 1);
        QCOMPARE(page.currentChapter(), u"rights"_s);
        QVERIFY(!page.text()->extraSelections().isEmpty());
        QTest::keyClicks(page.filterInput(), u"zzz"_s);
        QCOMPARE(page.list()->model()->rowCount(), 1); // the sentence that nothing was found
        QVERIFY(!(page.list()->model()->flags(page.list()->model()->index(0, 0)) & Qt::ItemIsSelectable));
        page.openSubject(u"none"_s);
        QCOMPARE(page.currentChapter(), u"rights"_s);
        QCOMPARE(page.list()->model()->rowCount(), 3); // with the keys
    }

    void everyPageHasItsChapter()
    {
        const Manual manual(shipped());
        for (const char* page : {"moderation", "rights", "publishing", "jobs", "people", "backup", "settings"})
            QVERIFY2(manual.indexOf(QString::fromLatin1(page)) >= 0, page);
        for (const ManualChapter& chapter : manual.chapters()) {
            QVERIFY2(chapter.title != chapter.id, qPrintable(chapter.id));
            QVERIFY(!chapter.markdown.contains(u'\t'));
        }
        QVERIFY(!manual.find(u"disk full"_s).empty());
        QVERIFY(!manual.find(u"undo"_s).empty());
    }
};

QTEST_MAIN(TestManual)
#include "tst_manual.moc"
