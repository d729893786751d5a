#include "control/json_lines.h"

#include "base/messages.h"

#include <QJsonDocument>

namespace gatehouse::control
{

QByteArray toLine(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

Result<QVector<QJsonObject>> LineBuffer::add(const QByteArray &bytes)
{
    m_rest += bytes;
    QVector<QJsonObject> out;
    qsizetype begin = 0;
    for (qsizetype end = m_rest.indexOf('\n'); end >= 0; end = m_rest.indexOf('\n', begin)) {
        const QByteArray line = m_rest.mid(begin, end - begin);
        begin = end + 1;
        if (line.isEmpty())
            continue;
        const QJsonDocument document = QJsonDocument::fromJson(line);
        if (!document.isObject() || line.size() > kMaxLine)
            return fail(ErrorKind::Invalid, Messages::tr("A line on the control socket is not a JSON object"),
                        QStringLiteral("control"));
        out.append(document.object());
    }
    m_rest.remove(0, begin);
    if (m_rest.size() > kMaxLine)
        return fail(ErrorKind::Invalid, Messages::tr("A line on the control socket is too long"),
                    QStringLiteral("control"));
    return out;
}

} // namespace gatehouse::control
