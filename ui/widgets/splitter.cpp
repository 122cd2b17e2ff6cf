#include "ui/widgets/splitter.h"

namespace vidimus::ui::widgets {

namespace {

constexpr int kBeside = (Splitter::kGrab - 1) / 2;

class Handle : public QSplitterHandle {
public:
    using QSplitterHandle::QSplitterHandle;

protected:
    void resizeEvent(QResizeEvent* event) override
    {
        // In place of the base's, which sets margins of its own. They take the mouse and paint nothing.
        QWidget::resizeEvent(event);
        setAttribute(Qt::WA_MouseNoMask);
        if (orientation() == Qt::Horizontal)
            setContentsMargins(kBeside, 0, kBeside, 0);
        else
            setContentsMargins(0, kBeside, 0, kBeside);
        setMask(QRegion(contentsRect()));
    }
};

} // namespace

QSplitterHandle* Splitter::createHandle()
{
    return new Handle(orientation(), this);
}

} // namespace vidimus::ui::widgets
