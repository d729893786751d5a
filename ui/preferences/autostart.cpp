#include "preferences/autostart.h"

#include "base/messages.h"

#include <QDir>
#include <QFile>
#include <QPromise>
#include <QSaveFile>
#include <QThreadPool>
#include <memory>

namespace gatehouse::preferences
{

namespace
{

// The Exec key of the desktop entry specification: quoted, with these characters double-escaped.
QString quotedForExec(const QString &argument)
{
    QString out;
    for (const QChar c : argument) {
        if (c == QLatin1Char('"') || c == QLatin1Char('`') || c == QLatin1Char('$') || c == QLatin1Char('\\'))
            out += QStringLiteral("\\\\");
        if (c == QLatin1Char('%'))
            out += c;
        out += c;
    }
    return QLatin1Char('"') + out + QLatin1Char('"');
}

Result<void> writeFile(const Autostart &autostart)
{
    if (!QDir().mkpath(autostart.folder))
        return fail(ErrorKind::Denied, Messages::tr("Can't create the folder %1").arg(autostart.folder));
    QSaveFile file(autostart.file());
    if (!file.open(QIODevice::WriteOnly) || file.write(autostart.text()) < 0 || !file.commit()) {
        return fail(ErrorKind::Denied,
                    Messages::tr("Can't write %1: %2").arg(autostart.file(), file.errorString()));
    }
    return {};
}

Result<void> removeFile(const Autostart &autostart)
{
    if (!QFile::exists(autostart.file()) || QFile::remove(autostart.file()))
        return {};
    return fail(ErrorKind::Denied, Messages::tr("Can't remove %1").arg(autostart.file()));
}

} // namespace

QByteArray Autostart::text() const
{
    QString command = quotedForExec(program) + QStringLiteral(" --hidden");
    for (const QString &argument : arguments)
        command += QLatin1Char(' ') + quotedForExec(argument);
    const QString out = QStringLiteral("[Desktop Entry]\n"
                                       "Type=Application\n"
                                       "Name=Gatehouse\n"
                                       "Comment=%1\n"
                                       "Exec=%2\n"
                                       "Icon=gatehouse\n"
                                       "Categories=AudioVideo;Video;\n"
                                       "X-GNOME-Autostart-enabled=true\n")
                            .arg(Messages::tr("Receives and keeps what cameras send"), command);
    return out.toUtf8();
}

QFuture<Result<void>> Autostart::set(bool on) const
{
    auto promise = std::make_shared<QPromise<Result<void>>>();
    promise->start();
    QThreadPool::globalInstance()->start([promise, on, autostart = *this] {
        promise->addResult(on ? writeFile(autostart) : removeFile(autostart));
        promise->finish();
    });
    return promise->future();
}

} // namespace gatehouse::preferences
