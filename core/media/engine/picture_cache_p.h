#pragma once

#include "core/media/frame.h"

#include <list>
#include <optional>

namespace vidimus::media::engine {

/// Pictures for the screen, the least recently used dropped first when they take more than the given bytes.
class PictureCache {
public:
    explicit PictureCache(qint64 capacityBytes)
        : m_capacityBytes(capacityBytes)
    {
    }
    [[nodiscard]] std::optional<PictureBuffer> find(qint64 number, PictureSize size)
    {
        for (auto each = m_pictures.begin(); each != m_pictures.end(); ++each) {
            if (each->number == number && each->width == size.width && each->height == size.height) {
                m_pictures.splice(m_pictures.begin(), m_pictures, each);
                return *each;
            }
        }
        return std::nullopt;
    }
    void add(const PictureBuffer& picture)
    {
        if (find(picture.number, {picture.width, picture.height}))
            return;
        m_bytes += picture.bytes.size();
        m_pictures.push_front(picture);
        while (m_bytes > m_capacityBytes && m_pictures.size() > 1) {
            m_bytes -= m_pictures.back().bytes.size();
            m_pictures.pop_back();
        }
    }

    [[nodiscard]] qint64 bytes() const { return m_bytes; }

private:
    qint64 m_capacityBytes = 0;
    qint64 m_bytes = 0;
    std::list<PictureBuffer> m_pictures; ///< latest used first
};

} // namespace vidimus::media::engine
