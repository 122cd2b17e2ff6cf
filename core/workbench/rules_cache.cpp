#include "core/workbench/rules_cache.h"

#include "core/rights/conflicts.h"
#include "core/workbench/compiled_rights.h"
#include "core/workbench/rights_desk.h"

namespace vidimus::workbench {

RulesView::RulesView(rights::RuleSet ruleSet)
    : rules(std::move(ruleSet))
    , resolver(rules)
{
    for (const rights::Conflict& conflict : rights::findConflicts(rules).list)
        ++conflictsByTitle[conflict.title];
    for (std::size_t i = 0; i < rules.titles.size(); ++i)
        m_titles.emplace(rules.titles[i].id, i);
    for (std::size_t i = 0; i < rules.rules.size(); ++i)
        m_rules[rules.rules[i].scope].push_back(i);
}

const rights::Title* RulesView::findTitle(const TitleId& id) const
{
    const auto found = m_titles.find(id);
    return found == m_titles.end() ? nullptr : &rules.titles[found->second];
}

std::span<const std::size_t> RulesView::rulesOf(const TitleId& title) const
{
    const auto found = m_rules.find(title);
    return found == m_rules.end() ? std::span<const std::size_t>() : std::span(found->second);
}

std::size_t RulesView::placeAfter(const TitleId& id) const
{
    const auto found = m_titles.find(id);
    return found == m_titles.end() ? 0 : found->second + 1;
}

std::shared_ptr<const CompiledRights> RulesView::compiled(rights::Question question) const
{
    const std::lock_guard lock(m_compiledMutex);
    const auto found = m_compiled.find(question);
    return found == m_compiled.end() ? nullptr : found->second;
}

void RulesView::setCompiled(rights::Question question, std::shared_ptr<const CompiledRights> compiled) const
{
    const std::lock_guard lock(m_compiledMutex);
    m_compiled[question] = std::move(compiled);
}

RulesCache::~RulesCache()
{
    stopCompiling();
}

void RulesCache::startCompiling(Workspace& workspace)
{
    const std::lock_guard lock(m_mutex);
    m_workspace = &workspace;
    m_stale = true;
    m_compiler = std::jthread([this](const std::stop_token& stop) { compileWhatIsWanted(stop); });
}

void RulesCache::stopCompiling()
{
    {
        const std::lock_guard lock(m_mutex);
        m_workspace = nullptr;
        m_compileCancel.cancel();
    }
    m_compiler.request_stop();
    if (m_compiler.joinable())
        m_compiler.join();
}

bool RulesCache::isCompiling() const
{
    const std::lock_guard lock(m_mutex);
    return m_workspace != nullptr;
}

void RulesCache::wantCompiled(const std::shared_ptr<const RulesView>& view, rights::Question question)
{
    const std::lock_guard lock(m_mutex);
    if (!m_workspace || view != m_view || !m_questions.insert(question).second)
        return;
    m_stale = true;
    m_wake.notify_all();
}

void RulesCache::compileWhatIsWanted(const std::stop_token& stop)
{
    std::unique_lock lock(m_mutex);
    while (m_wake.wait(lock, stop, [this] { return m_stale; })) {
        m_stale = false;
        if (!m_workspace)
            return;
        Workspace& workspace = *m_workspace;
        m_compileCancel = CancelSource();
        const CancelToken cancel = m_compileCancel.token();
        const std::set<rights::Question> questions = m_questions;
        const quint64 version = ++m_version;
        lock.unlock();
        if (const auto current = view(workspace)) {
            for (const rights::Question question : questions) {
                if ((*current)->compiled(question) || cancel.isCanceled())
                    continue;
                if (auto compiled = CompiledRights::compile((*current)->resolver, question, version, cancel))
                    (*current)->setCompiled(question, *std::move(compiled));
            }
        }
        lock.lock();
    }
}

Result<std::shared_ptr<const RulesView>> RulesCache::view(Workspace& workspace)
{
    quint64 forgotten = 0;
    {
        const std::lock_guard lock(m_mutex);
        if (m_view)
            return m_view;
        forgotten = m_forgotten;
    }
    auto rules = loadRules(workspace);
    if (!rules)
        return std::move(rules).error();
    auto view = std::make_shared<const RulesView>(*std::move(rules));
    const std::lock_guard lock(m_mutex);
    if (m_forgotten != forgotten)
        return view; // changed while it was read: whoever asks next reads it anew
    if (!m_view)
        m_view = view;
    return m_view;
}

void RulesCache::forget()
{
    const std::lock_guard lock(m_mutex);
    m_view.reset();
    ++m_forgotten;
    m_stale = true;
    m_compileCancel.cancel();
    m_wake.notify_all();
}

} // namespace vidimus::workbench
