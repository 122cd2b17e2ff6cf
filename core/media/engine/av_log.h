#pragma once

#include <QByteArray>
#include <QString>

namespace vidimus::media::engine {

/// Collects the warnings and errors that libav logs on this thread while it lives; innermost first. libav's threads of
/// its own log nowhere. libav never writes to stderr once one of these was made.
class AvLogCapture {
public:
    AvLogCapture();
    ~AvLogCapture();
    AvLogCapture(const AvLogCapture&) = delete;
    AvLogCapture& operator=(const AvLogCapture&) = delete;

    /// At most 16 lines, the first ones, without line ends; then empties it.
    [[nodiscard]] QByteArray take();
    void add(const char* line);

private:
    QByteArray m_lines;
    int m_count = 0;
    AvLogCapture* m_outer = nullptr;
};

/// libav's text for one of its error numbers.
[[nodiscard]] QString avErrorText(int error);

} // namespace vidimus::media::engine
