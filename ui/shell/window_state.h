// The saved state of the window: geometry, sizes of its parts, hidden cameras. Has its own file, read once at
// startup and written off the GUI thread. Keeps members it does not know.
// load() blocks (before the window is shown); saving does not.
#pragma once

#include <QJsonObject>
#include <QObject>
#include <QTimer>

namespace gatehouse::shell
{

class WindowState : public QObject
{
    Q_OBJECT

public:
    // An empty path: nothing is saved.
    explicit WindowState(QString path, QObject *parent = nullptr);
    ~WindowState() override; // writes pending changes

    [[nodiscard]] QJsonValue value(const QString &name) const { return m_values.value(name); }
    void setValue(const QString &name, const QJsonValue &value);

private:
    void load();
    void save();

    QString m_path;
    QJsonObject m_values;
    QTimer m_saving;
};

} // namespace gatehouse::shell
