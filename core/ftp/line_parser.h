// Splits the control connection's bytes into commands. Accepts CRLF and bare LF (RFC 959 requires CRLF, old
// firmware sends LF), skips blank lines, and removes Telnet's IP, Synch and options (RFC 959 4.1.3, RFC 1123
// 4.1.2.12). Lines over the limit are reported once and skipped to their end.
// One thread.
#pragma once

#include <QByteArray>
#include <optional>

namespace gatehouse::ftp
{

struct Command {
    QByteArray verb;     // upper case; empty: not a command
    QByteArray argument; // as sent, without the blank after the verb
    QByteArray line;     // all of it, for the log
    bool isTooLong = false;
};

class LineParser
{
public:
    explicit LineParser(qsizetype maxLineLength) : m_maxLineLength(maxLineLength) {}

    // The buffer to read into.
    [[nodiscard]] QByteArray &buffer() { return m_buffer; }
    [[nodiscard]] qsizetype buffered() const { return m_buffer.size() - m_start; }
    // Those bytes.
    [[nodiscard]] QByteArrayView unparsed() const { return QByteArrayView(m_buffer).sliced(m_start); }
    // The next complete line, left in place until take().
    [[nodiscard]] const std::optional<Command> &next();
    Command take();
    void clear(); // RFC 4217: discards cleartext received after AUTH TLS

private:
    [[nodiscard]] static Command parse(QByteArray line);

    qsizetype m_maxLineLength;
    QByteArray m_buffer;
    qsizetype m_start = 0;   // first unconsumed byte
    qsizetype m_scanned = 0; // no end of line up to here
    bool m_skipping = false; // inside a line that is too long
    std::optional<Command> m_next;
};

} // namespace gatehouse::ftp
