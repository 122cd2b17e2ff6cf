#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <chrono>

namespace vidimus::studio {

/// Knows whether anybody uses the program's windows. Ui thread.
class IdleWatch : public QObject {
    Q_OBJECT

public:
    static constexpr std::chrono::minutes kQuiet {5};

    /// \a quiet: so long without a key, a click or the wheel is nobody.
    explicit IdleWatch(QObject* parent, std::chrono::milliseconds quiet = kQuiet);
    [[nodiscard]] std::chrono::milliseconds sinceInput() const
    {
        return std::chrono::milliseconds(m_sinceInput.elapsed());
    }
    [[nodiscard]] bool isIdle() const { return sinceInput() >= m_quiet; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    std::chrono::milliseconds m_quiet;
    QElapsedTimer m_sinceInput;
};

} // namespace vidimus::studio
