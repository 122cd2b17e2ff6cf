#include "ui/rights/where_titles.h"

#include <QHash>
#include <QSet>
#include <algorithm>
#include <tuple>

namespace vidimus::ui::rights {

namespace {

constexpr int kMaxDepth = 16;

class Tree {
public:
    Tree(const engine::RuleSet& rules, const std::vector<TitleId>& wanted, const CancelToken& cancel)
        : m_cancel(cancel)
    {
        for (const TitleId& title : wanted)
            m_wanted.insert(title.toString());
        QSet<QString> known;
        for (const engine::Title& title : rules.titles)
            known.insert(title.id.toString());
        for (const engine::Title& title : rules.titles) {
            const QString parent = title.parent.toString();
            const bool part = title.link == engine::TitleLink::Part && known.contains(parent);
            m_children[part ? parent : QString()].push_back(&title);
        }
        for (auto& children : m_children)
            std::ranges::sort(children, before);
        walk(QString(), 0, wanted.empty());
    }
    std::vector<WhereTitle> order;

private:
    static bool before(const engine::Title* a, const engine::Title* b)
    {
        const int first = a->parent.isEmpty() ? 0 : a->number.value_or(0);
        const int second = b->parent.isEmpty() ? 0 : b->number.value_or(0);
        return std::tie(first, a->name, a->id) < std::tie(second, b->name, b->id);
    }
    /// Gives the number of playable titles that it put into the list.
    int walk(const QString& parent, int depth, bool inside)
    {
        int parts = 0;
        if (depth > kMaxDepth)
            return parts;
        const auto children = m_children.constFind(parent);
        if (children == m_children.constEnd())
            return parts;
        for (const engine::Title* title : *children) {
            if (m_cancel.isCanceled())
                return parts;
            const QString id = title->id.toString();
            const bool shown = inside || m_wanted.contains(id);
            const std::size_t at = order.size();
            const bool container = engine::isContainer(title->kind);
            if (shown)
                order.push_back({.id = title->id,
                    .name = title->name.isEmpty() ? id : title->name,
                    .depth = depth,
                    .container = container});
            const int below = walk(id, shown ? depth + 1 : depth, shown);
            parts += below + (shown && !container ? 1 : 0);
            if (shown) {
                order[at].parts = container ? below : 0;
                order[at].end = order.size();
            }
        }
        return parts;
    }

    const CancelToken& m_cancel;
    QSet<QString> m_wanted;
    QHash<QString, std::vector<const engine::Title*>> m_children;
};

} // namespace

std::vector<WhereTitle> whereTitles(
    const engine::RuleSet& rules, const std::vector<TitleId>& wanted, const CancelToken& cancel)
{
    Tree tree(rules, wanted, cancel);
    return cancel.isCanceled() ? std::vector<WhereTitle>() : std::move(tree.order);
}

} // namespace vidimus::ui::rights
