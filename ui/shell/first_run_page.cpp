#include "ui/shell/first_run_page.h"

#include "ui/widgets/icons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"

#include <QAbstractButton>
#include <QHBoxLayout>

namespace vidimus::ui::shell {

using namespace widgets;
using namespace Qt::StringLiterals;

namespace {

constexpr int kWidth = 480;
constexpr int kStepHeight = 64;

/// A large button: icon, title, second line, chevron.
class StepButton : public QAbstractButton {
public:
    StepButton(QString iconName, const QString& title, QString more, bool first, QWidget* parent)
        : QAbstractButton(parent)
        , m_iconName(std::move(iconName))
        , m_more(std::move(more))
        , m_isFirst(first)
    {
        setText(title);
        setAccessibleDescription(m_more);
        setAttribute(Qt::WA_Hover);
        setFocusPolicy(Qt::TabFocus);
        setFixedSize(kWidth, kStepHeight);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        const Tokens& tokens = currentTokens();
        const QColor fill = underMouse() || isDown() ? tokens.hoverOver(tokens.raised) : tokens.raised;
        drawPanel(painter, rect(), fill, m_isFirst ? tokens.accent : tokens.line, 8);
        const auto place = [this](const QRect& part) { return QStyle::visualRect(layoutDirection(), rect(), part); };
        const auto start = QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft) | Qt::AlignVCenter;
        drawIcon(painter, m_iconName, place({20, 22, 20, 20}), m_isFirst ? tokens.accent : tokens.second);
        drawText(painter, place({60, 12, width() - 100, 20}), text(), TextRole::BodyStrong, tokens.text, start);
        drawText(painter, place({60, 32, width() - 100, 18}), m_more, TextRole::LabelPlain, tokens.second, start);
        const bool mirrored = layoutDirection() == Qt::RightToLeft;
        drawIcon(painter, mirrored ? u"chevron-left"_s : u"chevron-right"_s, place({width() - 32, 24, 16, 16}),
            tokens.second);
    }

private:
    QString m_iconName;
    QString m_more;
    bool m_isFirst;
};

} // namespace

FirstRunPage::FirstRunPage(QWidget* parent)
    : WorkspacePage(parent)
    , m_steps(new QVBoxLayout)
    , m_title(new TextLabel({}, TextRole::Title, Ink::Text, this))
    , m_more(new Paragraph({}, TextRole::Body, Ink::Second, this))
{
    auto* column = new QVBoxLayout;
    column->setSpacing(kPanelPadding);
    column->addStretch(2);
    column->addWidget(m_title);
    m_more->setFixedWidth(kWidth);
    column->addWidget(m_more);
    column->addSpacing(kPanelPadding);
    m_steps->setSpacing(kGap);
    column->addLayout(m_steps);
    column->addStretch(3);
    auto* layout = new QHBoxLayout(this);
    layout->addStretch(1);
    layout->addLayout(column);
    layout->addStretch(1);
}

void FirstRunPage::setSentences(const QString& title, const QString& more)
{
    m_title->setText(title);
    m_more->setText(more);
}

void FirstRunPage::addStep(const QString& id, const QString& iconName, const QString& title, const QString& more)
{
    auto* button = new StepButton(iconName, title, more, m_first == nullptr, this);
    if (!m_first)
        m_first = button;
    m_steps->addWidget(button);
    connect(button, &QAbstractButton::clicked, this, [this, id] { Q_EMIT stepChosen(id); });
}

QWidget* FirstRunPage::baseFocus()
{
    return m_first ? m_first : this;
}

} // namespace vidimus::ui::shell
