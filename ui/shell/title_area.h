#pragma once

#include "ui/shell/workspace_page.h"

#include <QPointer>

class QHBoxLayout;

namespace vidimus::ui::widgets {
class Chip;
}

namespace vidimus::ui::shell {

class PaletteField;

/// How the window's catalog is reached, for the chip.
struct ConnectionState {
    enum class Kind { Online, Offline, Staging, Production };
    Kind kind = Kind::Online;
    QString text; ///< "Offline 4 m, 14 decisions wait"; empty hides the chip while Online
    Kind site = Kind::Online; ///< while Offline: the catalog that cannot be reached; its colour stays on the window
};

/// The 40 px bar on top: mark, the page's selector and counts, view switch where it fits, connection chip, palette
/// field.
class TitleArea : public QWidget {
    Q_OBJECT

public:
    explicit TitleArea(QWidget* parent = nullptr);

    /// The page's widget; hidden, not owned, when another page comes.
    void setPageWidget(QWidget* widget);
    void setViews(const std::vector<widgets::SegmentedControl::Segment>& views, const QString& current);
    void setConnection(const ConnectionState& state);
    void setNarrow(bool narrow);

Q_SIGNALS:
    void viewChosen(const QString& id);
    void paletteWanted();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void showViewsIfTheyFit();

    QHBoxLayout* m_slot;
    QPointer<QWidget> m_pageWidget;
    widgets::SegmentedControl* m_views;
    widgets::Chip* m_connection;
    PaletteField* m_palette;
    QWidget* m_mark;
};

} // namespace vidimus::ui::shell
