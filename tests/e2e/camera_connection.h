// The program with one camera, "cam", and that camera's open connection. Test thread.
#pragma once

#include "support/ftp_client.h"
#include "support/program_fixture.h"

namespace gatehouse::tests
{

struct CameraConnection {
    CameraConnection()
    {
        isReady = fixture.start() && fixture.addCamera(QStringLiteral("cam"), "secret") && logIn();
    }
    bool logIn() { return client.logIn(fixture.port(), "cam", "secret"); }

    ProgramFixture fixture;
    FtpClient client;
    bool isReady = false;
};

} // namespace gatehouse::tests
