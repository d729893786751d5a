// What to type into a camera: address, port, user, password, path, each with a copy button, and how to set
// it: mode, encryption, ports for data. The password is known only when it is created; later the card
// explains how to get a new one. GUI thread.
#pragma once

#include "widgets/card.h"

#include <QStringList>

class QLabel;
class QPushButton;

namespace gatehouse::widgets
{

class CopyField;

class LoginCard : public Card
{
    Q_OBJECT

public:
    explicit LoginCard(QWidget *parent = nullptr);

    // The first address is shown; the others are offered below.
    void setReceiver(const QStringList &addresses, int port);
    void setLogin(const QString &user, const QString &password, const QString &passwordHint = {});
    // Until then these rows are hidden. dataPorts: empty: any free port.
    void setConnection(const QString &encryption, const QString &dataPorts);
    [[nodiscard]] QString user() const;
    [[nodiscard]] QString password() const;
    [[nodiscard]] QString address() const;

private:
    void useNextAddress();
    void refreshAddress();
    void copyAll();
    [[nodiscard]] QLabel *newText(const QString &text);

    QStringList m_addresses;
    int m_chosen = 0;
    CopyField *m_address;
    CopyField *m_port;
    CopyField *m_user;
    CopyField *m_password;
    CopyField *m_path;
    QLabel *m_encryptionName;
    QLabel *m_encryption;
    QLabel *m_mode;
    QLabel *m_portsName;
    CopyField *m_ports;
    QLabel *m_others;
    QPushButton *m_otherButton;
};

} // namespace gatehouse::widgets
