#include "lint/arrow_table.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace vidimus::lint;
using namespace Qt::StringLiterals;

namespace {

struct Source {
    QString path; ///< from the repository root
    QString text;
    int lines = 0;
};

QList<Source> sourcesBelow(const QStringList& folders)
{
    const QString root = QStringLiteral(VIDIMUS_SOURCE_DIR) + u'/';
    QList<Source> sources;
    for (const QString& folder : folders) {
        QDirIterator walk(root + folder, {u"*.cpp"_s, u"*.h"_s, u"*.c"_s}, QDir::Files, QDirIterator::Subdirectories);
        while (walk.hasNext()) {
            QFile file(walk.next());
            if (!file.open(QIODevice::ReadOnly) || file.fileName().contains(u"/node_modules/"))
                continue;
            const QByteArray bytes = file.readAll();
            sources.append(
                {file.fileName().mid(root.size()), QString::fromUtf8(bytes), static_cast<int>(bytes.count('\n'))});
        }
    }
    return sources;
}

/// An outside library and the modules whose sources may include it.
struct Library {
    QString pattern;
    QStringList modules;
};

QStringList includesOf(const Source& source)
{
    static const QRegularExpression pattern(
        u"^\\s*#\\s*include\\s*[<\"]([^>\"]+)[>\"]"_s, QRegularExpression::MultilineOption);
    QStringList includes;
    for (const auto& match : pattern.globalMatch(source.text))
        includes.append(match.captured(1));
    return includes;
}

} // namespace

class TestLint : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tableIsRead();
    void includesFollowTheArrows();
    void librariesStayBehindTheirModule();
    void coreKnowsNoWindow();
    void noFileIsLongAndMostAreShort();
    void testsAreAtLeastHalfOfCore();
    void durableWritesAreOurOwn();
    void noUnfinishedWords();
    void headersHaveAGuard();
};

void TestLint::tableIsRead()
{
    const auto table = readArrowTable(QStringLiteral(VIDIMUS_SOURCE_DIR "/cmake/arrows.cmake"));
    QVERIFY(table.size() > 25);
    QCOMPARE(table.value(u"base"_s), QStringList());
    QVERIFY(table.value(u"store"_s).contains(u"media"_s));
    QVERIFY(table.value(u"store"_s).contains(u"sql"_s));
    QVERIFY(!table.value(u"store"_s).contains(u"ui_shell"_s));
    QCOMPARE(moduleOf(u"core/media/engine/pass.h"_s), u"media_engine"_s);
}

