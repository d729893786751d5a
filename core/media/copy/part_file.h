// A file that is written under a temporary name in its final folder and appears under its own name only when
// it is complete and synced. Removed unless published. One thread; blocks on disk. Errors: Full, Denied,
// Unavailable.
#pragma once

#include "base/result.h"

namespace gatehouse::media
{

class PartFile
{
public:
    // Removes what an earlier attempt left, and creates the folder if needed.
    explicit PartFile(const QString &file);
    ~PartFile();
    Q_DISABLE_COPY_MOVE(PartFile)

    [[nodiscard]] const QString &path() const { return m_path; } // the temporary one
    // Syncs, renames and syncs the folder. Returns the size in bytes.
    Result<qint64> publish();

private:
    QString m_file;
    QString m_path;
};

} // namespace gatehouse::media
