#include "ftp/line_parser.h"

namespace gatehouse::ftp
{

namespace
{
constexpr uchar kTelnetCommand = 0xff; // IAC
constexpr uchar kTelnetWill = 251;
constexpr uchar kTelnetFirst = 240;

// RFC 854. A 0xff that starts no Telnet command is kept: it is a letter in Latin-1 names.
QByteArray withoutTelnet(const QByteArray &line)
{
    if (!line.contains(char(kTelnetCommand)))
        return line;
    QByteArray out;
    out.reserve(line.size());
    for (qsizetype i = 0; i < line.size(); ++i) {
        const auto next = i + 1 < line.size() ? uchar(line.at(i + 1)) : uchar(0);
        if (uchar(line.at(i)) != kTelnetCommand) {
            out.append(line.at(i));
        } else if (next == kTelnetCommand) {
            out.append(line.at(i));
            ++i;
        } else if (next >= kTelnetWill) {
            i += 2; // WILL, WONT, DO, DONT and their option
        } else if (next >= kTelnetFirst) {
            ++i;
        } else {
            out.append(line.at(i));
        }
    }
    return out;
}

bool isLetter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}
} // namespace

Command LineParser::parse(QByteArray line)
{
    line = withoutTelnet(line);
    qsizetype start = 0;
    // The urgent byte of a Synch can arrive without its IAC; blanks before a verb are ignored.
    while (start < line.size() &&
           (line.at(start) == ' ' || line.at(start) == '\t' || uchar(line.at(start)) >= kTelnetFirst))
        ++start;
    qsizetype end = start;
    while (end < line.size() && isLetter(line.at(end)))
        ++end;
    Command command;
    if (end == line.size() || line.at(end) == ' ') {
        command.verb = line.sliced(start, end - start).toUpper();
        if (end < line.size())
            command.argument = line.sliced(end + 1);
    }
    command.line = std::move(line);
    return command;
}

const std::optional<Command> &LineParser::next()
{
    while (!m_next) {
        const qsizetype end = m_buffer.indexOf('\n', std::max(m_scanned, m_start));
        if (end < 0) {
            m_scanned = m_buffer.size();
            const bool tooLong = buffered() > m_maxLineLength;
            if (tooLong || m_skipping || m_start == m_buffer.size()) {
                m_buffer.resize(0); // keeps its capacity
                m_start = m_scanned = 0;
            } else if (m_start > 0) {
                m_buffer.remove(0, m_start);
                m_scanned -= m_start;
                m_start = 0;
            }
            if (tooLong && !m_skipping) {
                m_skipping = true;
                m_next = Command{};
                m_next->isTooLong = true;
            }
            return m_next;
        }
        QByteArray line = m_buffer.sliced(m_start, end - m_start);
        m_start = m_scanned = end + 1;
        if (m_skipping) {
            m_skipping = false;
            continue;
        }
        if (line.size() > m_maxLineLength) {
            m_next = Command{};
            m_next->isTooLong = true;
            return m_next;
        }
        while (line.endsWith('\r'))
            line.chop(1);
        Command command = parse(std::move(line));
        if (!command.line.trimmed().isEmpty())
            m_next = std::move(command);
    }
    return m_next;
}

Command LineParser::take()
{
    Command command = std::move(*m_next);
    m_next.reset();
    return command;
}

void LineParser::clear()
{
    m_buffer.resize(0);
    m_start = m_scanned = 0;
    m_skipping = false;
    m_next.reset();
}

} // namespace gatehouse::ftp
