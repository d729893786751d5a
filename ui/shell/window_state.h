// How the window was left: geometry, sizes of its parts, hidden cameras. The window's own file, read
// once at start and written off the GUI thread. Members it does not know are kept.
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
    // An empty path: nothing is kept.
    explicit WindowState(QString path, QObject *parent = nullptr);
    ~WindowState() override; // writes what is not written yet

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
