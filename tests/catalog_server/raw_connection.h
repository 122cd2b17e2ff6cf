#pragma once

#include "core/base/unique_fd.h"

#include <QByteArray>

namespace vidimus::test {

/// A plain TCP connection to a server of this machine, for requests that no client would send.
class RawConnection {
public:
    explicit RawConnection(const QByteArray& url);
    void send(const QByteArray& bytes);
    /// What comes until the peer closes, until \a expected bytes are there, or nothing comes for five seconds.
    QByteArray read(qsizetype expected = 1 << 20);
    /// The status of the answer to these bytes; 0: closed without one.
    int statusOf(const QByteArray& bytes);
    /// Closes with a reset, as a pulled cable or a killed client does.
    void cut();

private:
    UniqueFd m_fd;
};

} // namespace vidimus::test
