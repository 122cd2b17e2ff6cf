#pragma once

#include <QByteArrayView>
#include <QtGlobal>
#include <atomic>
#include <optional>
#include <span>

namespace vidimus {

/// Where a process puts bytes away that it needs again much later, so that what it keeps in memory does not grow with
/// its work: blocks are appended to an open file and never changed. At most one is in use; ColdBytes find it by
/// themselves. Any thread.
class BlockFile {
public:
    /// What does not fit stays in memory.
    static constexpr qint64 kMostBytes = qint64 {1} << 30;

    struct Place {
        qint64 offset = -1;
        qint64 bytes = 0;
        quint64 digest = 0;

        friend bool operator==(const Place&, const Place&) = default;
    };

    /// In use from here until it is destroyed. \a fd is borrowed, open for reading and writing; what stands in it
    /// stays. Nothing that was put away may be left when it goes.
    explicit BlockFile(int fd);
    BlockFile(const BlockFile&) = delete;
    BlockFile& operator=(const BlockFile&) = delete;
    ~BlockFile();

    /// nullptr when none is.
    [[nodiscard]] static BlockFile* inUse();

    /// Nothing when it cannot be written (a full disk, kMostBytes): the caller keeps its bytes.
    [[nodiscard]] std::optional<Place> put(QByteArrayView bytes);
    /// Fills \a to with what stands at \a from in a block; with zeros, and isSound() is false from then on, when the
    /// block is not there as it was put.
    void read(const Place& place, qsizetype from, std::span<char> to);
    /// The block is there as it was put.
    [[nodiscard]] bool holds(const Place& place);
    /// Every block that was read was there.
    [[nodiscard]] bool isSound() const { return m_isSound; }

private:
    struct Cached;
    [[nodiscard]] const Cached* fetch(const Place& place);

    int m_fd;
    quint64 m_serial; ///< tells the files of one process apart
    std::atomic<qint64> m_end = 0;
    std::atomic<bool> m_isSound = true;
};

} // namespace vidimus
