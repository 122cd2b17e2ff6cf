#pragma once

#include "core/availability_reader/availability_reader.h"
#include "core/rights/query.h"

#include <QByteArray>
#include <QFile>
#include <QString>
#include <cstring>

/// A reader of a snapshot with its present state, for tests.
struct OpenedSnapshot {
    explicit OpenedSnapshot(const QByteArray& snapshot, const std::uint8_t* key = nullptr)
        : bytes(snapshot)
        , status(vav_open_bytes(&reader, bytes.constData(), static_cast<std::size_t>(bytes.size()), key))
    {
        if (reader)
            state = vav_acquire(reader);
    }
    explicit OpenedSnapshot(const QString& path, const std::uint8_t* key = nullptr)
        : status(vav_open_file(&reader, QFile::encodeName(path).constData(), key))
    {
        if (reader)
            state = vav_acquire(reader);
    }
    ~OpenedSnapshot()
    {
        if (state)
            vav_release(state);
        vav_close(reader);
    }
    Q_DISABLE_COPY_MOVE(OpenedSnapshot)

    /// Goes on to the state behind the delta.
    vav_status apply(const QByteArray& delta)
    {
        const vav_status applied = vav_apply_bytes(reader, delta.constData(), static_cast<std::size_t>(delta.size()));
        vav_release(state);
        state = vav_acquire(reader);
        return applied;
    }

    QByteArray bytes; ///< stay while the reader reads them
    vav_reader* reader = nullptr;
    const vav_state* state = nullptr;
    vav_status status = VAV_OK;
};

inline vav_text textOf(const QByteArray& bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

inline vav_text textOf(const char* text)
{
    return {text, std::strlen(text)};
}

inline vav_answer askState(const vav_state* state, const vidimus::rights::Query& query)
{
    const QByteArray title = query.title.toString().toUtf8(), country = query.country.toUtf8(),
                     subdivision = query.subdivision.toUtf8(), site = query.site.toUtf8(), offer = query.offer.toUtf8();
    const vav_cell cell = vav_make_cell(
        state, textOf(country), textOf(subdivision), textOf(site), textOf(offer), query.at.time_since_epoch().count());
    return vav_ask(state, vav_find_title(state, textOf(title)), &cell);
}

inline QString termsOf(const vav_answer& answer)
{
    return QString::fromUtf8(answer.terms_from.data, static_cast<qsizetype>(answer.terms_from.length));
}
