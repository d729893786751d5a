#include "cameras/connection_card.h"

#include "protocol/camera_login_text.h"
#include "widgets/login_card.h"

namespace gatehouse::cameras
{

QString hiddenPasswordHint()
{
    return widgets::LoginCard::tr("can't be shown");
}

void fillCard(widgets::LoginCard &card, const protocol::CameraLogin &login)
{
    card.setLogin(login.user, {}, login.isAnonymous ? widgets::LoginCard::tr("any") : hiddenPasswordHint());
    card.setConnection(protocol::encryptionText(login), protocol::dataPortsText(login));
}

} // namespace gatehouse::cameras
