#include "app/cli/terminal.h"

#include <cstdio>
#include <unistd.h>

namespace vidimus::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr int kBarWidth = 24;
constexpr qint64 kDrawIntervalMillis = 100;

void write(std::FILE* stream, const QString& text)
{
    const QByteArray bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stream);
    std::fflush(stream);
}

bool mustBeShown(char16_t unit)
{
    const bool control = unit < 0x20 || (unit >= 0x7F && unit < 0xA0);
    const bool lineOrDirection = unit == 0x061C || (unit >= 0x200E && unit <= 0x200F)
        || (unit >= 0x2028 && unit <= 0x202E) || (unit >= 0x2066 && unit <= 0x2069);
    return control || lineOrDirection;
}

} // namespace

Terminal::Terminal(bool quiet)
    : m_quiet(quiet)
    , m_isTerminal(isatty(STDERR_FILENO) == 1)
{
    m_since.start();
    m_lastDraw.start();
}

Terminal::~Terminal()
{
    clear();
}

void Terminal::note(double share, const QString& line)
{
    if (m_quiet)
        return;
    const bool newLine = !line.isEmpty() && line != m_lastLine;
    if (newLine) {
        clear();
        printError(safeText(line) + u'\n');
        m_lastLine = line;
        m_since.restart();
    }
    if (!m_isTerminal || share < 0 || (!newLine && m_lastDraw.elapsed() < kDrawIntervalMillis))
        return;
    m_lastDraw.restart();
    const int full = static_cast<int>(std::clamp(share, 0.0, 1.0) * kBarWidth);
    QString bar = u"\r[%1%2] %3 %"_s.arg(QString(full, u'#'), QString(kBarWidth - full, u' '))
                      .arg(static_cast<int>(share * 100), 3);
    if (share > 0.02) {
        const double left = static_cast<double>(m_since.elapsed()) / 1000.0 * (1.0 - share) / share;
        bar += u"  %1 s left "_s.arg(left, 0, 'f', 0);
    }
    write(stderr, bar + u"\x1b[K"_s);
    m_drawn = true;
}

void Terminal::clear()
{
    if (m_drawn)
        write(stderr, u"\r\x1b[K"_s);
    m_drawn = false;
}

QString safeText(const QString& text)
{
    QString safe;
    for (const QChar character : text) {
        if (mustBeShown(character.unicode()))
            safe += u"‹U+%1›"_s.arg(static_cast<uint>(character.unicode()), 4, 16, QChar(u'0')).toUpper();
        else
            safe += character;
    }
    return safe;
}

void printOut(const QString& text)
{
    write(stdout, text);
}

void printError(const QString& text)
{
    write(stderr, text);
}

} // namespace vidimus::cli
