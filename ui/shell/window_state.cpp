#include "shell/window_state.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSaveFile>
#include <QThreadPool>

namespace gatehouse::shell
{

namespace
{

constexpr int kSaveAfterMs = 1000;
constexpr qint64 kMaxStateBytes = 1 << 20;

void writeState(const QString &path, const QJsonObject &values)
{
    QDir().mkpath(QFileInfo(path).path());
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(values).toJson()) < 0 || !file.commit())
        qWarning("%s: %s", qPrintable(path), qPrintable(file.errorString()));
}

} // namespace

WindowState::WindowState(QString path, QObject *parent) : QObject(parent), m_path(std::move(path))
{
    m_saving.setSingleShot(true);
    m_saving.setInterval(kSaveAfterMs);
    connect(&m_saving, &QTimer::timeout, this, &WindowState::save);
    load();
}

WindowState::~WindowState()
{
    if (m_saving.isActive())
        writeState(m_path, m_values);
}

void WindowState::setValue(const QString &name, const QJsonValue &value)
{
    if (m_path.isEmpty() || m_values.value(name) == value)
        return;
    m_values.insert(name, value);
    m_saving.start();
}

void WindowState::load()
{
    QFile file(m_path);
    if (m_path.isEmpty() || !file.open(QIODevice::ReadOnly))
        return;
    m_values = QJsonDocument::fromJson(file.read(kMaxStateBytes)).object();
}

void WindowState::save()
{
    QThreadPool::globalInstance()->start([path = m_path, values = m_values] { writeState(path, values); });
}

} // namespace gatehouse::shell
