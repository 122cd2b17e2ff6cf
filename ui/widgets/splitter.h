#pragma once

#include <QSplitter>

namespace vidimus::ui::widgets {

/// A splitter whose line is 1 px and whose grab area is 7 px. (Qt's own gives 5.)
class Splitter : public QSplitter {
    Q_OBJECT

public:
    static constexpr int kGrab = 7; ///< pixels

    using QSplitter::QSplitter;

protected:
    QSplitterHandle* createHandle() override;
};

} // namespace vidimus::ui::widgets
