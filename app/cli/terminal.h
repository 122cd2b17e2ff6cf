#pragma once

#include <QElapsedTimer>
#include <QString>

namespace vidimus::cli {

/// Progress on standard error: one line with a bar, the share and the time left, redrawn in place on a terminal; on
/// anything else nothing but the notes, one a line. One thread.
class Terminal {
public:
    explicit Terminal(bool quiet);
    ~Terminal();
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    /// \a share 0..1, negative when unknown; \a line may be empty.
    void note(double share, const QString& line);
    /// Removes the bar.
    void clear();

private:
    bool m_quiet;
    bool m_isTerminal;
    bool m_drawn = false;
    QString m_lastLine;
    QElapsedTimer m_since;
    QElapsedTimer m_lastDraw;
};

/// Text from files and people made safe to print on one line: characters that control, break lines or turn the
/// direction become visible ("‹U+202E›").
[[nodiscard]] QString safeText(const QString& text);

void printOut(const QString& text);
void printError(const QString& text);

} // namespace vidimus::cli
