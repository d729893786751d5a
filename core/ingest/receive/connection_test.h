// What a camera's test button sends is answered with success and kept nowhere but in the camera's own FTP
// tree. A name alone says too little: only a tiny file without media in it, under such a name, is a test.
// Values: any thread.
#pragma once

#include "vendors/path_metadata.h"

#include <QByteArrayView>
#include <optional>

namespace gatehouse::ingest
{

constexpr qint64 kMaxConnectionTestBytes = 4096; // bytes

// What a file is by its first bytes; none: no media that is known.
std::optional<Kind> kindOfContent(QByteArrayView head);

// `head`: the first bytes of the file, all of them where it has no more than a test may have.
bool isConnectionTest(const vendors::PathMetadata &metadata, qint64 bytes, QByteArrayView head);
// What is kept under a test's name is what its bytes say, where the name does not.
void takeKindFromContent(vendors::PathMetadata &metadata, QByteArrayView head);

} // namespace gatehouse::ingest
