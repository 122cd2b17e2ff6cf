#pragma once

#include "core/base/unique_fd.h"
#include "support/generated_clip.h"

#include <QFile>
#include <QTemporaryDir>
#include <fcntl.h>

namespace vidimus::test {

/// A generated (or hand-made) file in a folder of its own, opened for reading. fd is -1 when it could not be made.
class ClipFile {
public:
    ClipFile(const GeneratedClip& clip, const QString& name)
        : m_path(m_folder.filePath(name))
    {
        if (clip.write(m_path))
            open();
    }
    ClipFile(const QByteArray& bytes, const QString& name)
        : m_path(m_folder.filePath(name))
    {
        QFile file(m_path);
        if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size()) {
            file.close();
            open();
        }
    }
    [[nodiscard]] int fd() const { return m_fd.get(); }
    [[nodiscard]] const QString& path() const { return m_path; }
    [[nodiscard]] QByteArray bytes() const
    {
        QFile file(m_path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private:
    void open() { m_fd = UniqueFd(::open(m_path.toUtf8().constData(), O_RDONLY | O_CLOEXEC)); }

    QTemporaryDir m_folder;
    QString m_path;
    UniqueFd m_fd;
};

} // namespace vidimus::test
