#pragma once

#include "ui/rights/engine.h"

#include <QComboBox>

namespace vidimus::ui::rights {

/// Which title the page is about: all, or one found by typing a part of its name.
class TitleSelector : public QComboBox {
    Q_OBJECT

public:
    explicit TitleSelector(QWidget* parent = nullptr);

    void setTitles(const std::vector<engine::Title>& titles);
    void choose(const std::vector<TitleId>& shown);

Q_SIGNALS:
    void shownChosen(const std::vector<vidimus::TitleId>& titles); ///< empty: all
};

} // namespace vidimus::ui::rights
