#pragma once

#include "core/base/block_file.h"
#include "core/base/state_archive.h"

#include <QByteArray>
#include <cstring>

namespace vidimus {

/// Bytes that never change and are seldom read: in the process's BlockFile, or in memory where there is none or it is
/// full. A value; const functions from any thread.
class ColdBytes {
public:
    ColdBytes() = default;
    explicit ColdBytes(QByteArray bytes)
    {
        BlockFile* file = bytes.isEmpty() ? nullptr : BlockFile::inUse();
        if (const auto place = file != nullptr ? file->put(bytes) : std::nullopt)
            m_place = *place;
        else
            m_bytes = std::move(bytes);
    }

    [[nodiscard]] qsizetype size() const { return isPutAway() ? m_place.bytes : m_bytes.size(); }
    /// Fills \a to with what stands at \a from. Where the file fails, with zeros: BlockFile::isSound().
    void read(qsizetype from, std::span<char> to) const
    {
        if (!isPutAway()) {
            std::memcpy(to.data(), m_bytes.constData() + from, to.size());
            return;
        }
        BlockFile::inUse()->read(m_place, from, to);
    }
    /// Of what is put away only where it is; read back with the same file in use.
    void state(StateArchive& archive)
    {
        quint8 putAway = isPutAway() ? 1 : 0;
        archive(putAway);
        if (putAway == 0) {
            archive(m_bytes);
            return;
        }
        archive(m_place);
        BlockFile* file = BlockFile::inUse();
        if (archive.isReading() && (file == nullptr || !file->holds(m_place)))
            archive.refuse();
    }

private:
    [[nodiscard]] bool isPutAway() const { return m_place.offset >= 0; }

    BlockFile::Place m_place;
    QByteArray m_bytes;
};

} // namespace vidimus
