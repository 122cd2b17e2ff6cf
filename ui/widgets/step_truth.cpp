#include "ui/widgets/step_truth.h"

#include "ui/widgets/icons.h"
#include "ui/widgets/painting.h"

#include <QLocale>

namespace vidimus::ui::widgets {

using namespace Qt::StringLiterals;

namespace {
constexpr int kCircle = 22;
constexpr int kHeight = 82;
} // namespace

StepTruth::StepTruth(QWidget* parent)
    : QWidget(parent)
{
    setFixedHeight(kHeight);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void StepTruth::setSteps(std::vector<Step> steps)
{
    m_steps = std::move(steps);
    const auto done = std::ranges::count(m_steps, State::Done, &Step::state);
    setAccessibleName(tr("%1 of %2 steps are true").arg(done).arg(m_steps.size()));
    QStringList words;
    for (const Step& step : m_steps)
        words << step.title + u' ' + step.detail + u' ' + step.time;
    setAccessibleDescription(words.join(u", "_s));
    update();
}

QSize StepTruth::sizeHint() const
{
    return {static_cast<int>(m_steps.size()) * 140, kHeight};
}

void StepTruth::paintEvent(QPaintEvent*)
{
    if (m_steps.empty())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens& tokens = currentTokens();
    const int pitch = width() / static_cast<int>(m_steps.size());
    for (std::size_t i = 0; i < m_steps.size(); ++i) {
        const Step& step = m_steps[i];
        const int x = static_cast<int>(i) * pitch;
        const QRect circle(x, 0, kCircle, kCircle);
        if (i + 1 < m_steps.size()) {
            const bool reached = m_steps[i + 1].state == State::Done;
            painter.fillRect(QRect(x + kCircle + 5, kCircle / 2 - 1, pitch - kCircle - 10, 2),
                reached ? tokens.passed : tokens.line);
        }
        switch (step.state) {
        case State::Done:
            drawPanel(painter, circle, tokens.passed, QColor(), kCircle / 2.0);
            drawIcon(painter, u"check"_s, circle.adjusted(4, 4, -4, -4), tokens.dark ? tokens.window : tokens.surface);
            break;
        case State::Failed:
            drawPanel(painter, circle, QColor(), tokens.rejected, kCircle / 2.0);
            drawIcon(painter, u"cross"_s, circle.adjusted(5, 5, -5, -5), tokens.rejected);
            break;
        case State::Open:
        case State::Current: {
            const QColor ring = step.state == State::Current ? tokens.info : tokens.third;
            drawPanel(painter, circle, QColor(), ring, kCircle / 2.0);
            drawText(painter, circle, QLocale().toString(static_cast<int>(i) + 1), TextRole::Label, ring,
                Qt::AlignCenter, Qt::ElideNone);
            break;
        }
        }
        const int room = pitch - kGap;
        drawText(painter, {x, 30, room, 17}, tr("%1 %2").arg(i + 1).arg(step.title), TextRole::BodyMedium, tokens.text);
        drawText(painter, {x, 48, room, 16}, step.detail, TextRole::LabelPlain, tokens.second);
        const QColor time = step.state == State::Current ? tokens.info
            : step.state == State::Failed                ? tokens.rejected
                                                         : tokens.second;
        drawText(painter, {x, 65, room, 16}, step.time, TextRole::LabelPlain, time);
    }
}

} // namespace vidimus::ui::widgets
