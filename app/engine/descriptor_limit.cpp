#include "app/engine/descriptor_limit.h"

#include "app/engine/problems.h"
#include "ftp/server.h"

#include <QCoreApplication>
#include <QLoggingCategory>
#include <algorithm>
#include <sys/resource.h>

namespace gatehouse::app
{

namespace
{

Q_LOGGING_CATEGORY(lcDescriptors, "gatehouse.descriptors")

constexpr rlim_t kMaxUsefulDescriptors = 16'384;
constexpr int kDescriptorsForEngine = 256; // catalog, archive, workers, window
constexpr int kDescriptorsPerSession = 3;  // control and data connection, file

} // namespace

void DescriptorLimit::raise(Problems &problems)
{
    rlimit limit = {};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    const rlim_t wanted = std::min(limit.rlim_max, kMaxUsefulDescriptors);
    if (limit.rlim_cur < wanted) {
        const rlimit raised{wanted, limit.rlim_max};
        if (::setrlimit(RLIMIT_NOFILE, &raised) == 0)
            limit = raised;
    }
    m_now = int(std::min<rlim_t>(limit.rlim_cur, 1 << 30));
    qCInfo(lcDescriptors).noquote() << "open files: at most" << m_now << "- connections: at most"
                                    << sessions();
    if (sessions() < ftp::Limits().sessions)
        problems.set(QStringLiteral("descriptors"),
                     QCoreApplication::translate(
                         "DescriptorLimit",
                         "Only %1 cameras can be connected at once, because this user may open no "
                         "more than %2 files. Raise the limit (ulimit -n) and restart Gatehouse.")
                         .arg(QString::number(sessions()), QString::number(m_now)));
}

int DescriptorLimit::sessions() const
{
    return std::clamp((m_now - kDescriptorsForEngine) / kDescriptorsPerSession, 1, ftp::Limits().sessions);
}

} // namespace gatehouse::app