void TestLint::includesFollowTheArrows()
{
    const auto table = readArrowTable(QStringLiteral(VIDIMUS_SOURCE_DIR "/cmake/arrows.cmake"));
    QStringList wrong;
    int checked = 0;
    for (const Source& source : sourcesBelow({u"core"_s, u"ui"_s, u"app"_s})) {
        const QString from = moduleOf(source.path);
        for (const QString& include : includesOf(source)) {
            const QString to = moduleOf(include);
            if (to.isEmpty())
                continue;
            ++checked;
            if (to != from && !table.value(from).contains(to))
                wrong.append(u"%1 includes %2"_s.arg(source.path, include));
        }
    }
    QVERIFY(checked > 50);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

void TestLint::librariesStayBehindTheirModule()
{
    const QList<Library> libraries {
        {u"^lib(av|sw)"_s, {u"media_engine"_s, u"transcode_engine"_s}},
        {u"^opencv2/"_s, {u"checks_engine"_s, u"matching_engine"_s}},
        {u"^ebur128"_s, {}}, // tests compare with it
        {u"^curl/"_s, {u"catalog"_s, u"catalog_server"_s}},
        {u"^boost/"_s, {u"catalog_server"_s}},
        {u"^zip\\.h"_s, {u"avails"_s}},
        {u"^seccomp\\.h"_s, {u"app_mediaworker"_s}},
        {u"^openssl/"_s, {u"base"_s, u"catalog_server"_s, u"availability_reader"_s}},
        {u"^sqlite3"_s, {u"sql"_s}},
    };
    // The rival that "bench availability" measures in the same run, spoken to without a layer that would slow it down.
    const QString baseline = u"core/workbench/availability_sqlite.cpp"_s;
    QStringList wrong;
    for (const Source& source : sourcesBelow({u"core"_s, u"ui"_s, u"app"_s})) {
        if (source.path == baseline)
            continue;
        const bool isPrivate
            = source.path.endsWith(u".cpp") || source.path.endsWith(u".c") || source.path.endsWith(u"_p.h");
        for (const QString& include : includesOf(source)) {
            for (const Library& library : libraries) {
                if (include.contains(QRegularExpression(library.pattern))
                    && !(isPrivate && library.modules.contains(moduleOf(source.path))))
                    wrong.append(u"%1 includes %2"_s.arg(source.path, include));
            }
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

void TestLint::coreKnowsNoWindow()
{
    static const QRegularExpression window(
        u"^Q(Widget|MainWindow|Image|Pixmap|Painter|GuiApplication|Application|Font|Icon|Color|Audio|Video|Media)"_s);
    QStringList wrong;
    for (const Source& source : sourcesBelow({u"core"_s, u"app/cli"_s, u"app/catalogd"_s, u"app/mediaworker"_s})) {
        for (const QString& include : includesOf(source)) {
            if (include.contains(window) || include.startsWith(u"QtGui") || include.startsWith(u"QtWidgets"))
                wrong.append(u"%1 includes %2"_s.arg(source.path, include));
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

void TestLint::noFileIsLongAndMostAreShort()
{
    QList<int> lengths;
    for (const Source& source : sourcesBelow({u"core"_s, u"ui"_s, u"app"_s, u"tests"_s})) {
        QVERIFY2(source.lines <= 600, qPrintable(u"%1 has %2 lines"_s.arg(source.path).arg(source.lines)));
        lengths.append(source.lines);
    }
    std::sort(lengths.begin(), lengths.end());
    const int median = lengths.at(lengths.size() / 2);
    QVERIFY2(median < 120, qPrintable(u"the median file has %1 lines"_s.arg(median)));
}

void TestLint::testsAreAtLeastHalfOfCore()
{
    const auto total = [](const QStringList& folders) {
        int lines = 0;
        for (const Source& source : sourcesBelow(folders))
            lines += source.lines;
        return lines;
    };
    const int core = total({u"core"_s});
    const int tests = total({u"tests"_s});
    QVERIFY2(tests * 2 >= core, qPrintable(u"core %1, tests %2"_s.arg(core).arg(tests)));
}

void TestLint::durableWritesAreOurOwn()
{
    // QSaveFile hides a failed sync; QFile::rename and QFile::copy sync nothing.
    QStringList wrong;
    for (const Source& source : sourcesBelow({u"core"_s, u"app"_s, u"ui"_s})) {
        if (source.text.contains(QRegularExpression(u"#include <QSaveFile>|QFile::rename\\(|QFile::copy\\("_s)))
            wrong.append(source.path);
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

void TestLint::noUnfinishedWords()
{
    // Written in halves so that this file does not find itself.
    const QRegularExpression words(QString(u"\\b(TO"_s + u"DO|FIX"_s + u"ME|XX"_s + u"X:|HA"_s + u"CK)\\b"_s));
    QStringList wrong;
    for (const Source& source : sourcesBelow({u"core"_s, u"app"_s, u"ui"_s, u"tests"_s})) {
        if (source.text.contains(words))
            wrong.append(source.path);
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

void TestLint::headersHaveAGuard()
{
    for (const Source& source : sourcesBelow({u"core"_s, u"app"_s, u"ui"_s, u"tests"_s})) {
        if (source.path.endsWith(u".h"))
            QVERIFY2(source.text.contains(u"#pragma once"), qPrintable(source.path));
    }
}

QTEST_GUILESS_MAIN(TestLint)
#include "tst_lint.moc"
