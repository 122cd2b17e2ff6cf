#include "ui/rights/edge_editor.h"

#include "ui/rights/zone_text.h"
#include "ui/widgets/preferences.h"

namespace vidimus::ui::rights {

EdgeEditor::EdgeEditor(const engine::Rule& rule, Edge edge, QWidget* parent)
    : QLineEdit(editText(rule, edge == Edge::Start ? Column::Start : Column::End), parent)
{
    setAccessibleName(edge == Edge::Start ? tr("Start of the window") : tr("End of the window"));
    setPlaceholderText(edge == Edge::Start ? tr("always") : tr("open"));
    const auto& instant = edge == Edge::Start ? rule.window.start : rule.window.end;
    const QString example = tr("UTC, or with a zone: 2026-12-01 00:00 Europe/Berlin");
    setToolTip(instant ? tr("%1. %2").arg(edgeText(*instant, widgets::preferences().zone), example) : example);
    setAccessibleDescription(toolTip());
    selectAll();
    connect(
        this, &QLineEdit::returnPressed, this, [this, window = rule.id, edge] { Q_EMIT typed(window, edge, text()); });
}

} // namespace vidimus::ui::rights
