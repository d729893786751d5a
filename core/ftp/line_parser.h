// Cuts the control connection's bytes into commands. Takes CRLF and bare LF (RFC 959 asks for CRLF, old
// firmware sends LF), skips blank lines, and takes out Telnet's IP, Synch and options (RFC 959 4.1.3,
// RFC 1123 4.1.2.12). Lines longer than the limit are reported once and skipped up to their end.
// One thread.
#pragma once

#include <QByteArray>
#include <optional>

namespace gatehouse::ftp
{

struct Command {
    QByteArray verb;     // upper case; empty: not a command at all
    QByteArray argument; // as sent, without the blank after the verb
    QByteArray line;     // all of it, for the log
    bool isTooLong = false;
};

class LineParser
{
public:
    explicit LineParser(qsizetype maxLineLength) : m_maxLineLength(maxLineLength) {}

    // Where to read to.
    [[nodiscard]] QByteArray &buffer() { return m_buffer; }
    [[nodiscard]] qsizetype buffered() const { return m_buffer.size() - m_start; }
    // The next whole line, left in place until take().
    [[nodiscard]] const std::optional<Command> &next();
    Command take();
    void clear(); // RFC 4217: what came in the clear after AUTH TLS must not count

private:
    [[nodiscard]] static Command parse(QByteArray line);

    qsizetype m_maxLineLength;
    QByteArray m_buffer;
    qsizetype m_start = 0;   // first byte not yet taken
    qsizetype m_scanned = 0; // bytes up to here hold no end of line
    bool m_skipping = false; // within a line that was too long
    std::optional<Command> m_next;
};

} // namespace gatehouse::ftp
