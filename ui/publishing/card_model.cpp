#include "ui/publishing/card_model.h"

#include "ui/publishing/thumbnails.h"

namespace vidimus::ui::publishing {

using namespace Qt::StringLiterals;

CardModel::CardModel(Thumbnails& thumbnails, QObject* parent)
    : QAbstractListModel(parent)
    , m_thumbnails(thumbnails)
{
    connect(&thumbnails, &Thumbnails::ready, this, [this](const AssetId& asset) {
        for (std::size_t i = 0; i < m_cards.size(); ++i) {
            const QModelIndex changed = index(static_cast<int>(i));
            if (m_cards[i].asset == asset)
                Q_EMIT dataChanged(changed, changed, {Qt::DecorationRole});
        }
    });
}

void CardModel::setCards(std::vector<BoardCard> cards)
{
    if (cards == m_cards)
        return;
    if (std::ranges::equal(cards, m_cards, {}, &BoardCard::title, &BoardCard::title)) {
        m_cards = std::move(cards);
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
        return;
    }
    beginResetModel();
    m_cards = std::move(cards);
    endResetModel();
}

int CardModel::rowOf(const TitleId& title) const
{
    const auto found = std::ranges::find(m_cards, title, &BoardCard::title);
    return found == m_cards.end() ? -1 : static_cast<int>(found - m_cards.begin());
}

int CardModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_cards.size());
}

QVariant CardModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const BoardCard& shown = card(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return shown.name;
    case Qt::ToolTipRole:
        return QString(shown.name + u'\n' + shown.second);
    case Qt::AccessibleTextRole:
        return QStringList({shown.name, shown.second, columnTitle(shown.column), shown.word, shown.date}).join(u", "_s);
    case Qt::DecorationRole: {
        const QPixmap picture = m_thumbnails.find(shown.asset);
        return picture.isNull() ? QVariant() : picture;
    }
    case CardSecondRole:
        return shown.second;
    case CardStripRole:
        return QVariant::fromValue(shown.strip);
    case CardIconRole:
        return shown.icon;
    case CardWordRole:
        return shown.word;
    case CardInkRole:
        return static_cast<int>(shown.ink);
    case CardDateRole:
        return shown.date;
    default:
        return {};
    }
}

} // namespace vidimus::ui::publishing
